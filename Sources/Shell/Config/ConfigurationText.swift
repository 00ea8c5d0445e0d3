import Yams

/// The text of `config.yaml`, edited by lines: what is not concerned stays as it was typed, comments and line ends
/// included.
///
/// After each edit the text is read back, and what it holds must be what it held with this one change. What cannot be
/// edited by lines is refused with `ConfigurationError.Reason.notEditable`; the text is then as it was.
package struct ConfigurationText {
    let path: String
    private(set) var lines: ConfigurationLines
    private(set) var outline: ConfigurationOutline

    /// - Throws: `ConfigurationError` for what has anchors or aliases, or is no YAML.
    init(_ text: String, path: String) throws(ConfigurationError) {
        self.path = path
        lines = ConfigurationLines(text)
        do throws(ConfigurationOutline.Failure) { outline = try ConfigurationOutline(lines) } catch {
            switch error {
            case .anchor(let line):
                throw ConfigurationError(path: path, line: line, reason: .notEditable(.anchor))
            case .unreadable: throw ConfigurationError(path: path, reason: .notEditable(.unforeseen))
            }
        }
    }

    var text: String { lines.text }

    /// Sets or adds `default: name`.
    mutating func setDefault(_ name: String) throws(ConfigurationError) {
        var expected = outline.value
        expected.set("default", to: .text(name))
        let value = ConfigurationText.quoted(name)
        if let index = outline.root?.member("default") {
            let splice = try valueSplice(outline.root!.members, index, rootEnd, value)
            return try apply([splice], giving: expected)
        }
        let indent = try rootIndent()
        let place = firstPlace
        try apply([Splice(range: place..<place, texts: [indent + "default: " + value])], giving: expected)
    }

    mutating func removeDefault() throws(ConfigurationError) {
        guard let root = outline.root, let index = root.member("default") else { return }
        var expected = outline.value
        expected.remove("default")
        _ = try rootIndent()
        let range = try exactRange(root.members, index, rootEnd)
        try apply([Splice(range: range, texts: [])], giving: expected)
    }

    /// Adds a profile after the others. Values are YAML scalars as they are to be written.
    mutating func addProfile(
        _ name: String, members: [(name: String, value: String)]
    ) throws(ConfigurationError) {
        var profiles = outline.value["profiles"] ?? .text("")
        let added = members.map { ConfigurationValue.Member(name: $0.name, value: Self.value(of: $0.value)) }
        profiles.set(name, to: .members(added), atEnd: true)
        var expected = outline.value
        expected.set("profiles", to: profiles, atEnd: true)

        let rootIndent = try rootIndent()
        let place: Int
        var indent = rootIndent + "  "
        var splices: [Splice] = []
        if let root = outline.root, let index = root.member("profiles") {
            let block = try block(root.members, index, of: "profiles")
            splices += block.splices
            if let last = root.members[index].node.members.last {
                indent = String(repeating: " ", count: last.column)
                let all = root.members[index].node.members
                place = try wholeRange(all, all.count - 1, end(of: root.members, index, rootEnd)).upperBound
            } else {
                place = block.place
            }
        } else {
            place = rootEnd
            splices.append(Splice(range: place..<place, texts: [rootIndent + "profiles:"]))
        }
        let header = indent + ConfigurationText.quoted(name) + ":" + (members.isEmpty ? " {}" : "")
        let step = memberStep
        let texts = [header] + members.map { indent + step + $0.name + ": " + $0.value }
        try apply(splices + [Splice(range: place..<place, texts: texts)], giving: expected)
    }

    /// Removes a profile with the comments in it.
    mutating func removeProfile(_ name: String) throws(ConfigurationError) {
        let found = try profile(name)
        var profiles = outline.value["profiles"]!
        profiles.remove(name)
        var expected = outline.value
        expected.set("profiles", to: profiles)
        let range = try wholeRange(found.siblings, found.index, found.end)
        try checkWhole(range, found.siblings[found.index])
        try apply([Splice(range: range, texts: [])], giving: expected)
    }

    /// Sets or adds one member of a profile, and drops those in `removing`. The value is a YAML scalar as it is to be
    /// written.
    mutating func setMember(
        _ member: String, to value: String, ofProfile name: String, removing: [String] = []
    ) throws(ConfigurationError) {
        let found = try profile(name)
        var profile = outline.value["profiles"]![name]!
        for other in removing { profile.remove(other) }
        profile.set(member, to: Self.value(of: value))
        var profiles = outline.value["profiles"]!
        profiles.set(name, to: profile)
        var expected = outline.value
        expected.set("profiles", to: profiles)

        let block = try block(found.siblings, found.index, of: "profiles." + name)
        var splices = block.splices
        let members = found.node.members
        let end = end(of: found.siblings, found.index, found.end)
        for other in removing {
            guard let index = found.node.member(other) else { continue }
            splices.append(Splice(range: try exactRange(members, index, end), texts: []))
        }
        if let index = found.node.member(member) {
            splices.append(try valueSplice(members, index, end, value))
        } else {
            let indent = members.first?.column ?? found.siblings[found.index].column + memberStep.utf8.count
            let text = String(repeating: " ", count: indent) + member + ": " + value
            splices.append(Splice(range: block.place..<block.place, texts: [text]))
        }
        try apply(splices, giving: expected)
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

    /// What a written scalar holds.
    private static func value(of written: String) -> ConfigurationValue {
        .text((try? Yams.compose(yaml: written))?.scalar?.string ?? "")
    }

    /// Changes the lines, unless they then hold anything else than `expected`.
    private mutating func apply(
        _ splices: [Splice], giving expected: ConfigurationValue
    ) throws(ConfigurationError) {
        var changed = lines
        for splice in Splice.ordered(splices) { changed.replace(splice.range, with: splice.texts) }
        guard let outline = try? ConfigurationOutline(changed), outline.value == expected else {
            throw refusal(.unforeseen, at: splices.map(\.range.lowerBound).min() ?? 0)
        }
        (lines, self.outline) = (changed, outline)
    }
}
