import WebhookModel

/// Makes a stranger's text fit to be shown: one line, bounded, without control characters and without the key.
enum Printable {
    /// Runs of white space and control characters become one space; what is longer than `limit` scalars ends in `…`.
    static func line(_ text: String, limit: Int = 4096, without key: APIKey) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        var pendingSpace = false
        for scalar in key.redacted(from: text).unicodeScalars {
            if OneLine.isBlank(scalar) {
                pendingSpace = count > 0
                continue
            }
            count += pendingSpace ? 2 : 1
            guard count <= limit else {
                result.append("…")
                break
            }
            if pendingSpace { result.append(" ") }
            pendingSpace = false
            result.append(scalar)
        }
        return String(result)
    }

    /// The beginning of a body that is no JSON: of HTML the text between the tags.
    static func snippet(_ body: [UInt8], isHTML: Bool, without key: APIKey) -> String {
        // The key may stand astride the cut: what could be its beginning must not survive, so read well past the end.
        let text = String(decoding: body.prefix(64 << 10), as: UTF8.self)
        return line(isHTML ? withoutTags(text) : text, limit: 2000, without: key)
    }

    private static func withoutTags(_ html: String) -> String {
        var result = String.UnicodeScalarView()
        var isInside = false
        for scalar in html.unicodeScalars {
            switch scalar {
            case "<": isInside = true
            case ">" where isInside:
                isInside = false
                result.append(" ")
            default: if !isInside { result.append(scalar) }
            }
        }
        return String(result)
    }
}
