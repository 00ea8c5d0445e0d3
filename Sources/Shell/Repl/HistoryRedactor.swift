import LosslessJSON
import WebhookModel

/// Keeps keys, tokens and passwords out of the history.
///
/// Told by where a word stands (`bot_token=…`, behind a path that names a secret, in JSON behind such a name) and by what
/// it looks like. A secret given as plain text to something that does not say so (`let x = …`) cannot be told: a line
/// that begins with a blank is not kept, and `${secret:NAME}` keeps the value out of the line altogether.
package enum HistoryRedactor {
    /// The line with such words masked.
    package static func redact(_ line: String) -> String? {
        var result = ""
        var hides = false
        var isNamed = false
        var isSecretFlag = false
        for part in LineParts.split(line) {
            switch part {
            case .between(let text):
                if text.contains(where: { ";\n|".contains($0) }) { hides = false }
                result += text
            case .word(let word):
                let isSecret = hides || isSecretFlag && !isReference(word)
                result += isSecret && !isPlain(word) ? Masking.mark : shown(word)
                let isReferred = isSecretFlag && isReference(word)
                isSecretFlag = word == "--secret"
                if !isReferred, namesSecret(word, isName: isNamed) { hides = true }
                isNamed = word == "let" || word == "--var"
            }
        }
        return result
    }

    /// Where `listen --secret` finds the secret.
    private static func isReference(_ word: String) -> Bool {
        word.hasPrefix("secret:") || word.hasPrefix("env:")
    }

    private static func shown(_ word: String) -> String {
        if let equals = word.firstIndex(of: "="), namesSecret(String(word[..<equals]), isName: true) {
            let value = word[word.index(after: equals)...]
            return isPlain(String(value)) ? word : word[...equals] + Masking.mark
        }
        let withoutURLs = Masking.masked(JSON(word), at: .root).string ?? word
        return maskedByLook(withoutURLs)
    }

    /// Words that hide nothing themselves: references, operators, flags.
    private static func isPlain(_ word: String) -> Bool {
        let operators: Set<String> = [
            "=", "!=", "~", "=~", "<", ">", "<=", ">=", "and", "or", "not", "in", "has", "exists", "",
        ]
        return operators.contains(word) || word.hasPrefix("$") || word.hasPrefix("\"${") || word.hasPrefix("--")
    }

    /// Whether a word is a path or a JSON member's name that leads to a secret. A plain word like `token` does so only where
    /// a name is due: before `=`, behind `let`.
    private static func namesSecret(_ word: String, isName: Bool = false) -> Bool {
        let names = word.split { ".[]/\"':,{}".contains($0) }
        return names.contains { SecretPaths.isSecretName(String($0)) } && !word.hasPrefix("$")
            && names.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || "_-*".contains($0) } }
            && (isName || names.count > 1 || word.contains("_") || word.hasSuffix(":"))
    }

    /// Masks the pieces of a word that look like a vendor's secret or like random text.
    private static func maskedByLook(_ word: String) -> String {
        var result = ""
        var piece = ""
        for character in word {
            if "\"'=,;{}[]()<>|".contains(character) || character.isWhitespace {
                result += masked(piece) + String(character)
                piece = ""
            } else {
                piece.append(character)
            }
        }
        return result + masked(piece)
    }

    /// Prefixes that vendors give their secrets.
    private static let prefixes = [
        "sk_", "sk-", "pk_live", "rk_", "xoxb-", "xoxp-", "xoxa-", "xoxe", "xapp-", "ghp_", "gho_", "ghs_",
        "github_pat_",
        "glpat-", "AKIA", "ASIA", "AIza", "whsec_", "SG.", "eyJ",
    ]

    private static func masked(_ piece: String) -> String {
        let isKnown = prefixes.contains { piece.hasPrefix($0) && piece.utf8.count >= $0.utf8.count + 4 }
        return isKnown || isRandom(piece) ? Masking.mark : piece
    }

    /// Forty and more letters and digits in a row, both among them: no word, path or webhook id is like that.
    private static func isRandom(_ piece: String) -> Bool {
        guard piece.utf8.count >= 40 else { return false }
        let isAlphanumeric = piece.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F || byte == 0x2B
                || byte == 0x2F
        }
        return isAlphanumeric && piece.utf8.contains { (0x30...0x39).contains($0) }
    }
}

/// A line as words and what stands between them; blanks inside quotes belong to the word.
enum LineParts {
    case word(String)
    case between(String)

    static func split(_ line: String) -> [LineParts] {
        var parts: [LineParts] = []
        var word = ""
        var between = ""
        var quote: Character?
        for character in line {
            if quote == nil, character.isWhitespace || character == ";" || character == "|" {
                if !word.isEmpty { parts.append(.word(word)) }
                word = ""
                between.append(character)
                continue
            }
            if !between.isEmpty { parts.append(.between(between)) }
            between = ""
            if character == quote { quote = nil } else if quote == nil, "\"'".contains(character) { quote = character }
            word.append(character)
        }
        if !word.isEmpty { parts.append(.word(word)) }
        if !between.isEmpty { parts.append(.between(between)) }
        return parts
    }
}
