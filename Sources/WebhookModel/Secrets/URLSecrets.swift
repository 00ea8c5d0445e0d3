/// The parts of URLs in a text that are secret: what stands before `@` in the authority, the query, and the path of a
/// chat's incoming hook.
///
/// Finds every `://` in the text, so that a URL inside a sentence or a template counts too. A URL ends at a blank, a
/// quote, `<`, `>`, a back quote or the text's end.
package enum URLSecrets {
    /// Whether any URL in the text has such a part that isn't empty.
    static func areIn(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: ":")) && !ranges(in: Array(text.utf8)).isEmpty
    }

    /// The text with these parts masked.
    static func masked(in text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: ":")) else { return text }
        let bytes = Array(text.utf8)
        let secrets = ranges(in: bytes)
        guard !secrets.isEmpty else { return text }
        var shown = ""
        var position = 0
        for range in secrets {
            shown += String(decoding: bytes[position..<range.lowerBound], as: UTF8.self)
            shown += Masking.masked(String(decoding: bytes[range], as: UTF8.self))
            position = range.upperBound
        }
        return shown + String(decoding: bytes[position...], as: UTF8.self)
    }

    /// These parts of the URLs in a text, and what may stand alone of them: the password of `user:password`, the values of
    /// a query, the long steps of a hook's path. As written, and with escapes read.
    static func texts(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var texts: [String] = []
        for range in ranges(in: bytes) {
            texts.append(String(decoding: bytes[range], as: UTF8.self))
            texts += pieces(of: bytes[range], in: bytes).map { String(decoding: $0, as: UTF8.self) }
        }
        return texts + texts.compactMap { $0.contains("%") ? unescaped($0) : nil }
    }

    /// What is shorter may be any word: `true`, `production`, `webhooks`.
    private static func pieces(of part: ArraySlice<UInt8>, in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        if part.endIndex < bytes.endIndex, bytes[part.endIndex] == UInt8(ascii: "@") {
            return [part.drop { $0 != UInt8(ascii: ":") }.dropFirst()]
        }
        if bytes[part.startIndex - 1] == UInt8(ascii: "?") {
            return part.split { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: ";") }
                .map { $0.drop { $0 != UInt8(ascii: "=") }.dropFirst() }.filter { $0.count >= 8 }
        }
        return part.split(separator: UInt8(ascii: "/")).filter { $0.count >= 16 }
    }

    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                rest = rest.dropFirst(2)
                bytes.append(value)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where in a text these parts stand, in order.
    package static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var position = 0
        while let start = nextAuthority(in: bytes, from: position) {
            let end = bytes[start...].firstIndex(where: isDelimiter) ?? bytes.count
            let authorityEnd = bytes[start..<end].firstIndex { "/?#".utf8.contains($0) } ?? end
            if let at = bytes[start..<authorityEnd].lastIndex(of: UInt8(ascii: "@")), at > start {
                found.append(start..<at)
            }
            let fragment = bytes[authorityEnd..<end].firstIndex(of: UInt8(ascii: "#")) ?? end
            let mark = bytes[authorityEnd..<fragment].firstIndex(of: UInt8(ascii: "?")) ?? fragment
            if isHook(bytes[start..<authorityEnd]), authorityEnd + 1 < mark { found.append(authorityEnd + 1..<mark) }
            if mark + 1 < fragment { found.append(mark + 1..<fragment) }
            position = end
        }
        return found
    }

    /// Whether the path of a URL at this host is what lets one in: an incoming hook of a chat.
    private static func isHook(_ authority: ArraySlice<UInt8>) -> Bool {
        let host = (authority.split(separator: UInt8(ascii: "@")).last ?? []).prefix { $0 != UInt8(ascii: ":") }
        let name = String(decoding: host, as: UTF8.self).lowercased()
        return hookHosts.contains(name) || hookDomains.contains { name.hasSuffix($0) }
    }

    private static let hookHosts: Set<String> = ["hooks.slack.com", "discord.com", "discordapp.com"]
    private static let hookDomains = [".discord.com", ".webhook.office.com"]

    /// The byte behind the next `://` that follows a scheme's last letter.
    private static func nextAuthority(in bytes: [UInt8], from start: Int) -> Int? {
        var position = start
        while let colon = bytes[position...].firstIndex(of: UInt8(ascii: ":")) {
            if colon > 0, isASCIIAlphanumeric(bytes[colon - 1]), bytes[colon...].starts(with: "://".utf8) {
                return colon + 3
            }
            position = colon + 1
        }
        return nil
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        byte <= 0x20 || "\"'<>`".utf8.contains(byte)
    }
}
