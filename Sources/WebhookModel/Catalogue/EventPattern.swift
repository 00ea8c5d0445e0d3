/// A name or glob that picks event types: `*` stands for any run of characters, `?` for one. `*` alone is no glob but
/// the wildcard the API itself knows.
package struct EventPattern: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { text }

    /// Whether the pattern can stand for other names than itself.
    package var isGlob: Bool {
        text != Catalogue.wildcard && text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }

    /// Whether the pattern picks this name. Without a glob that is equality; a glob never picks the literal `*`.
    package func matches(_ name: String) -> Bool {
        guard isGlob else { return name == text }
        return name != Catalogue.wildcard && Self.glob(Array(text.unicodeScalars), Array(name.unicodeScalars))
    }

    /// Goes back only to the last `*`: at most pattern × name steps.
    private static func glob(_ pattern: [Unicode.Scalar], _ name: [Unicode.Scalar]) -> Bool {
        var (atPattern, atName) = (0, 0)
        var retry: (pattern: Int, name: Int)?
        while atName < name.count {
            if atPattern < pattern.count, pattern[atPattern] == "*" {
                atPattern += 1
                retry = (atPattern, atName)
            } else if atPattern < pattern.count, pattern[atPattern] == "?" || pattern[atPattern] == name[atName] {
                atPattern += 1
                atName += 1
            } else if let star = retry {
                retry = (star.pattern, star.name + 1)
                (atPattern, atName) = (star.pattern, star.name + 1)
            } else {
                return false
            }
        }
        return pattern[atPattern...].allSatisfy { $0 == "*" }
    }
}
