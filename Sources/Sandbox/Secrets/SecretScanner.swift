import LosslessJSON
import Synchronization
import WebhookModel

/// Finds where the secrets of a document stand in its text.
struct SecretScanner {
    private let text: [UInt8]
    private var position = 0
    private var found: [Range<Int>] = []

    /// The byte ranges of the values that `SecretPaths` calls secret, whole literals each, in reading order. The text is
    /// compact JSON that was parsed before.
    static func ranges(in text: [UInt8]) -> [Range<Int>] {
        var scanner = SecretScanner(text: text)
        scanner.value(isSecret: false)
        return scanner.found
    }

    private init(text: [UInt8]) {
        self.text = text
    }

    private mutating func value(isSecret: Bool) {
        guard position < text.count else { return }
        switch text[position] {
        case UInt8(ascii: "{"): object(isSecret: isSecret)
        case UInt8(ascii: "["): list(isSecret: isSecret)
        case UInt8(ascii: "\""):
            let literal = string()
            if literal.count > 2, isSecret || holdsSecretURL(literal) { found.append(literal) }
        default:
            let start = position
            while position < text.count, !isDelimiter(text[position]) { position += 1 }
            if isSecret, text[start] != UInt8(ascii: "n") { found.append(start..<position) }
        }
    }

    private mutating func object(isSecret: Bool) {
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "}") {
            if text[position] == UInt8(ascii: ",") { position += 1 }
            let name = string()
            position += 1
            value(isSecret: isSecret || SecretNames.isSecret(decoded(name)))
        }
        position += 1
    }

    private mutating func list(isSecret: Bool) {
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "]") {
            if text[position] == UInt8(ascii: ",") { position += 1 }
            value(isSecret: isSecret)
        }
        position += 1
    }

    /// The literal at the position, with its quotes.
    private mutating func string() -> Range<Int> {
        let start = position
        position += 1
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, text.count)
        return start..<position
    }

    private func isDelimiter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
    }

    private func decoded(_ literal: Range<Int>) -> String {
        guard text[literal].contains(UInt8(ascii: "\\")) else {
            return String(decoding: text[literal].dropFirst().dropLast(), as: UTF8.self)
        }
        return (try? JSON(parsing: Array(text[literal])))?.string ?? ""
    }

    /// Whether the literal holds a URL with a part that is secret. A colon may be escaped, so only the parsed text tells.
    private func holdsSecretURL(_ literal: Range<Int>) -> Bool {
        guard isLikeURL(text[literal]) else { return false }
        return SecretPaths.holdsSecret(JSON(decoded(literal)), at: .root)
    }

    /// Whether `://` stands in the literal, or an escape behind which anything may.
    private func isLikeURL(_ literal: ArraySlice<UInt8>) -> Bool {
        literal.indices.contains { place in
            literal[place] == UInt8(ascii: "\\") || literal[place...].starts(with: "://".utf8)
        }
    }
}

/// What `SecretPaths` said of names of members: documents use the same ones over and over.
private enum SecretNames {
    private static let limit = 1_024
    private static let known = Mutex<[String: Bool]>([:])

    static func isSecret(_ name: String) -> Bool {
        if let known = known.withLock({ $0[name] }) { return known }
        let isSecret = SecretPaths.isSecretName(name)
        guard name.utf8.count <= 64 else { return isSecret }
        known.withLock { known in
            if known.count >= limit { known = [:] }
            known[name] = isSecret
        }
        return isSecret
    }
}
