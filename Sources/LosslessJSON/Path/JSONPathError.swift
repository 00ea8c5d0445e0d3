/// Why and where a text is no path.
package struct JSONPathError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// No text at all; the whole value is written `.`, or as a pointer the empty string.
        case empty
        /// A name is missing: `a..b`, `a.`, `.a`.
        case emptyName
        /// A character that cannot stand here.
        case unexpectedCharacter(Unicode.Scalar)
        /// A name or index must follow a closing bracket with `.` or `[` between.
        case missingSeparator
        /// What is in brackets is no index, no quoted name and no `*`: `[01]`, `[-1]`, `[x]`.
        case invalidIndex(String)
        /// An index beyond what an `Int` holds.
        case indexTooLarge(String)
        /// `[` without its `]`.
        case unclosedBracket
        /// A quote inside brackets without its partner.
        case unclosedQuote
        /// An escape in a double-quoted name that JSON does not have.
        case invalidEscape
        /// A pointer that is neither empty nor starts with `/`.
        case pointerWithoutSlash
        /// A `~` in a pointer that is not `~0` or `~1`.
        case invalidPointerEscape
    }

    package let reason: Reason
    /// Bytes of UTF-8 before the fault, from 0.
    package let offset: Int

    package init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
