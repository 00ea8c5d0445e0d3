import LosslessJSON

/// What a field holds.
package struct FieldType: Hashable, Sendable {
    /// The kind of its value, or of its elements; nil when only the document knows.
    package let kind: Value.Kind?
    /// Whether it holds any number of values, like `events`, or a path that crosses a list.
    package let isList: Bool

    package init(_ kind: Value.Kind?, isList: Bool = false) {
        self.kind = kind
        self.isList = isList
    }
}

/// A field that `where` may name, resolved once and then read from every record.
package struct FieldReference: Hashable, Sendable {
    /// As it is written canonically.
    package let name: String
    package let type: FieldType
    /// The resolver's own mark, so that a record can switch on it instead of comparing names.
    package let code: Int
    /// For a path into the document: that path.
    package let path: JSONPath?
    /// Whether it reads what may be secret: what is derived from it is tainted.
    package let isSecret: Bool

    package init(name: String, type: FieldType, code: Int, path: JSONPath? = nil, isSecret: Bool = false) {
        self.name = name
        self.type = type
        self.code = code
        self.path = path
        self.isSecret = isSecret
    }
}

/// Knows the fields of the host's records.
package protocol FieldResolver: Sendable {
    /// The field by a name, a dotted path or a JSON pointer (`/channels/0/kind`); nil if there is none.
    func field(_ name: String) -> FieldReference?
    /// The names without paths, for suggestions and completion.
    var fieldNames: [String] { get }
    /// Whether a record holds `event` by name or by a wildcard, for `receives(E)`: the field that lists what it
    /// receives, and the text that means everything.
    var receiving: (field: FieldReference, wildcard: String)? { get }
}

/// A record that a condition is tried on.
package protocol FieldSource {
    func value(of field: FieldReference) -> FieldValue
}

/// What a record holds at a field. Text and lists are handed over as they are stored, not copied.
package enum FieldValue: Sendable {
    case missing
    case boolean(Bool)
    case number(JSONNumber)
    case text(String)
    case time(Instant)
    case texts([String])
    /// Any JSON; an array counts as a list.
    case json(JSON)
    /// What a path that crosses a list found.
    case many([JSON])
}
