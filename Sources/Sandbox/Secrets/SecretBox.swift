import Digest

/// Seals bytes so that only the holder of a key can read them, and nobody else can change them or put them elsewhere
/// unnoticed.
///
/// Encrypt, then authenticate: the key stream is HMAC-SHA256 in counter mode under one derived key, the tag HMAC-SHA256
/// under another, cut to 16 bytes. Sealed: 16 bytes of nonce, the cipher text, the tag.
struct SecretBox: Sendable {
    /// Bytes of a key.
    static let keySize = 32
    private static let nonceSize = 16
    private static let tagSize = 16

    private let stream: KeyedHash
    private let seal: KeyedHash
    private let randomBytes: @Sendable (Int) -> [UInt8]

    struct Failure: Error {}

    /// A nonce is drawn for each sealing: `randomBytes` must not repeat itself outside tests.
    init(key: [UInt8], randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
        stream = KeyedHash(key: HMAC.code(for: "sandbox key stream".utf8, key: key))
        seal = KeyedHash(key: HMAC.code(for: "sandbox seal".utf8, key: key))
        self.randomBytes = randomBytes
    }

    /// Seals bytes for their owner: they open under the same name alone.
    func seal(_ plain: [UInt8], for owner: String) -> [UInt8] {
        let nonce = randomBytes(Self.nonceSize)
        let sealed = nonce + combined(plain[...], nonce: nonce[...])
        return sealed + tag(of: sealed[...], owner: owner)
    }

    /// Throws `Failure` for what was not sealed under this key for this owner.
    func open(_ sealed: [UInt8], for owner: String) throws -> [UInt8] {
        guard sealed.count >= Self.nonceSize + Self.tagSize else { throw Failure() }
        let body = sealed.dropLast(Self.tagSize)
        guard HMAC.areEqual(Array(sealed.suffix(Self.tagSize)), tag(of: body, owner: owner)) else { throw Failure() }
        return combined(body.dropFirst(Self.nonceSize), nonce: body.prefix(Self.nonceSize))
    }

    /// The bytes, each combined with its byte of the key stream; twice gives them back.
    private func combined(_ bytes: ArraySlice<UInt8>, nonce: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        var counter: UInt32 = 0
        while !rest.isEmpty {
            let block = stream.code(nonce, bigEndian(counter)[...])
            for (byte, key) in zip(rest, block) { result.append(byte ^ key) }
            rest = rest.dropFirst(block.count)
            counter += 1
        }
        return result
    }

    private func tag(of bytes: ArraySlice<UInt8>, owner: String) -> [UInt8] {
        let owner = Array(owner.utf8)
        return Array(seal.code(bigEndian(UInt32(owner.count)) + owner[...], bytes).prefix(Self.tagSize))
    }

    private func bigEndian(_ number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}

/// HMAC-SHA256 under one key, for many short messages: the key's own blocks are worked through once.
struct KeyedHash: Sendable {
    private let inner: SHA256
    private let outer: SHA256

    /// A key of at most 64 bytes.
    init(key: [UInt8]) {
        let padded = key + [UInt8](repeating: 0, count: max(0, 64 - key.count))
        var inner = SHA256()
        inner.update(padded.map { $0 ^ 0x36 })
        self.inner = inner
        var outer = SHA256()
        outer.update(padded.map { $0 ^ 0x5c })
        self.outer = outer
    }

    /// The code of two parts, one behind the other.
    func code(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> [UInt8] {
        var inner = inner
        inner.update(first)
        inner.update(second)
        var outer = outer
        outer.update(inner.digest())
        return outer.digest()
    }
}
