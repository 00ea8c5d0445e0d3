/// Whether bytes are UTF-8 (RFC 3629) without a NUL, a word at a time where they are ASCII.
enum UTF8Check {
    /// The offset of the first NUL, nil if there is none.
    static func firstNUL(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { buffer in
            var index = 0
            while index + 8 <= buffer.count {
                let chunk = buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // Whether any of eight bytes is zero: it borrows from the bit above it.
                if (chunk &- 0x0101_0101_0101_0101) & ~chunk & 0x8080_8080_8080_8080 != 0 { break }
                index += 8
            }
            while index < buffer.count {
                if buffer[index] == 0 { return index }
                index += 1
            }
            return nil
        }
    }

    /// The offset of the first byte that is not part of a valid sequence, nil if all are.
    static func firstInvalid(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBytes { buffer in
            var index = 0
            while index < buffer.count {
                if index + 8 <= buffer.count {
                    let chunk = buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    if chunk & 0x8080_8080_8080_8080 == 0 {
                        index += 8
                        continue
                    }
                }
                guard let length = sequenceLength(buffer, index) else { return index }
                index += length
            }
            return nil
        }
    }

    private static func sequenceLength(_ buffer: UnsafeRawBufferPointer, _ index: Int) -> Int? {
        let lead = buffer[index]
        if lead < 0x80 { return 1 }
        let (count, range): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (count, range) = (2, 0x80...0xBF)
        case 0xE0: (count, range) = (3, 0xA0...0xBF)
        case 0xED: (count, range) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (count, range) = (3, 0x80...0xBF)
        case 0xF0: (count, range) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (count, range) = (4, 0x80...0xBF)
        case 0xF4: (count, range) = (4, 0x80...0x8F)
        default: return nil
        }
        guard index + count <= buffer.count, range.contains(buffer[index + 1]) else { return nil }
        for offset in 2..<max(2, count) where buffer[index + offset] & 0xC0 != 0x80 { return nil }
        return count
    }
}
