@testable import LosslessJSON

extension ReferenceParser.Value {
    /// What LosslessJSON has read, asked for through its accessors.
    init(_ json: JSON) {
        switch json.kind {
        case .null: self = .null
        case .boolean: self = .boolean(json.boolean!)
        case .number: self = .number(json.number!.spelling)
        case .string: self = .string(json.string!)
        case .array: self = .array(json.array!.map { .init($0) })
        case .object: self = .object(json.object!.map { ($0.name, .init($0.value)) })
        }
    }
}

/// What LosslessJSON reads from the bytes, or nil if it refuses them.
func parsed(_ bytes: [UInt8]) -> ReferenceParser.Value? {
    (try? JSON(parsing: bytes)).map { .init($0) }
}
