/// An answer's header fields: names compare without case, repeated fields stay apart, order is kept.
package struct HeaderFields: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The first field of this name, without the white space around its value.
    package subscript(name: String) -> String? {
        fields.first { Self.isSame($0.name, name) }.map { Self.trimmed($0.value) }
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func trimmed(_ value: String) -> String {
        var text = Substring(value)
        while let last = text.utf8.last, last == 0x20 || last == 0x09 { text.removeLast() }
        while let first = text.utf8.first, first == 0x20 || first == 0x09 { text.removeFirst() }
        return String(text)
    }
}
