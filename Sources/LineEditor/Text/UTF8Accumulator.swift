/// Makes scalars of bytes that come one at a time. What is not UTF-8 becomes U+FFFD, one for each wrong sequence.
struct UTF8Accumulator {
    private var pending: [UInt8] = []
    private var missing = 0

    /// The scalars that this byte completes: none, one, or two when it ends a wrong sequence and is one itself.
    mutating func add(_ byte: UInt8) -> [Unicode.Scalar] {
        if missing > 0, byte & 0b1100_0000 == 0b1000_0000 {
            pending.append(byte)
            missing -= 1
            return missing == 0 ? [take()] : []
        }
        var scalars = pending.isEmpty ? [] : [take()]
        switch byte {
        case 0..<0x80: scalars.append(Unicode.Scalar(byte))
        case 0xC2...0xDF: start(byte, missing: 1)
        case 0xE0...0xEF: start(byte, missing: 2)
        case 0xF0...0xF4: start(byte, missing: 3)
        default: scalars.append("\u{FFFD}")
        }
        return scalars
    }

    private mutating func start(_ byte: UInt8, missing count: Int) {
        pending = [byte]
        missing = count
    }

    private mutating func take() -> Unicode.Scalar {
        defer {
            pending = []
            missing = 0
        }
        let text = String(validating: pending, as: UTF8.self)
        return text?.unicodeScalars.first ?? "\u{FFFD}"
    }
}
