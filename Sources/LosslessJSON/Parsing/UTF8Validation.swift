/// Well-formed UTF-8 as Unicode's table 3-7 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Validation {
    /// The length of the character at `position`, or 0 if the bytes there are no UTF-8.
    @inline(__always)
    static func length(at position: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
        let lead = source[position]
        switch lead {
        case 0..<0x80:
            return 1
        case 0xC2...0xDF:
            return position + 1 < source.count && isContinuation(source[position + 1]) ? 2 : 0
        case 0xE0...0xEF:
            guard position + 2 < source.count, isContinuation(source[position + 2]) else { return 0 }
            let lowest: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
            let highest: UInt8 = lead == 0xED ? 0x9F : 0xBF
            return lowest <= source[position + 1] && source[position + 1] <= highest ? 3 : 0
        case 0xF0...0xF4:
            guard position + 3 < source.count, isContinuation(source[position + 2]),
                isContinuation(source[position + 3])
            else { return 0 }
            let lowest: UInt8 = lead == 0xF0 ? 0x90 : 0x80
            let highest: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
            return lowest <= source[position + 1] && source[position + 1] <= highest ? 4 : 0
        default:
            return 0
        }
    }

    /// The character at `position`, or nil if the bytes there are no UTF-8.
    static func scalar(at position: Int, in source: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        let length = length(at: position, in: source)
        guard length > 0 else { return nil }
        let bytes = UnsafeBufferPointer(rebasing: source[position..<position + length])
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.first
    }

    @inline(__always)
    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
