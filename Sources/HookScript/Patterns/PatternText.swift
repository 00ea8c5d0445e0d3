/// A text as the automaton reads it: scalar by scalar, out of an array or a buffer.
enum PatternText {
    /// The end of the text is no scalar and accepted by nothing.
    static let end = UInt32.max

    /// The scalar at an offset, and its length in bytes.
    static func scalar<Bytes: RandomAccessCollection>(
        in bytes: Bytes, at place: Int
    ) -> (scalar: UInt32, length: Int) where Bytes.Element == UInt8, Bytes.Index == Int {
        guard place < bytes.endIndex else { return (end, 0) }
        let lead = UInt32(bytes[place])
        if lead < 0x80 { return (lead, 1) }
        let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard place + count <= bytes.endIndex else { return (0xFFFD, 1) }
        var value = lead & (0x7F >> UInt32(count))
        for offset in 1..<count { value = value << 6 | UInt32(bytes[place + offset] & 0x3F) }
        return (value, count)
    }

    /// Whether a word, of ASCII, begins or ends at an offset.
    static func isWordBoundary<Bytes: RandomAccessCollection>(
        _ bytes: Bytes, _ place: Int
    ) -> Bool where Bytes.Element == UInt8, Bytes.Index == Int {
        let before = place > 0 && bytes[place - 1].continuesName
        let after = place < bytes.endIndex && bytes[place].continuesName
        return before != after
    }
}

extension Pattern {
    /// Whether an instruction reads a scalar.
    func accepts(_ scalar: UInt32, at instruction: Int) -> Bool {
        if scalar == PatternText.end { return false }
        switch program[instruction] {
        case .scalar(let wanted): return wanted == scalar || (ignoresCase && wanted == CaseFolding.lower(scalar))
        case .anyButLineEnd: return scalar != 0x0A
        case .set(let set): return ignoresCase ? set.containsIgnoringCase(scalar) : set.contains(scalar)
        default: return false
        }
    }
}
