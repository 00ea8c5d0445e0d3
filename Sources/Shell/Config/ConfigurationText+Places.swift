/// Where in the lines the parts of `config.yaml` begin and end.
extension ConfigurationText {
    /// Lines to put in place of others.
    struct Splice {
        let range: Range<Int>
        let texts: [String]

        /// From the last place on, so that places stay. At one place what goes away comes first; of what is added the
        /// earlier stands before the later.
        static func ordered(_ splices: [Splice]) -> [Splice] {
            splices.enumerated().sorted { left, right in
                let (one, other) = (left.element.range, right.element.range)
                if one.lowerBound != other.lowerBound { return one.lowerBound > other.lowerBound }
                return one.isEmpty == other.isEmpty ? left.offset > right.offset : other.isEmpty
            }.map(\.element)
        }
    }

    struct FoundProfile {
        let siblings: [ConfigurationOutline.Member]
        let index: Int
        /// Where the profiles end.
        let end: Int
        var node: ConfigurationOutline.Node { siblings[index].node }
    }

    func refusal(_ obstacle: ConfigurationObstacle, at line: Int) -> ConfigurationError {
        ConfigurationError(path: path, line: line + 1, reason: .notEditable(obstacle))
    }

    // MARK: The whole

    /// The blanks before top members.
    func rootIndent() throws(ConfigurationError) -> String {
        guard let root = outline.root, let first = root.members.first else {
            if outline.root?.isFlow ?? false { throw refusal(.flow("the file"), at: firstPlace) }
            return ""
        }
        if root.isFlow { throw refusal(.flow("the file"), at: first.line) }
        try checkStart(first)
        return String(repeating: " ", count: first.column)
    }

    /// Behind the last line that says anything, or in front of the mark that ends the document.
    var rootEnd: Int {
        let start = outline.root?.members.last?.line ?? 0
        var end = (start..<lines.count).first { lines[$0].isMark("...") } ?? lines.count
        while end > 0, lines[end - 1].isBlank { end -= 1 }
        return end
    }

    /// The first line; the one behind directives and the mark that begins the document if there are any.
    var firstPlace: Int {
        let end = outline.root?.members.first?.line ?? lines.count
        let last = (0..<min(end, lines.count)).last { lines[$0].isMark("---") || lines[$0].text.hasPrefix("%") }
        return last.map { $0 + 1 } ?? 0
    }

    /// How much deeper the members of a profile are.
    var memberStep: String {
        let profiles = outline.root.flatMap { root in root.member("profiles").map { root.members[$0].node.members } }
        for profile in profiles ?? [] where !profile.node.isFlow {
            if let first = profile.node.members.first, first.column > profile.column {
                return String(repeating: " ", count: first.column - profile.column)
            }
        }
        return "  "
    }

    func profile(_ name: String) throws(ConfigurationError) -> FoundProfile {
        guard let root = outline.root, let top = root.member("profiles"),
            let index = root.members[top].node.member(name)
        else { throw ConfigurationError(path: path, reason: .notEditable(.absent("profiles." + name))) }
        _ = try rootIndent()
        if root.members[top].node.isFlow { throw refusal(.flow("profiles"), at: root.members[top].line) }
        return FoundProfile(
            siblings: root.members[top].node.members, index: index, end: end(of: root.members, top, rootEnd))
    }

    // MARK: One member

    /// Where the lines that may be a member's end: at the next one.
    func end(of members: [ConfigurationOutline.Member], _ index: Int, _ end: Int) -> Int {
        index + 1 < members.count ? members[index + 1].line : end
    }

    /// A member whose name does not begin its line is not one to edit.
    private func checkStart(_ member: ConfigurationOutline.Member) throws(ConfigurationError) {
        let line = lines[member.line]
        if line.isIndentedByTab { throw refusal(.tab, at: member.line) }
        if line.indent != member.column { throw refusal(.explicitName(member.name), at: member.line) }
    }

    private func slot(of member: ConfigurationOutline.Member) throws(ConfigurationError) -> ConfigurationSlot {
        try checkStart(member)
        let slot = ConfigurationSlot(lines[member.line].text, column: member.column)
        switch slot.kind {
        case .strange: throw refusal(.explicitName(member.name), at: member.line)
        case .property: throw refusal(.property(member.name), at: member.line)
        case .openQuote: throw refusal(.severalLines(member.name), at: member.line)
        default: return slot
        }
    }

    /// Refuses a range of lines that is not all of a member, or is more than that.
    func checkWhole(_ range: Range<Int>, _ member: ConfigurationOutline.Member) throws(ConfigurationError) {
        let text = range.map { lines[$0].text }.joined(separator: "\n") + "\n"
        let alone = ConfigurationValue.members([.init(name: member.name, value: member.node.value)])
        guard let outline = try? ConfigurationOutline(ConfigurationLines(text)), outline.value == alone else {
            throw refusal(.severalLines(member.name), at: member.line)
        }
    }

    /// A member that holds members in lines: where the first of them may go, and what makes room for it.
    func block(
        _ members: [ConfigurationOutline.Member], _ index: Int, of name: String
    ) throws(ConfigurationError) -> (place: Int, splices: [Splice]) {
        let member = members[index]
        let slot = try slot(of: member)
        switch slot.kind {
        case .nothing where !member.node.isFlow: return (member.line + 1, [])
        case .emptyFlow:
            return (member.line + 1, [Splice(range: member.line..<member.line + 1, texts: [slot.line(with: nil)])])
        case .nothing, .flow: throw refusal(.flow(name), at: member.line)
        default: throw refusal(.unforeseen, at: member.line)
        }
    }

    /// Another value in the place of a member's.
    func valueSplice(
        _ members: [ConfigurationOutline.Member], _ index: Int, _ end: Int, _ value: String
    ) throws(ConfigurationError) -> Splice {
        let member = members[index]
        let range = try exactRange(members, index, end)
        return Splice(range: range, texts: [try slot(of: member).line(with: value)])
    }

    /// The lines of a member that holds one value, without the comments around them.
    func exactRange(
        _ members: [ConfigurationOutline.Member], _ index: Int, _ end: Int
    ) throws(ConfigurationError) -> Range<Int> {
        let member = members[index]
        let slot = try slot(of: member)
        switch slot.kind {
        case .plain where member.node.value == .text(slot.value), .quoted:
            return member.line..<member.line + 1
        case .nothing where member.node.value == .text(""): return member.line..<member.line + 1
        case .block(let indent):
            let range = member.line..<blockEnd(member, indent: indent, self.end(of: members, index, end))
            try checkWhole(range, member)
            return range
        case .flow, .emptyFlow: throw refusal(.flow(member.name), at: member.line)
        default: throw refusal(.severalLines(member.name), at: member.line)
        }
    }

    /// A member's lines, whatever it holds, with the comments that are indented deeper than its name.
    func wholeRange(
        _ members: [ConfigurationOutline.Member], _ index: Int, _ end: Int
    ) throws(ConfigurationError) -> Range<Int> {
        let member = members[index]
        try checkStart(member)
        let bound = self.end(of: members, index, end)
        var last = member.line
        for line in member.line + 1..<max(bound, member.line + 1) where !lines[line].isBlank {
            if lines[line].indent > member.column || !lines[line].isComment { last = line }
        }
        return member.line..<last + 1
    }

    /// Behind the lines of a text that begins with `|` or `>`.
    private func blockEnd(_ member: ConfigurationOutline.Member, indent: Int?, _ bound: Int) -> Int {
        let body = member.line + 1..<max(bound, member.line + 1)
        let found = body.first { !lines[$0].isBlank }.map { lines[$0].indent } ?? 0
        let depth = indent.map { member.column + $0 } ?? max(found, member.column + 1)
        var last = member.line
        for line in body where !lines[line].isBlank {
            if lines[line].indent < depth { break }
            last = line
        }
        return last + 1
    }
}
