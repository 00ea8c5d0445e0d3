/// HTML without its tags.
enum PlainText {
    /// What stands outside of tags, comments and the contents of `script` and `style` gone with them, the five usual
    /// entities resolved, runs of blank lines made one.
    static func fromHTML(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            text += rest[..<start]
            guard let end = rest[start...].firstIndex(of: ">") else {
                text += rest[start...]
                rest = ""
                break
            }
            let tag = rest[start...end].dropFirst().prefix { $0.isLetter || $0 == "/" || $0.isNumber }.lowercased()
            rest = rest[rest.index(after: end)...]
            if ["br", "p", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "/pre"].contains(tag) { text += "\n" }
            if ["script", "style"].contains(tag) {
                guard let close = rest.range(ofText: "</\(tag)") else {
                    rest = ""
                    break
                }
                rest = rest[close.lowerBound...]
            }
        }
        text += rest
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false)
        where !(line.allSatisfy(\.isWhitespace) && (lines.last?.allSatisfy(\.isWhitespace) ?? true)) {
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}

extension Substring {
    /// The first place of a text, whatever its case.
    fileprivate func range(ofText text: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].prefix(text.count).lowercased() == text {
                return index..<self.index(index, offsetBy: text.count)
            }
            index = self.index(after: index)
        }
        return nil
    }
}
