import LosslessJSON

/// How secrets are shown: `••••`, and the last four characters where twelve or more are there.
package enum Masking {
    package static let mark = "••••"
    /// From this many characters on, the last four are shown.
    package static let revealingLength = 12
    static let shownLength = 4

    /// The mask of a text. The empty text hides nothing and stays.
    package static func masked(_ text: String) -> String {
        if text.isEmpty { return text }
        return text.count < revealingLength ? mark : mark + String(text.suffix(shownLength))
    }

    /// The document with every secret in it masked.
    package static func masked(_ document: JSON) -> JSON {
        masked(document, at: JSONPath([]))
    }

    /// A value as it may be shown, given where in a webhook's document it stands. Its own members count too, so a whole
    /// channel may be given.
    package static func masked(_ value: JSON, at path: JSONPath) -> JSON {
        masked(value, isSecret: SecretPaths.isSecret(path))
    }

    private static func masked(_ value: JSON, isSecret: Bool) -> JSON {
        switch value.kind {
        case .object:
            guard var members = value.object else { return value }
            for (name, member) in members {
                let shown = masked(member, isSecret: isSecret || SecretPaths.isSecretName(name))
                if shown != member { members[name] = shown }
            }
            return JSON(members)
        case .array:
            return JSON((value.array ?? []).map { masked($0, isSecret: isSecret) })
        case .string:
            guard let text = value.string else { return value }
            let shown = isSecret ? masked(text) : URLSecrets.masked(in: text)
            return shown == text ? value : JSON(shown)
        case .number, .boolean:
            return isSecret ? JSON(mark) : value
        case .null:
            return value
        }
    }

    /// A text that somebody else wrote, a server's message for example, with what it repeats of the document's secret
    /// texts masked, and the secret parts of any URL.
    package static func masked(_ text: String, hidingSecretsOf document: JSON) -> String {
        masked(text, hiding: secretTexts(of: document))
    }

    /// The same for secrets at hand; those of less than four characters are left, since they would be everywhere.
    package static func masked(_ text: String, hiding secrets: [String]) -> String {
        var shown = text
        // What a server repeats is printed on one line.
        let spellings = (secrets + secrets.map(OneLine.collapsed)).filter { $0.count >= 4 }
        // The longest first, so that a secret that contains another is masked as one.
        for secret in spellings.sorted(by: { ($0.utf8.count, $0) > ($1.utf8.count, $1) }) {
            shown = replaced(secret, in: shown, by: masked(secret))
        }
        // Last, for a secret that is a URL itself would not be found in what its mask leaves.
        return URLSecrets.masked(in: shown)
    }

    /// By bytes, since to a comparison of characters a combining mark behind a secret is a part of its last one; and by
    /// characters, for a server that spells `é` in its other way.
    private static func replaced(_ secret: String, in text: String, by mask: String) -> String {
        let parts = Array(text.utf8).split(separator: Array(secret.utf8), omittingEmptySubsequences: false)
        let shown = String(decoding: Array(parts.joined(separator: Array(mask.utf8))), as: UTF8.self)
        return shown.split(separator: secret, omittingEmptySubsequences: false).joined(separator: mask)
    }

    /// The texts of a document that are secret: values as a whole, and the secret parts of URLs, which a server may repeat
    /// without the URL.
    package static func secretTexts(of document: JSON) -> [String] {
        SecretPaths.secrets(in: document).flatMap { secret -> [String] in
            guard let text = secret.value.string else { return [] }
            return secret.extent == .whole ? [text] + URLSecrets.texts(in: text) : URLSecrets.texts(in: text)
        }
    }

    /// A webhook's name, or another text that is no secret as a whole, with the secret parts of its URLs masked.
    package static func shown(_ text: String) -> String { URLSecrets.masked(in: text) }

    /// Whether a text read from a server looks like a mask and not like the secret: `redacted`, four or more of `*` or
    /// `•`, or `...` at the end.
    package static func looksMasked(_ text: String) -> Bool {
        if text == "redacted" || text.hasSuffix("...") { return true }
        return text.unicodeScalars.lazy.filter { $0 == "*" || $0 == "•" }.count >= 4
    }
}
