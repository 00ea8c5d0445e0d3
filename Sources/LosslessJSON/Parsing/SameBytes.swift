/// Whether both hold the same bytes.
func sameBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    let count = a.count
    guard count >= 8 else { return sameFewBytes(a, b) }
    var position = 0
    while position + 8 <= count {
        guard Word.load(a, at: position) == Word.load(b, at: position) else { return false }
        position += 8
    }
    // The last word overlaps the one before.
    return Word.load(a, at: count - 8) == Word.load(b, at: count - 8)
}

@inline(__always)
private func sameFewBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    for position in 0..<a.count where a[position] != b[position] { return false }
    return true
}
