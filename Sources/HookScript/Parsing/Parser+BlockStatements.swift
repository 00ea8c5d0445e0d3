/// The statements that hold statements.
extension Parser {
    mutating func branch(_ opening: SourceSpan) throws(ParseError) -> Branch {
        var arms: [Branch.Arm] = []
        var keyword = Keyword.if
        while keyword != .else {
            let condition = try header { (parser) throws(ParseError) in try parser.expression(.values) }
            let (body, end) = try body(of: .if, at: opening, until: [.elif, .else, .end])
            if let condition { arms.append(Branch.Arm(condition: condition, body: body)) }
            if end == .end { return Branch(arms: arms, otherwise: nil) }
            keyword = end == .else && takesElseIf() ? .elif : end
            if keyword != .else { skipBlanks() }
        }
        let (otherwise, _) = try body(of: .else, at: SourceSpan(index - 4, index), until: [.end])
        return Branch(arms: arms, otherwise: otherwise)
    }

    /// Reports `else if` and reads it as what is meant: `elif`.
    private mutating func takesElseIf() -> Bool {
        let start = index - 4
        let end = index
        skipBlanks()
        guard takeWord("if") else {
            index = end
            return false
        }
        report(.elseIf, at: span(from: start))
        return true
    }

    mutating func loop(_ opening: SourceSpan) throws(ParseError) -> Loop {
        let head = try header { (parser) throws(ParseError) in
            let name = try parser.name(.variableName)
            parser.skipBlanks()
            parser.due([.keyword(["in"])])
            guard parser.takeWord("in") else { throw parser.expected(.keyword("in")) }
            return (name, try parser.expression(.values))
        }
        loops += 1
        defer { loops -= 1 }
        let (body, _) = try body(of: .for, at: opening, until: [.end])
        guard let (name, list) = head else { throw ParseError.alreadyReported }
        return Loop(name: name, list: list, body: body)
    }

    mutating func each(_ opening: SourceSpan) throws(ParseError) -> Each {
        due([.keyword(["selected", "where"])])
        let head = try header { (parser) throws(ParseError) in
            let selected = parser.takeWord("selected")
            parser.skipBlanks()
            parser.due([.keyword(selected ? ["where"] : ["selected", "where"])])
            let condition = parser.takeWord("where") ? try parser.expression(.fields) : nil
            return (selected, condition)
        }
        loops += 1
        defer { loops -= 1 }
        let (body, _) = try body(of: .each, at: opening, until: [.end])
        guard let (selected, condition) = head else { throw ParseError.alreadyReported }
        return Each(selected: selected, condition: condition, body: body)
    }

    mutating func definition(_ opening: SourceSpan) throws(ParseError) -> Definition {
        let head = try header { (parser) throws(ParseError) in
            (try parser.definitionName(), try parser.definitionParameters())
        }
        if let name = head?.0.text { defined.insert(name) }
        let outerLoops = loops
        loops = 0
        definitions += 1
        defer {
            loops = outerLoops
            definitions -= 1
        }
        let (body, _) = try body(of: .def, at: opening, until: [.end])
        guard let (name, parameters) = head else { throw ParseError.alreadyReported }
        return Definition(name: name, parameters: parameters, body: body)
    }

    mutating func attempt(_ opening: SourceSpan) throws(ParseError) -> Attempt {
        let (body, end) = try body(of: .try, at: opening, until: [.catch, .end])
        guard end == .catch else {
            let code = DiagnosticCode.expected(.keyword("catch"), found: "end")
            throw ParseError(code: code, span: SourceSpan(index - 3, index))
        }
        skipBlanks()
        let errorName =
            isAtStatementEnd ? nil : try header { (parser) throws(ParseError) in try parser.name(.variableName) }
        let (handler, _) = try self.body(of: .try, at: opening, until: [.end])
        return Attempt(body: body, errorName: errorName, handler: handler)
    }

    private mutating func definitionName() throws(ParseError) -> Name {
        let name = try name(.name, allowsDash: true)
        if Keyword(rawValue: name.text) != nil || signatures.isReserved(name.text) {
            throw ParseError(code: .reservedName(name.text), span: name.span)
        }
        return name
    }

    private mutating func definitionParameters() throws(ParseError) -> [Definition.Parameter] {
        var parameters: [Definition.Parameter] = []
        while true {
            skipBlanks()
            if isAtStatementEnd { return parameters }
            let name = try name(.variableName)
            if parameters.contains(where: { $0.name.text == name.text }) {
                throw ParseError(code: .repeatedName(name.text), span: name.span)
            }
            var fallback: Word?
            if take(.equals) {
                fallback = try word()
            } else if let optional = parameters.last, optional.fallback != nil {
                throw ParseError(code: .requiredAfterDefault(name.text), span: name.span)
            }
            parameters.append(Definition.Parameter(name: name, fallback: fallback))
        }
    }

    /// A block's head. One that does not parse is reported and skipped, so that its body still meets its `end`.
    private mutating func header<Result>(
        _ body: (inout Parser) throws(ParseError) -> Result
    ) throws(ParseError) -> Result? {
        do throws(ParseError) {
            skipBlanks()
            let result = try body(&self)
            try statementEnd()
            return result
        } catch {
            if error.code?.endsParsing == true { throw error }
            report(error)
            skipToStatementEnd()
            return nil
        }
    }
}
