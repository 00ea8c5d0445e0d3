/// Moving over the bytes.
extension Parser {
    var isAtEnd: Bool { index >= bytes.count }

    /// The byte at the cursor, 0 at the end. A NUL in the source is an error everywhere, so it cannot be mistaken.
    var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

    func byte(after offset: Int) -> UInt8 {
        index + offset < bytes.count ? bytes[index + offset] : 0
    }

    /// A span of some bytes from the cursor, cut at the end of the source.
    func here(_ count: Int = 0) -> SourceSpan {
        SourceSpan(min(index, bytes.count), min(index + count, bytes.count))
    }

    func span(from start: Int) -> SourceSpan { SourceSpan(start, index) }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
        return true
    }

    func text(_ start: Int, _ end: Int) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0[start..<end], as: UTF8.self) }
    }

    /// Skips blanks and continued lines, not line ends.
    @inline(__always)
    mutating func skipBlanks() {
        if index < bytes.count, bytes[index] == .space { index += 1 }
        if index < bytes.count, bytes[index] <= .space || bytes[index] == .backslash { skipSomeBlanks() }
    }

    private mutating func skipSomeBlanks() {
        while index < bytes.count {
            switch bytes[index] {
            case .space, .tab: index += 1
            case .carriageReturn where byte(after: 1) == .newline: return
            case .backslash where isContinuation: skipContinuation()
            default: return
            }
        }
    }

    /// Whether `\` at the cursor ends its line.
    var isContinuation: Bool {
        byte(after: 1) == .newline || (byte(after: 1) == .carriageReturn && byte(after: 2) == .newline)
    }

    mutating func skipContinuation() {
        index += byte(after: 1) == .newline ? 2 : 3
    }

    /// Skips blanks, line ends and comments, as brackets of expressions and JSON allow.
    @inline(__always)
    mutating func skipSpace() {
        if index < bytes.count, bytes[index] == .space { index += 1 }
        guard index < bytes.count else { return }
        if bytes[index] <= .space || bytes[index] == .hash || bytes[index] == .backslash { skipSomeSpace() }
    }

    private mutating func skipSomeSpace() {
        while index < bytes.count {
            skipBlanks()
            switch byte {
            case .newline, .carriageReturn: index += 1
            case .hash: skipInnerComment()
            default: return
            }
        }
    }

    private mutating func skipInnerComment() {
        let start = index
        let found = comment(followsGap: false)
        guard start > lastInnerComment else { return }
        lastInnerComment = start
        innerComments.append(found)
    }

    mutating func skipToLineEnd() {
        while index < bytes.count, bytes[index] != .newline { index += 1 }
    }

    /// Whether a statement ends at the cursor: a line end, `;`, a comment, the end, or the `)` of its `$( )`.
    var isAtStatementEnd: Bool {
        if index >= bytes.count { return true }
        switch bytes[index] {
        case .newline, .semicolon, .hash: return true
        case .carriageReturn: return byte(after: 1) == .newline || index + 1 == bytes.count
        case .closeParenthesis: return substitutions > 0
        default: return false
        }
    }

    /// What stands at the cursor, for an error: a short piece of it, or nothing at a line's end.
    func found() -> String {
        if isAtEnd || byte == .newline || byte == .carriageReturn { return "" }
        if byte == .hash, index == 0 || bytes[index - 1].isBlankOrLineEnd { return "" }
        var end = index
        while end < bytes.count, end - index < 24, !bytes[end].isBlankOrLineEnd { end += 1 }
        if end == index { end += 1 }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return text(index, end)
    }

    /// The span that ``found()`` names.
    func foundSpan() -> SourceSpan { here(max(found().utf8.count, isAtEnd ? 0 : 1)) }

    func expected(_ expectation: Expectation) -> ParseError {
        ParseError(code: .expected(expectation, found: found()), span: foundSpan())
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let backslash = UInt8(ascii: "\\")
    static let hash = UInt8(ascii: "#")
    static let semicolon = UInt8(ascii: ";")
    static let pipe = UInt8(ascii: "|")
    static let greater = UInt8(ascii: ">")
    static let less = UInt8(ascii: "<")
    static let equals = UInt8(ascii: "=")
    static let exclamation = UInt8(ascii: "!")
    static let tilde = UInt8(ascii: "~")
    static let comma = UInt8(ascii: ",")
    static let dot = UInt8(ascii: ".")
    static let colon = UInt8(ascii: ":")
    static let dash = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let star = UInt8(ascii: "*")
    static let slash = UInt8(ascii: "/")
    static let dollar = UInt8(ascii: "$")
    static let singleQuote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let openParenthesis = UInt8(ascii: "(")
    static let closeParenthesis = UInt8(ascii: ")")

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    /// A letter of ASCII or `_`.
    var beginsName: Bool { isLetter || self == 0x5F }
    var continuesName: Bool { beginsName || isDigit }
    var isBlankOrLineEnd: Bool { self == .space || self == .tab || self == .newline || self == .carriageReturn }
}
