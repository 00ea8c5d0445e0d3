/// How a value is written. Every style keeps the order of members and, where a value was parsed, the spelling of its
/// numbers, strings and names.
package enum JSONStyle: Hashable, Sendable, CaseIterable {
    /// No white space.
    case compact
    /// What was not touched since it was parsed byte for byte, white space included; what was made or edited has none of
    /// its own.
    case source
    /// A line per element and member, two spaces a level, `{}` and `[]` for empty ones. No newline at the end.
    case pretty
}
