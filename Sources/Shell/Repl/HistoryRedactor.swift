/// Keeps what looks like a key or a token out of the history.
package enum HistoryRedactor {
    /// The line with such words masked. What comes by `${secret:NAME}` is not in the line at all.
    package static func redact(_ line: String) -> String? {
        var result = ""
        var word = ""
        for character in line {
            if character.isWhitespace || "\"'=,;{}[]()<>|".contains(character) {
                result += masked(word) + String(character)
                word = ""
            } else {
                word.append(character)
            }
        }
        return result + masked(word)
    }

    /// Prefixes that vendors give their secrets.
    private static let prefixes = [
        "sk_", "sk-", "pk_live", "rk_", "xoxb-", "xoxp-", "xoxa-", "xoxe", "xapp-", "ghp_", "gho_", "ghs_",
        "github_pat_",
        "glpat-", "AKIA", "ASIA", "AIza", "whsec_", "SG.", "eyJ",
    ]

    private static func masked(_ word: String) -> String {
        let isKnown = prefixes.contains { word.hasPrefix($0) && word.utf8.count >= $0.utf8.count + 4 }
        let isHook = word.contains("hooks.slack.com/services/")
        return isKnown || isHook || isRandom(word) ? "••••" : word
    }

    /// Forty and more letters and digits in a row, both among them: no word, path or webhook id is like that.
    private static func isRandom(_ word: String) -> Bool {
        guard word.utf8.count >= 40 else { return false }
        let isAlphanumeric = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F || byte == 0x2B
                || byte == 0x2F
        }
        return isAlphanumeric && word.utf8.contains { (0x30...0x39).contains($0) }
    }
}
