import HookScript

/// A regular expression and what takes the place of its matches.
struct PatternReplacement: Sendable {
    private let pattern: Pattern

    init(_ source: String) throws(PatternError) { pattern = try Pattern(source) }

    /// `text` with every match replaced, or nil without any. `$0` in the replacement is the match, `$1`…`$9` its groups,
    /// `$$` a dollar sign.
    func replacing(in text: String, with replacement: String) -> String? {
        let matches = pattern.allMatches(in: text)
        guard !matches.isEmpty else { return nil }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        for match in matches {
            result += bytes[position..<match.range.lowerBound]
            result += expand(Array(replacement.utf8), match, in: bytes)
            position = match.range.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    private func expand(_ replacement: [UInt8], _ match: PatternMatch, in text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < replacement.count {
            let byte = replacement[index]
            let next = index + 1 < replacement.count ? replacement[index + 1] : 0
            index += 1
            guard byte == UInt8(ascii: "$") else {
                result.append(byte)
                continue
            }
            if next == UInt8(ascii: "$") {
                result.append(next)
                index += 1
            } else if (0x30...0x39).contains(next) {
                let group = Int(next) - 0x30
                let range =
                    group == 0 ? match.range : match.groups.indices.contains(group - 1) ? match.groups[group - 1] : nil
                if let range { result += text[range] }
                index += 1
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
