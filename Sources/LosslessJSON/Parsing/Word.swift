/// Eight bytes at a time, as one integer.
enum Word {
    @inline(__always)
    static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The eight bytes from `position` on, the first in the lowest bits; all must lie inside `source`.
    @inline(__always)
    static func load(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt64 {
        UInt64(
            littleEndian: UnsafeRawPointer(source.baseAddress.unsafelyUnwrapped)
                .loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// Bit 7 of each byte that cannot simply be passed over inside a string: `"`, `\`, a control character, a byte ≥
    /// 0x80. Only the lowest set bit is exact: a borrow can only come from a byte that is marked itself.
    @inline(__always)
    static func stringStops(_ word: UInt64) -> UInt64 {
        let ones = repeated(0x01)
        let quotes = (word ^ repeated(Byte.quote)) &- ones
        let backslashes = (word ^ repeated(Byte.backslash)) &- ones
        let controls = word &- repeated(Byte.space)
        return (quotes | backslashes | controls | word) & repeated(0x80)
    }
}
