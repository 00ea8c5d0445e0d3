import LosslessJSON

/// How secrets are shown: `••••`, and the last four characters where twelve or more are there.
package enum Masking {
    package static let mark = "••••"
    /// From this many characters on, the last four are shown.
    package static let revealingLength = 12

    /// The mask of a text. The empty text hides nothing and stays.
    package static func masked(_ text: String) -> String {
        if text.isEmpty { return text }
        return text.count < revealingLength ? mark : mark + String(text.suffix(4))
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

    /// Whether a text read from a server looks like a mask and not like the secret: `redacted`, four or more of `*` or
    /// `•`, or `...` at the end.
    package static func looksMasked(_ text: String) -> Bool {
        if text == "redacted" || text.hasSuffix("...") { return true }
        return text.unicodeScalars.lazy.filter { $0 == "*" || $0 == "•" }.count >= 4
    }
}
