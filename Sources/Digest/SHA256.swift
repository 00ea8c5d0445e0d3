import CMessageDigest

/// SHA-256 (FIPS 180-4) of bytes that come in parts: 32 bytes, or 64 digits in hexadecimal.
package struct SHA256: Sendable {
    package static let size = 32
    /// The size of the blocks that it works on, which HMAC needs.
    static let blockSize = 64

    private var context = SHA2_CTX()

    package init() { SHA256Init(&context) }

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { SHA256Update(&context, $0.baseAddress, $0.count) }
        if done == nil {
            let copy = Array(bytes)
            SHA256Update(&context, copy, copy.count)
        }
    }

    /// The digest of what was given so far; more may follow.
    package func digest() -> [UInt8] {
        var copy = context
        var digest = [UInt8](repeating: 0, count: Self.size)
        SHA256Final(&digest, &copy)
        return digest
    }

    package static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.digest()
    }
}
