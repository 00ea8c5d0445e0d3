/// What to try, where the code knows.
extension DiagnosticRenderer {
    package static func hints(_ code: DiagnosticCode) -> [String] {
        switch code {
        case .insideAlias(_, let inner): hints(inner)
        case .unknownCommand(_, let nearest): nearest.map { ["did you mean \($0)?"] } ?? ["help lists the commands"]
        case .unknownSubcommand(let command, _, let nearest):
            nearest.map { ["did you mean \(command) \($0)?"] } ?? ["help \(command) lists them"]
        case .unknownFlag(let command, let flag, let nearest):
            [
                nearest.map { "did you mean \($0)?" }
                    ?? "help \(command) lists its flags; -- before \(flag) makes it a word"
            ]
        case .unknownKey(_, _, let nearest), .unknownFunction(_, let nearest):
            nearest.map { ["did you mean \($0)?"] } ?? []
        case .unknownField(_, let nearest):
            [nearest.map { "did you mean \($0)?" } ?? "a path into the document, like channels[0].kind, is a field too"]
        case .unsetVariable(let name, let nearest):
            nearest.map { ["did you mean $\($0)?"] } ?? ["${\(name):-…} gives a default"]
        case .unsetEnvironment(let name): ["${env:\(name):-…} gives a default"]
        case .unknownSecret(let name): ["secret set \(name) keeps one"]
        case .noMember(let path, let variable): ["${\(variable).\(path):-…} gives a default"]
        case .memberInText(let name): ["write ${\(name).…}"]
        case .unknownOperator(let found, let suggestion): operatorHint(found, suggestion)
        case .chainedComparison: ["join two with and"]
        case .unknownEscape: [#"a backslash itself is written \\, and '…' takes everything as it is"#]
        case .invisibleCharacter: [#"in "…" it can be written \u{…}"#]
        case .malformedJSON(.invalidWord), .malformedJSON(.expectedName): ["JSON wants its text in double quotes"]
        case .surplusArgument(let command, takes: 0):
            ["a condition begins with where; help \(command) shows what it takes"]
        case .surplusArgument: ["a word with blanks in it wants quotes"]
        case .operation(.incomparable(let sign, .list, _)) where sign == "=": ["has asks for an element"]
        case .operation(.incomparable(">", .boolean, _)): ["> compares here; > FILE stands before where"]
        case .operation(.incomparable): ["text in quotes is text; json(…) reads text as what it stands for"]
        case .operation(.severalLists): ["use it once for each list"]
        case .operation(.notCondition(.text)): ["a bare word is text here; a variable wants $"]
        case .expected(.regularExpression, _): ["write /…/ around it; ~ takes a glob"]
        case .expected(.endOfWord, _): ["put quotes around the whole word"]
        case .unterminatedString: [#"in "…" a quote is written \""#]
        case .parameterMissing(let name): ["--var \(name)=… gives it"]
        case .badExitStatus: ["from 126 on a status says how a program was not run or was killed; 130 is an interrupt"]
        case .reservedName: ["choose another name"]
        default: []
        }
    }

    private static func operatorHint(_ found: String, _ suggestion: String?) -> [String] {
        if let suggestion { return ["did you mean \(suggestion)?"] }
        let signs: Set<Character> = ["-", "*", "/", "%"]
        if let first = found.first, signs.contains(first) {
            return ["\(first) is an operator only with blanks on both sides"]
        }
        return ["text with blanks in it wants quotes"]
    }
}
