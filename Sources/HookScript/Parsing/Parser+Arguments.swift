/// The words after a command: flags, `key=value`, `where` and plain ones.
extension Parser {
    mutating func argument(_ line: inout CommandLine) throws(ParseError) {
        if line.items.count >= limits.arguments {
            throw ParseError(code: .limitReached(.arguments, allowed: limits.arguments), span: here(1))
        }
        if line.takesWhere, !line.flagsEnded, takeWord("where") {
            let start = index - 5
            let condition = try expression(.fields)
            line.items.append(.condition(condition, span: span(from: start)))
            return
        }
        if line.takesCommand, line.flagsEnded || byte != .dash {
            let inner = try nested { (parser) throws(ParseError) in try parser.command() }
            line.items.append(.command(inner))
            return
        }
        let start = index
        if try plainKeyOrFlag(&line) { return }
        let word = try word()
        if !line.flagsEnded, let text = word.leadingText {
            if text.utf8.first == .dash, try flag(word, text, &line) { return }
            if line.takesKeys, let (key, value) = word.split() {
                try keyValue(key, value, from: start, &line)
                return
            }
        }
        keep(word.literal)
        line.positionals += 1
        line.items.append(.positional(word))
    }

    /// `key=VALUE`, `--name=VALUE` and `--name` where the name is bare, as nearly all are; false, and the cursor stays,
    /// for what has to be read as a word first.
    ///
    /// Only here can the value be JSON: elsewhere a bracket within a word is a letter.
    private mutating func plainKeyOrFlag(_ line: inout CommandLine) throws(ParseError) -> Bool {
        let isFlag = byte == .dash
        guard !line.flagsEnded, isFlag || line.takesKeys else { return false }
        let start = index
        var end = start
        while end < bytes.count, bytes[end].continuesKey { end += 1 }
        guard end > start, end < bytes.count, bytes[end] == .equals else {
            return isFlag ? try plainFlag(from: start, to: end, &line) : false
        }
        let name = text(start, end)
        dueValue(of: name, isFlag: isFlag, at: end + 1, line)
        let isBracketed = end + 1 < bytes.count && (bytes[end + 1] == .openBrace || bytes[end + 1] == .openBracket)
        guard isBracketed || (isFlag ? isFlagName(start, end) : bytes[start].beginsName) else { return false }
        index = end + 1
        let value = try isBracketed ? jsonWord() : valueWord()
        if isFlag {
            try flag(named: name, value: value, from: start, &line)
        } else {
            let key = Word(content: .literal(name), span: SourceSpan(start, end))
            try keyValue(key, value, from: start, &line)
        }
        return true
    }

    /// `--name`, `-n` and `--`.
    private mutating func plainFlag(from start: Int, to end: Int, _ line: inout CommandLine) throws(ParseError) -> Bool
    {
        let endsFlags = end - start == 2 && bytes[start + 1] == .dash
        guard endsFlags || isFlagName(start, end) else { return false }
        index = end
        guard isAtWordEnd else {
            index = start
            return false
        }
        wordEnded()
        if endsFlags {
            line.flagsEnded = true
            line.items.append(.endOfFlags(span(from: start)))
        } else {
            try flag(named: text(start, end), value: nil, from: start, &line)
        }
        return true
    }

    /// Whether the bytes from a dash on are a flag's name, whatever the command: `-5` is a number and `---` a line. The
    /// names that are declared may hold more than letters, digits, `_` and `-`.
    private func isFlagName(_ start: Int, _ end: Int) -> Bool {
        guard end > start + 1, bytes[start + 1] == .dash || bytes[start + 1].isLetter else { return false }
        let name = bytes[start..<end]
        return name.contains { $0 != .dash } && name.allSatisfy { $0.continuesName || $0 == .dash }
    }

    private mutating func dueValue(of name: String, isFlag: Bool, at place: Int, _ line: CommandLine) {
        guard isProbing, let declaration = line.declaration else { return }
        if isFlag {
            guard let flag = line.signature?.flag(written: name), let value = flag.value else { return }
            probe?.contexts = [.flagValue(of: line.name.text, flag: flag.name, kind: value.kind)]
        } else {
            guard let key = declaration.keyValues.key(named: name) else { return }
            probe?.contexts = [.value(of: line.name.text, key: name, kind: key.kind)]
        }
        probe?.start = place
    }

    private mutating func keyValue(
        _ key: Word, _ value: Word, from start: Int, _ line: inout CommandLine
    ) throws(ParseError) {
        if let signature = line.signature, let name = key.literal, !signature.takesKey(name) {
            let nearest = NearestName.find(name, among: signature.signature.keyValues.names)
            report(.unknownKey(command: line.name.text, key: name, nearest: nearest), at: key.span)
        }
        line.items.append(.keyValue(CommandStatement.KeyValue(key: key, value: value, span: span(from: start))))
    }
}

extension Word {
    /// The text that it begins with, whatever follows.
    var leadingText: String? {
        switch content {
        case .literal(let text): return text
        case .joined(let parts):
            guard case .text(let text)? = parts.first else { return nil }
            return text
        default: return nil
        }
    }

    /// The word as `key=value`, split at the first `=`; nil if what stands before it is no key.
    func split() -> (key: Word, value: Word)? {
        guard let text = leadingText, let equals = text.utf8.firstIndex(of: .equals) else { return nil }
        let key = text[..<equals]
        guard let first = key.utf8.first, first.beginsName, key.utf8.allSatisfy(\.continuesKey) else { return nil }
        let keyEnd = min(span.start + key.utf8.count, span.end)
        let keyWord = Word(content: .literal(String(key)), span: SourceSpan(span.start, keyEnd))
        return (keyWord, rest(after: text.utf8.index(after: equals)))
    }

    /// What is left of the word after a place in its leading text.
    func rest(after place: String.Index) -> Word {
        guard let text = leadingText else { return self }
        let consumed = text.utf8.distance(from: text.startIndex, to: place)
        let restSpan = SourceSpan(min(span.start + consumed, span.end), span.end)
        let tail = String(text[place...])
        guard case .joined(let parts) = content else { return Word(content: .literal(tail), span: restSpan) }
        let others = parts.dropFirst()
        if tail.isEmpty, others.count == 1, let only = others.first {
            return Word(content: .value(only), span: restSpan)
        }
        let head = tail.isEmpty ? [] : [Part.text(tail)]
        return Word(content: .joined(head + others), span: restSpan)
    }
}

extension UInt8 {
    /// Whether it may stand in a key: letters, digits, `_`, `-`, `.`, and brackets of a path.
    var continuesKey: Bool {
        continuesName || self == .dash || self == .dot || self == .openBracket || self == .closeBracket || self == .star
    }
}

extension KeyValueSignature {
    var names: [String] {
        guard case .declared(let keys, _) = self else { return [] }
        return keys.map(\.name)
    }
}
