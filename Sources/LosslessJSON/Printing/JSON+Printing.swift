extension JSON {
    /// The value as UTF-8.
    package func bytes(_ style: JSONStyle = .compact) -> [UInt8] {
        var printer = Printer(style: style)
        printer.print(self)
        return printer.output
    }

    /// The value as text.
    package func text(_ style: JSONStyle = .compact) -> String {
        String(decoding: bytes(style), as: UTF8.self)
    }

    /// Whether both print the same bytes in ``JSONStyle/compact``: the same meaning, order and spelling.
    package func isSpelledLike(_ other: JSON) -> Bool {
        isIdentical(to: other) || bytes(.compact) == other.bytes(.compact)
    }
}

extension JSON: CustomStringConvertible {
    /// Compact text.
    package var description: String { text(.compact) }
}
