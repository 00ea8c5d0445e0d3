/// The text of `config.yaml`, edited by lines: what is not concerned stays as it was typed, comments included.
///
/// It understands the layout that hookline writes and that people copy: top members at column 0, profiles indented.
/// Whatever it makes is read back by `ConfigurationReader` before it is stored, so a layout it misjudges is an error,
/// never a broken file.
package struct ConfigurationText {
    private var lines: [Substring]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
    }

    var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

    /// Sets or adds `default: name`.
    mutating func setDefault(_ name: String) {
        let line = Substring("default: " + ConfigurationText.quoted(name))
        if let index = topMember("default") { lines[index] = line } else { lines.insert(line, at: 0) }
    }

    mutating func removeDefault() {
        if let index = topMember("default") { lines.remove(at: index) }
    }

    /// Adds a profile with `members` after the others.
    mutating func addProfile(_ name: String, members: [(name: String, value: String)]) {
        if topMember("profiles") == nil { lines.append("profiles:") }
        let end = endOfBlock(topMember("profiles")!)
        let indent = profileIndent
        var block = [Substring(indent + ConfigurationText.quoted(name) + ":")]
        for member in members { block.append(Substring(indent + "  " + member.name + ": " + member.value)) }
        if members.isEmpty { block[0] += " {}" }
        lines.insert(contentsOf: block, at: end)
    }

    mutating func removeProfile(_ name: String) {
        guard let range = profileLines(name) else { return }
        lines.removeSubrange(range)
        // `profiles:` without any is a null, which reads as none.
    }

    /// Sets or adds one member of a profile, and drops those in `removing`.
    mutating func setMember(_ member: String, to value: String, ofProfile name: String, removing: [String] = []) {
        guard let range = profileLines(name) else { return }
        let header = range.lowerBound
        if lines[header].hasSuffix("{}") { lines[header] = lines[header].dropLast(3) }
        let dropped = Set(removing + [member])
        let inner = profileIndent + "  "
        let kept = lines[(header + 1)..<range.upperBound].filter {
            !dropped.contains(ConfigurationText.key(of: $0) ?? "")
        }
        let set = Substring(inner + member + ": " + value)
        lines.replaceSubrange((header + 1)..<range.upperBound, with: [set] + kept)
    }

    /// A YAML scalar for `text`, quoted whenever plain could read as something else.
    static func quoted(_ text: String) -> String {
        let isPlain =
            text.first.map { $0.isLetter && $0.isASCII } ?? false
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
            && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
        return isPlain ? text : YamlText.doubleQuoted(text)
    }

    private func topMember(_ name: String) -> Int? {
        lines.firstIndex { !($0.first?.isWhitespace ?? true) && ConfigurationText.key(of: $0) == name }
    }

    /// The line after the block that begins at `start`: what is indented deeper, blank, or a comment within.
    private func endOfBlock(_ start: Int) -> Int {
        let depth = ConfigurationText.depth(lines[start])
        var end = start + 1
        for index in lines.indices[(start + 1)...] {
            let line = lines[index]
            if line.allSatisfy(\.isWhitespace) || ConfigurationText.isComment(line) { continue }
            if ConfigurationText.depth(line) <= depth { break }
            end = index + 1
        }
        return end
    }

    private var profileIndent: String {
        guard let start = topMember("profiles") else { return "  " }
        let first = lines[(start + 1)..<endOfBlock(start)].first {
            !$0.allSatisfy(\.isWhitespace) && !ConfigurationText.isComment($0)
        }
        return first.map { String(repeating: " ", count: ConfigurationText.depth($0)) } ?? "  "
    }

    private func profileLines(_ name: String) -> Range<Int>? {
        guard let start = topMember("profiles") else { return nil }
        let depth = profileIndent.count
        let header = lines[(start + 1)..<endOfBlock(start)].indices.first {
            ConfigurationText.depth(lines[$0]) == depth && ConfigurationText.key(of: lines[$0]) == name
        }
        return header.map { $0..<endOfBlock($0) }
    }

    private static func depth(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }

    private static func isComment(_ line: Substring) -> Bool { line.drop { $0.isWhitespace }.first == "#" }

    private static func key(of line: Substring) -> String? {
        let content = line.drop { $0 == " " }
        guard content.first != "#", let colon = content.firstIndex(of: ":") else { return nil }
        let name = content[..<colon]
        return String(name.trimmingQuotes)
    }
}

extension Substring {
    fileprivate var trimmingQuotes: Substring {
        guard count >= 2, let first, first == last, first == "\"" || first == "'" else { return self }
        return dropFirst().dropLast()
    }
}
