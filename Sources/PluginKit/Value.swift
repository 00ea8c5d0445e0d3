import LosslessJSON

/// A JSON value. Order of members and the spelling of numbers stay as the host sent them.
public struct Value: Hashable, Sendable {
    let json: JSON

    init(_ json: JSON) { self.json = json }

    public static let null = Value(JSON.null)

    public init(_ text: String) { json = JSON(text) }
    public init(_ number: Int) { json = JSON(number) }
    public init(_ boolean: Bool) { json = JSON(boolean) }
    /// Null for infinities and NaN, which JSON lacks.
    public init(_ number: Double) { json = JSONNumber(number).map { JSON($0) } ?? .null }
    public init(_ elements: [Value]) { json = JSON(elements.map(\.json)) }
    /// An object; of members with the same name the last counts.
    public init(_ members: [(name: String, value: Value)]) {
        json = JSON(JSONObject(members.map { ($0.name, $0.value.json) }))
    }

    /// Reads one JSON text; nil if it is none.
    public init?(parsing text: String) {
        guard let json = try? JSON(parsing: text) else { return nil }
        self.json = json
    }

    public var isNull: Bool { json.isNull }
    public var string: String? { json.string }
    public var bool: Bool? { json.boolean }
    /// The value of a whole number.
    public var int: Int? { json.number?.int }
    public var double: Double? { json.number?.double }
    /// An array's elements.
    public var array: [Value]? { json.array?.map(Value.init) }
    /// An object's members, in order; empty for other kinds.
    public var members: [(name: String, value: Value)] { (json.object ?? [:]).map { ($0.name, Value($0.value)) } }

    /// An object's member.
    public subscript(name: String) -> Value? { json[name].map(Value.init) }
    /// An array's element.
    public subscript(index: Int) -> Value? { json[index].map(Value.init) }
}

extension Value: CustomStringConvertible {
    /// Compact JSON.
    public var description: String { json.description }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self.init(value) }
    public init(stringLiteral value: String) { self.init(value) }
    public init(integerLiteral value: Int) { self.init(value) }
    public init(floatLiteral value: Double) { self.init(value) }
    public init(arrayLiteral elements: Value...) { self.init(elements) }
    public init(dictionaryLiteral members: (String, Value)...) {
        self.init(members.map { (name: $0.0, value: $0.1) })
    }
}
