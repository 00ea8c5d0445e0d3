/// `$name`, `${…}` and `$( )`.
extension Parser {
    /// The value that `$` at the cursor begins, nil for a `$` that stands for itself.
    mutating func value(withPath: Bool = false) throws(ParseError) -> Word.Part? {
        if isRaw { return nil }
        let start = index
        let next = byte(after: 1)
        switch next {
        case .openBrace: return .variable(try bracedVariable())
        case .openParenthesis: return .substitution(try substitution())
        case UInt8(ascii: "@"), .hash:
            index += 2
            let base: Variable.Base = next == .hash ? .argumentCount : .arguments
            return .variable(Variable(base: base, path: [], fallback: nil, span: span(from: start)))
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            index += 2
            if byte.isDigit { throw ParseError(code: .invalidVariable, span: SourceSpan(start, index + 1)) }
            let base = Variable.Base.argument(Int(next - 0x30))
            let path = withPath ? try dottedPath() : []
            return .variable(Variable(base: base, path: path, fallback: nil, span: span(from: start)))
        case UInt8(ascii: "0"): throw ParseError(code: .invalidVariable, span: here(2))
        default:
            index += 1
            due([.variable])
            guard byte.beginsName else {
                index = start
                return nil
            }
            let name = variableName()
            let path = withPath ? try dottedPath() : []
            return .variable(Variable(base: .named(name), path: path, fallback: nil, span: span(from: start)))
        }
    }

    private mutating func variableName() -> String {
        let start = index
        while byte.continuesName { index += 1 }
        return text(start, index)
    }

    /// `${name}`, `${name.path:-default}`, `${env:NAME}`, `${secret:NAME}`, `${1:-default}`
    private mutating func bracedVariable() throws(ParseError) -> Variable {
        let start = index
        index += 2
        let base = try bracedBase(start)
        let path = try dottedPath()
        var fallback: Word?
        if starts(with: ":-") {
            index += 2
            fallback = try nested { (parser) throws(ParseError) in try parser.fallback(start) }
        }
        if isAtEnd { throw ParseError(code: .unterminatedVariable, span: SourceSpan(start, start + 2)) }
        guard take(.closeBrace) else {
            throw ParseError(code: .expected(.token("}"), found: found()), span: foundSpan())
        }
        return Variable(base: base, path: path, fallback: fallback, span: span(from: start))
    }

    private mutating func bracedBase(_ start: Int) throws(ParseError) -> Variable.Base {
        due([.variable])
        if isAtEnd { throw ParseError(code: .unterminatedVariable, span: SourceSpan(start, start + 2)) }
        if byte.isDigit {
            let digits = index
            while byte.isDigit { index += 1 }
            guard let number = Int(text(digits, index)), number > 0 else {
                throw ParseError(code: .invalidVariable, span: span(from: start))
            }
            return .argument(number)
        }
        guard byte.beginsName else {
            throw ParseError(code: .invalidVariable, span: SourceSpan(start, index + (byte == .closeBrace ? 1 : 0)))
        }
        let name = variableName()
        guard byte == .colon, byte(after: 1) != .dash else { return .named(name) }
        guard name == "env" || name == "secret" else {
            throw ParseError(code: .invalidVariable, span: span(from: start))
        }
        index += 1
        due([name == "env" ? .environmentName : .secretName])
        let nameStart = index
        while byte.continuesName || byte == .dash || byte == .dot || byte == .slash {
            if starts(with: ":-") { break }
            index += 1
        }
        guard index > nameStart else { throw ParseError(code: .invalidVariable, span: span(from: start)) }
        let found = text(nameStart, index)
        return name == "env" ? .environment(found) : .secret(found)
    }

    /// What stands between `:-` and `}`: text, quotes and values.
    private mutating func fallback(_ variableStart: Int) throws(ParseError) -> Word {
        let start = index
        if byte == .openBrace || byte == .openBracket {
            return Word(content: .json(try json()), span: span(from: start))
        }
        var pieces = WordPieces()
        while byte != .closeBrace {
            switch byte {
            case .singleQuote: try rawString(&pieces)
            case .doubleQuote: try quotedString(&pieces)
            case .dollar: try valueInText(&pieces)
            case .newline, 0x00:
                throw ParseError(code: .unterminatedVariable, span: SourceSpan(variableStart, variableStart + 2))
            default:
                pieces.text.append(byte)
                index += 1
            }
        }
        let parts = pieces.finished()
        let content: Word.Content =
            switch (parts.count, parts.first) {
            case (0, _): .literal("")
            case (1, .text(let text)?): .literal(text)
            case (1, let part?): .value(part)
            default: .joined(parts)
            }
        return Word(content: content, span: span(from: start))
    }

    /// `.name`, `[0]`, `["X-Team"]`, `.*` after a variable's name, as far as they go.
    mutating func dottedPath() throws(ParseError) -> [Variable.Step] {
        var steps: [Variable.Step] = []
        while true {
            if byte == .dot, byte(after: 1).beginsName {
                index += 1
                let start = index
                while byte.continuesName || (byte == .dash && byte(after: 1).continuesName) { index += 1 }
                steps.append(.member(text(start, index)))
            } else if byte == .dot, byte(after: 1) == .star {
                index += 2
                steps.append(.every)
            } else if byte == .openBracket {
                steps.append(try bracketStep())
            } else {
                return steps
            }
        }
    }

    private mutating func bracketStep() throws(ParseError) -> Variable.Step {
        let start = index
        index += 1
        let step: Variable.Step
        if byte == .doubleQuote || byte == .singleQuote {
            var pieces = WordPieces()
            if byte == .doubleQuote { try quotedString(&pieces) } else { try rawString(&pieces) }
            guard pieces.parts.isEmpty else { throw ParseError(code: .invalidVariable, span: span(from: start)) }
            step = .member(String(decoding: pieces.text, as: UTF8.self))
        } else if take(.star) {
            step = .every
        } else {
            let digits = index
            while byte.isDigit { index += 1 }
            guard let number = Int(text(digits, index)) else { throw expected(.path) }
            step = .element(number)
        }
        guard take(.closeBracket) else { throw expected(.token("]")) }
        return step
    }

    /// `$(COMMAND)`
    private mutating func substitution() throws(ParseError) -> Substitution {
        let start = index
        index += 2
        let words = probe?.words
        let result = try nested { (parser) throws(ParseError) in
            parser.substitutions += 1
            defer { parser.substitutions -= 1 }
            return try parser.substituted(start)
        }
        if let words { probe?.words = words }
        return result
    }

    private mutating func substituted(_ start: Int) throws(ParseError) -> Substitution {
        skipSpace()
        due([.command])
        probe?.words = []
        if let keyword = keywordAtCursor() {
            throw ParseError(code: .notInSubstitution(keyword.rawValue), span: here(keyword.rawValue.utf8.count))
        }
        if isAtEnd { throw ParseError(code: .unterminatedSubstitution, span: SourceSpan(start, start + 2)) }
        let command = try command()
        skipSpace()
        if isAtEnd { throw ParseError(code: .unterminatedSubstitution, span: SourceSpan(start, start + 2)) }
        guard take(.closeParenthesis) else { throw expected(.token(")")) }
        if let redirect = command.redirect {
            throw ParseError(code: .notInSubstitution(redirect.appends ? ">>" : ">"), span: redirect.span)
        }
        if let external = command.pipeline.first?.first {
            throw ParseError(code: .notInSubstitution("|"), span: external.span)
        }
        return Substitution(command: command, span: span(from: start))
    }
}
