/// Cuts a terminal's input into characters, controls and sequences (ECMA-48, xterm's control sequences).
struct EscapeParser: Sendable {
    enum Action: Equatable, Sendable {
        case character(Unicode.Scalar)
        case control(UInt8)
        /// `ESC [ parameters final`; a private sequence has its mark (`?`, `>`) in `prefix`.
        case sequence(prefix: UInt8?, parameters: [Int], text: String, final: UInt8)
        /// `ESC final`.
        case escape(UInt8)
    }

    private enum State {
        case ground, escape, charset, sequence, string, stringEscape
    }

    private var state = State.ground
    private var parameters: [UInt8] = []
    private var pending: [UInt8] = []

    /// Whether the next byte starts something new.
    var isBetweenCharacters: Bool { state == .ground && pending.isEmpty }

    mutating func add(_ byte: UInt8) -> [Action] {
        switch state {
        case .ground: return ground(byte)
        case .escape: return escape(byte)
        case .charset:
            state = .ground
            return []
        case .sequence: return sequence(byte)
        case .string:
            if byte == 0x07 { state = .ground }
            if byte == 0x1B { state = .stringEscape }
            return []
        case .stringEscape:
            state = byte == UInt8(ascii: "\\") ? .ground : .string
            return []
        }
    }

    private mutating func ground(_ byte: UInt8) -> [Action] {
        if byte >= 0x80 {
            pending.append(byte)
            if let scalar = String(validating: pending, as: UTF8.self)?.unicodeScalars.first {
                pending = []
                return [.character(scalar)]
            }
            if pending.count >= 4 {
                pending = []
                return [.character("\u{FFFD}")]
            }
            return []
        }
        let broken: [Action] = pending.isEmpty ? [] : [.character("\u{FFFD}")]
        pending = []
        if byte == 0x1B {
            state = .escape
            return broken
        }
        return broken + [byte < 0x20 || byte == 0x7F ? .control(byte) : .character(Unicode.Scalar(byte))]
    }

    private mutating func escape(_ byte: UInt8) -> [Action] {
        state = .ground
        switch byte {
        case UInt8(ascii: "["):
            state = .sequence
            parameters = []
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            state = .string
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"):
            state = .charset
        default:
            return [.escape(byte)]
        }
        return []
    }

    private mutating func sequence(_ byte: UInt8) -> [Action] {
        guard (0x40...0x7E).contains(byte) else {
            // A control within a sequence is obeyed at once.
            if byte < 0x20 { return [.control(byte)] }
            parameters.append(byte)
            return []
        }
        state = .ground
        let prefix = parameters.first.flatMap { (0x3C...0x3F).contains($0) ? $0 : nil }
        let text = String(decoding: parameters.drop { (0x3C...0x3F).contains($0) }, as: UTF8.self)
        let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        return [.sequence(prefix: prefix, parameters: numbers, text: text, final: byte)]
    }
}
