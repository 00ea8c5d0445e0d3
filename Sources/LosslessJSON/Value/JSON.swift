/// A JSON value that keeps what it was read from: the order of members, members nobody knows, the spelling of numbers and
/// strings and, in ``JSONStyle/source``, white space.
///
/// A parsed value is a view of the bytes it came from, and reads them when asked. Editing makes an owned tree that goes on
/// holding views of everything untouched, so those print byte for byte. A view keeps the whole text it came from alive:
/// ``detached()`` copies a small part out of a large one.
///
/// Equality is by meaning, not by spelling: see `==`. No operation recurses by the depth of a value.
package struct JSON: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case null, boolean, number, string, array, object

        /// Whether it holds other values.
        package var isContainer: Bool { self == .array || self == .object }
    }

    enum Storage: Sendable {
        case null
        case boolean(Bool)
        case number(JSONNumber)
        case string(String)
        case array(ArrayNode)
        case object(ObjectNode)
        /// What stands at a node of a parsed text.
        case view(Document, UInt32)
    }

    var storage: Storage

    init(storage: Storage) { self.storage = storage }

    init(_ document: Document, _ node: Int) {
        storage = .view(document, UInt32(truncatingIfNeeded: node))
    }

    package static let null = JSON(storage: .null)

    package init(_ value: Bool) { storage = .boolean(value) }
    package init(_ value: String) { storage = .string(value) }
    package init(_ value: Int) { storage = .number(JSONNumber(value)) }
    package init(_ value: JSONNumber) { storage = .number(value) }
    package init(_ elements: [JSON]) { storage = .array(ArrayNode(elements)) }
    package init(_ object: JSONObject) { self = object.json }
}

extension JSON {
    /// Reads one JSON text (RFC 8259) from its bytes.
    ///
    /// Strict: UTF-8 is checked; a byte order mark, duplicate member names, anything after the value, and every lenience
    /// that other readers know (comments, trailing commas, `NaN`, single quotes) are errors. Lone surrogate escapes pass, as
    /// the grammar has them: kept as spelt, U+FFFD when read as text.
    package init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONSyntaxError) {
        self.init(try Parser.parse(bytes, limits: limits), 0)
    }

    /// Reads one JSON text from any bytes, copying them.
    package init(
        parsing bytes: some Sequence<UInt8>, limits: JSONLimits = .standard
    ) throws(JSONSyntaxError) {
        try self.init(parsing: Array(bytes), limits: limits)
    }

    /// Reads one JSON text.
    package init(parsing text: String, limits: JSONLimits = .standard) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}
