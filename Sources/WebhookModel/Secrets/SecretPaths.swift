import LosslessJSON

/// Which values of a webhook's document are secret.
///
/// Told by the names on a value's path: the config keys that the catalogue marks, and names that say so themselves
/// (`access_token`, `dbPassword`), since kinds unknown today hold secrets too. Userinfo and query of any URL in any
/// text, and the path of a chat's incoming hook, are secret as well, wherever it stands.
package enum SecretPaths {
    /// A value, or part of it, that must not be shown.
    package struct Secret: Hashable, Sendable {
        package let path: JSONPath
        package let value: JSON
        package let extent: Extent
    }

    package enum Extent: Hashable, Sendable {
        case whole
        /// Userinfo and query of the URLs in the text, and the paths of incoming hooks.
        case urlParts
    }

    /// Whether the whole value at this path is secret.
    package static func isSecret(_ path: JSONPath) -> Bool {
        path.components.contains { component in
            if case .name(let name) = component { isSecretName(name) } else { false }
        }
    }

    /// The secret texts, numbers and booleans of a document, each at its own path, in reading order.
    package static func secrets(in document: JSON) -> [Secret] {
        var found: [Secret] = []
        collect(document, at: JSONPath([]), isSecret: false, into: &found)
        return found
    }

    /// Whether a value read from a document gives away a secret when shown: at a secret path, or with a member or URL
    /// that is.
    package static func holdsSecret(_ value: JSON, at path: JSONPath) -> Bool {
        var found: [Secret] = []
        collect(value, at: path, isSecret: isSecret(path), into: &found)
        return !found.isEmpty
    }

    private static func collect(_ value: JSON, at path: JSONPath, isSecret: Bool, into found: inout [Secret]) {
        switch value.kind {
        case .object:
            for (name, member) in value.object ?? [:] {
                collect(
                    member, at: path.appending(.name(name)), isSecret: isSecret || isSecretName(name), into: &found)
            }
        case .array:
            for (index, element) in (value.array ?? []).enumerated() {
                collect(element, at: path.appending(.index(index)), isSecret: isSecret, into: &found)
            }
        case .string:
            guard let text = value.string, !text.isEmpty else { return }
            if isSecret {
                found.append(Secret(path: path, value: value, extent: .whole))
            } else if URLSecrets.areIn(text) {
                found.append(Secret(path: path, value: value, extent: .urlParts))
            }
        case .number, .boolean:
            if isSecret { found.append(Secret(path: path, value: value, extent: .whole)) }
        case .null: break
        }
    }

    /// Whether a member of this name holds a secret.
    package static func isSecretName(_ name: String) -> Bool {
        if catalogued.contains(name) { return true }
        if plain.contains(name) { return false }
        let words = SecretWords.split(name)
        // `webhookUrl` is `webhook_url` in another spelling.
        if catalogued.contains(words.joined(separator: "_")) { return true }
        return words.contains { telling.contains($0) } || words == ["auth"]
            || zip(words, words.dropFirst()).contains { ["key", "keys"].contains($1) && keyOwners.contains($0) }
    }

    private static let catalogued: Set<String> = Set(
        Catalogue.channelKinds.flatMap(\.keys).filter { [.whole, .members].contains($0.secrecy) }.map(\.name))

    /// Names of the API that are known to be plain, so that no word in them is looked at.
    private static let plain: Set<String> = Set(
        Catalogue.channelKinds.flatMap(\.keys).filter { [.plain, .urlParts].contains($0.secrecy) }.map(\.name))

    private static let telling: Set<String> = [
        "token", "tokens", "secret", "secrets", "password", "passwords", "passwd", "passphrase", "pwd", "pass",
        "authorization", "bearer", "cookie", "cookies", "credential", "credentials", "apikey", "apikeys",
    ]
    private static let keyOwners: Set<String> = [
        "api", "access", "account", "auth", "client", "encryption", "integration", "master", "private", "routing",
        "secret",
        "service", "shared", "signing", "ssh",
    ]
}

/// Splits a member's name into its words: at `_`, `-`, `.`, blanks and digits (`token2` is `token`), before a capital
/// behind a small letter, and before the last capital of several that a small letter follows (`APIToken` is `api`,
/// `token`).
private enum SecretWords {
    static func split(_ name: String) -> [String] {
        let scalars = Array(name.unicodeScalars)
        var words: [String] = []
        var word = ""
        for (index, scalar) in scalars.enumerated() {
            let isSeparator = "_-. 0123456789".unicodeScalars.contains(scalar)
            if isSeparator || beginsWord(scalars, at: index) {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if !isSeparator { word.unicodeScalars.append(scalar) }
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        return words
    }

    private static func beginsWord(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard index > 0, isCapital(scalars[index]) else { return false }
        if isSmall(scalars[index - 1]) { return true }
        return isCapital(scalars[index - 1]) && index + 1 < scalars.count && isSmall(scalars[index + 1])
    }

    private static func isCapital(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
    private static func isSmall(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }
}
