/// HMAC-SHA256 (RFC 2104): proves that a message was written by someone who has the key.
package enum HMAC {
    /// 32 bytes.
    package static func code(for message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        let short = key.count > SHA256.blockSize ? SHA256.digest(key) : key
        let padded = short + [UInt8](repeating: 0, count: SHA256.blockSize - short.count)
        var inner = SHA256()
        inner.update(padded.map { $0 ^ 0x36 })
        inner.update(message)
        var outer = SHA256()
        outer.update(padded.map { $0 ^ 0x5c })
        outer.update(inner.digest())
        return outer.digest()
    }

    /// Whether the code is that of the message; it takes as long for a near miss as for a far one.
    package static func isValid(_ code: [UInt8], for message: some Sequence<UInt8>, key: [UInt8]) -> Bool {
        areEqual(code, self.code(for: message, key: key))
    }

    /// Compares in a time that depends on the lengths alone.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
