/// An organization's API key: a secret that leaves this type in one place only, the `Authorization` header.
///
/// Printing, interpolating, dumping or mirroring a key shows `••••`, never the key.
package struct APIKey: Equatable, Sendable {
    private let secret: String

    /// Takes 1…4096 visible ASCII characters (`0x21…0x7E`).
    ///
    /// Anything else could end the header early or smuggle another one in, so it is refused rather than trimmed.
    package init(_ text: String) throws(APIKeyError) {
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= 4096 else { throw .tooLong }
        for (offset, byte) in text.utf8.enumerated() where !(0x21...0x7E).contains(byte) {
            throw .invalidCharacter(offset: offset)
        }
        secret = text
    }

    /// The value of the `Authorization` header. Nothing but the code that writes the header may ask for it.
    package var authorizationHeader: String { "Bearer " + secret }

    /// `text` with every occurrence of the key replaced by `••••`: a server may repeat what it was sent.
    package func redacted(from text: String) -> String {
        let key = Array(secret.utf8)
        let source = Array(text.utf8)
        guard key.count >= Self.shortestRedacted, source.count >= key.count else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var position = 0
        while position < source.count {
            if source[position] == key[0], source[position...].starts(with: key) {
                result.append(contentsOf: Self.mask.utf8)
                position += key.count
            } else {
                result.append(source[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What a printed key looks like.
    package static let mask = "••••"
    /// A key shorter than this is no secret, and replacing it would mangle ordinary words.
    private static let shortestRedacted = 4
}

/// Why a text can't be an API key. Holds nothing of the text.
package enum APIKeyError: Error, Hashable {
    case empty
    case tooLong
    /// A character that is not visible ASCII, at this byte.
    case invalidCharacter(offset: Int)
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { Self.mask }
    package var debugDescription: String { Self.mask }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
