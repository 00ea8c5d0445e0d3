import WebhookModel

/// The form of a new webhook's identifier.
package enum WebhookIDFormat: Hashable, Sendable {
    /// `wh_` and 10 of `[a-zA-Z0-9]`: the documents of 2025-11.
    case alphanumeric
    /// `wh_` and 16 hexadecimal digits: those since 2026-01.
    case hexadecimal

    private var alphabet: [UInt8] {
        switch self {
        case .alphanumeric: Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        case .hexadecimal: Array("0123456789abcdef".utf8)
        }
    }

    private var length: Int {
        switch self {
        case .alphanumeric: 10
        case .hexadecimal: 16
        }
    }

    /// What the documents of this version declare.
    init(of version: APIVersion) {
        self = version == .november2025 ? .alphanumeric : .hexadecimal
    }

    /// Whether an identifier has this form; hexadecimal digits of either case.
    func matches(_ id: String) -> Bool {
        guard id.hasPrefix(WebhookID.prefix) else { return false }
        let token = id.utf8.dropFirst(WebhookID.prefix.utf8.count)
        guard token.count == length else { return false }
        switch self {
        case .alphanumeric: return token.allSatisfy(alphabet.contains)
        case .hexadecimal: return token.allSatisfy { alphabet.contains($0) || (0x41...0x46).contains($0) }
        }
    }

    /// An identifier from random bytes, every character equally likely.
    func makeID(randomBytes: (Int) -> [UInt8]) -> String {
        let alphabet = alphabet
        // A byte past the last whole multiple of the alphabet would favour its first characters.
        let bound = 256 / alphabet.count * alphabet.count
        var characters: [UInt8] = []
        while characters.count < length {
            for byte in randomBytes(length) where Int(byte) < bound && characters.count < length {
                characters.append(alphabet[Int(byte) % alphabet.count])
            }
        }
        return WebhookID.prefix + String(decoding: characters, as: UTF8.self)
    }
}
