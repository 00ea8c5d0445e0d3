/// Flags.
extension Parser {
    /// Reads a word that begins with `-` as a flag; false if it is a plain word after all: `-`, `-5`, `---`.
    mutating func flag(_ word: Word, _ text: String, _ line: inout CommandLine) throws(ParseError) -> Bool {
        if text == "--", word.literal != nil {
            line.flagsEnded = true
            line.items.append(.endOfFlags(word.span))
            return true
        }
        let second = text.utf8.dropFirst().first ?? 0
        guard second == .dash || second.isLetter else { return false }
        let equals = text.utf8.firstIndex(of: .equals)
        let name = String(text[..<(equals ?? text.endIndex)])
        guard name.utf8.contains(where: { $0 != .dash }) else { return false }
        // Of a command that nobody knows yet only what is written like a flag is one.
        let isName = name.utf8.allSatisfy { $0.continuesName || $0 == .dash }
        guard line.signature != nil || isName else { return false }
        if equals == nil, word.literal == nil {
            throw ParseError(code: .unknownFlag(command: line.name.text, flag: name, nearest: nil), span: word.span)
        }
        let value = equals.map { word.rest(after: text.utf8.index(after: $0)) }
        try flag(named: name, value: value, from: word.span.start, &line)
        return true
    }

    /// A flag by its name with dashes, with the value that stood in the same word.
    mutating func flag(
        named written: String, value inline: Word?, from start: Int, _ line: inout CommandLine
    ) throws(ParseError) {
        guard let signature = line.signature else {
            let isShort = !written.utf8.starts(with: "--".utf8)
            add(written.withoutDashes, isShort: isShort, inline.map { [$0] } ?? [], from: start, &line)
            return
        }
        guard let flag = signature.flag(written: written) else {
            let nearest = NearestName.find(written, among: signature.signature.flags.map { "--" + $0.name })
            report(
                .unknownFlag(command: line.name.text, flag: written, nearest: nearest),
                at: SourceSpan(start, min(start + written.utf8.count, index)))
            return
        }
        guard let value = flag.value else {
            if let inline { report(.flagTakesNoValue("--" + flag.name), at: inline.span) }
            add(flag.name, [], from: start, &line)
            return
        }
        if let inline, !value.isList {
            add(flag.name, [inline], from: start, &line)
        } else if let values = try values(of: flag, value, inline, line) {
            add(flag.name, values, from: start, &line)
        } else {
            report(.flagNeedsValue(flag: "--" + flag.name, value: value.name), at: span(from: start))
        }
    }

    /// The words after a flag that are its value, nil if there is none.
    private mutating func values(
        of flag: FlagSignature, _ value: FlagSignature.Value, _ inline: Word?, _ line: CommandLine
    ) throws(ParseError) -> [Word]? {
        var words = inline.map { [$0] } ?? []
        let limit = value.isList ? limits.arguments : 1
        while words.count < limit {
            let before = index
            skipBlanks()
            due(
                [.flagValue(of: line.name.text, flag: flag.name, kind: value.kind)]
                    + (words.isEmpty ? [] : line.contexts()))
            if isAtStatementEnd || byte == .pipe || byte == .greater || isAtFlag || endsList(line, words.count) {
                index = before
                break
            }
            words.append(try word())
        }
        return words.isEmpty ? nil : words
    }

    private var isAtFlag: Bool {
        byte == .dash && (byte(after: 1) == .dash || byte(after: 1).isLetter)
    }

    /// Whether the word at the cursor is due to the command rather than to a list before it.
    private func endsList(_ line: CommandLine, _ count: Int) -> Bool {
        if byte == .backslash, index + 1 == bytes.count { return true }
        guard count > 0 else { return false }
        if line.takesWhere, starts(with: "where"), byte(after: 5).dividesWords { return true }
        guard line.takesKeys else { return false }
        var end = index
        while end < bytes.count, bytes[end].continuesKey { end += 1 }
        return end > index && end < bytes.count && bytes[end] == .equals
    }

    private mutating func add(
        _ name: String, isShort: Bool = false, _ values: [Word], from start: Int, _ line: inout CommandLine
    ) {
        let flag = CommandStatement.Flag(name: name, isShort: isShort, span: span(from: start), values: values)
        line.items.append(.flag(flag))
    }
}

extension String {
    var withoutDashes: String { String(drop { $0 == "-" }) }
}
