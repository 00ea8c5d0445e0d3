import Testing

@testable import Digest

/// The examples of FIPS 180-4 and RFC 4231.
@Suite("Digests")
struct DigestTests {
    private func hex(_ text: String) -> String { Hexadecimal.text(SHA256.digest(text.utf8)) }

    @Test("SHA-256 answers what the standard's examples say")
    func standardExamples() {
        #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    }

    @Test("parts give the digest of the whole, however it is cut")
    func parts() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let whole = SHA256.digest(bytes)
        for cut in [0, 1, 63, 64, 65, 500, 999, 1000] {
            var hash = SHA256()
            hash.update(bytes[..<cut])
            _ = hash.digest()
            hash.update(AnySequence(bytes[cut...]))
            #expect(hash.digest() == whole)
        }
    }

    @Test("HMAC-SHA256 answers what RFC 4231 says, for short keys and for those over a block")
    func messageCodes() {
        let short = HMAC.code(for: "what do ya want for nothing?".utf8, key: Array("Jefe".utf8))
        #expect(Hexadecimal.text(short) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let long = HMAC.code(
            for: "Test Using Larger Than Block-Size Key - Hash Key First".utf8,
            key: [UInt8](repeating: 0xaa, count: 131))
        #expect(Hexadecimal.text(long) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(HMAC.isValid(short, for: "what do ya want for nothing?".utf8, key: Array("Jefe".utf8)))
        #expect(!HMAC.isValid(short, for: "what do ya want for nothing".utf8, key: Array("Jefe".utf8)))
        #expect(
            !HMAC.isValid(Array(short.dropLast()), for: "what do ya want for nothing?".utf8, key: Array("Jefe".utf8)))
    }

    @Test("hexadecimal is read back, and nothing else is taken for it")
    func hexadecimal() {
        #expect(Hexadecimal.bytes("00ffA5") == [0, 255, 0xa5])
        #expect(Hexadecimal.bytes("0") == nil)
        #expect(Hexadecimal.bytes("0g") == nil)
        #expect(Hexadecimal.bytes("") == [])
    }
}
