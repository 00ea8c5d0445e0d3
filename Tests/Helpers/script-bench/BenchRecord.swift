import HookScript
import LosslessJSON

/// The fields of the records.
struct BenchFields: FieldResolver {
    var fieldNames: [String] { ["name", "active", "events", "channel", "created", "channels"] }
    var receiving: (field: FieldReference, wildcard: String)? { nil }

    func field(_ name: String) -> FieldReference? {
        switch name {
        case "name": FieldReference(name: name, type: FieldType(.text), code: 0)
        case "active": FieldReference(name: name, type: FieldType(.boolean), code: 1)
        case "events": FieldReference(name: name, type: FieldType(.text, isList: true), code: 2)
        case "channel": FieldReference(name: name, type: FieldType(.text, isList: true), code: 3)
        case "created": FieldReference(name: name, type: FieldType(.time), code: 4)
        default:
            (try? JSONPath(parsing: name)).map { path in
                let type = FieldType(nil, isList: path.components.contains(.any))
                return FieldReference(name: name, type: type, code: 5, path: path)
            }
        }
    }
}

/// A document as a host would hold it.
struct BenchRecord: FieldSource {
    let document: JSON
    let created: Instant

    static func many(_ count: Int) -> [BenchRecord] {
        (0..<count).map { index in
            let text = #"""
                {"id":"wh_\#(index)","name":"Team \#(index)","active":\#(index % 2 == 0),
                "events":["object.created","object.deleted"],
                "channels":[{"kind":"slack","configs":{"channel_id":"C\#(index)"}}]}
                """#
            let created = Instant(microseconds: 1_700_000_000_000_000 + Int64(index) * 600_000_000)
            return BenchRecord(document: (try? JSON(parsing: text)) ?? .null, created: created)
        }
    }

    func value(of field: FieldReference) -> FieldValue {
        switch field.code {
        case 0: document["name"].map { .json($0) } ?? .missing
        case 1: document["active"]?.boolean.map { .boolean($0) } ?? .missing
        case 2: document["events"].map { .json($0) } ?? .missing
        case 3: .many(document.matches(of: ["channels", .any, "kind"]).map(\.value))
        case 4: .time(created)
        default: field.path.map { .many(document.matches(of: $0).map(\.value)) } ?? .missing
        }
    }
}
