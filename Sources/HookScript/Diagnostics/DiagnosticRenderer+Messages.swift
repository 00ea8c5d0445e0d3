/// One sentence for each code, without hints.
extension DiagnosticRenderer {
    package static func message(_ code: DiagnosticCode) -> String {
        if case .insideAlias(let name, let inner) = code { return "in the alias \(quoted(name)): " + message(inner) }
        let text =
            switch code.category {
            case .syntax: syntax(code)
            case .usage: usage(code)
            case .evaluation: evaluation(code)
            case .limit: limit(code)
            }
        return shown(text)
    }

    private static func syntax(_ code: DiagnosticCode) -> String {
        switch code {
        case .invalidUTF8: "this is not UTF-8 text"
        case .invisibleCharacter(let scalar): "the character U+\(hex(scalar)) does not show; it has to stand in quotes"
        case .unterminatedString: "this quote is never closed"
        case .unknownEscape(let letter): "\\\(letter) is no escape"
        case .invalidScalarEscape: "this escape names no character"
        case .trailingBackslash: "a line that ends with \\ goes on, but nothing follows"
        case .invalidVariable: "this is no variable"
        case .unterminatedVariable: "this ${ is never closed"
        case .unterminatedSubstitution: "this $( is never closed"
        case .unterminatedBracket(let bracket): "this \(bracket) is never closed"
        case .malformedJSON(let problem): json(problem)
        case .expected(let expectation, let found):
            found.isEmpty
                ? "\(name(expectation)) is missing here" : "\(name(expectation)) is due here, not \(quoted(found))"
        case .unclosedBlock(let keyword, let line): "the \(quoted(keyword)) of line \(line) has no \(end(of: keyword))"
        case .strayBlockWord(let word): "\(quoted(word)) closes nothing here"
        case .elseIf: "else if is written elif here"
        case .misplaced(let word, let reason): "\(quoted(word)) \(text(reason))"
        case .reservedName(let name): "\(quoted(name)) is a word of the language or a command already"
        case .repeatedName(let name): "\(quoted(name)) is there twice"
        case .requiredAfterDefault(let name): "\(quoted(name)) wants a default, for one before it has one"
        case .chainedComparison(let found): "a second comparison, \(quoted(found)): comparisons do not chain"
        case .unknownOperator(let found, _): "\(quoted(found)) is no operator"
        case .unknownFunction(let name, _): "there is no function \(quoted(name))"
        case .wrongArgumentCount(let function, let expected, let found):
            "\(function)() takes \(count(expected)), not \(found)"
        case .invalidPattern(let problem): "this regular expression does not compile: " + pattern(problem)
        case .spreadInsideWord: "a spread has to be a word of its own"
        case .repeatedRedirect: "the output goes to a file already"
        case .notInSubstitution(let word): "\(quoted(word)) cannot stand inside $( )"
        case .unsupportedVersion(let language, let version):
            "this script requires \(language) \(version); this is hookline \(Interpreter.languageVersion)"
        case .emptyCommandName: "the name of a command cannot be empty"
        default: ""
        }
    }

    private static func usage(_ code: DiagnosticCode) -> String {
        switch code {
        case .unknownCommand(let name, _): "there is no command \(quoted(name))"
        case .unknownSubcommand(let command, let word, _): "\(command) has no \(quoted(word))"
        case .unknownFlag(let command, let flag, _): "\(command) has no flag \(flag)"
        case .flagNeedsValue(let flag, let value): "\(flag) needs a value: \(flag) \(value)"
        case .flagTakesNoValue(let flag): "\(flag) takes no value"
        case .repeatedFlag(let flag): "\(flag) is there twice"
        case .unknownKey(let command, let key, _): "\(command) knows no key \(quoted(key))"
        case .repeatedKey(let key): "the key \(quoted(key)) is there twice"
        case .missingArgument(let command, let name): "\(command) needs \(name)"
        case .surplusArgument(let command, let takes): "\(command) takes \(arguments(takes))"
        case .wrongKind(let error): "\(wanted(error.expected)) is due here, not \(quoted(error.found))"
        case .notAllowedInEach(let command): "\(quoted(command)) cannot stand inside each"
        case .unknownField(let name, _): "there is no field \(quoted(name))"
        case .aliasCycle(let name): "the alias \(quoted(name)) stands for itself"
        case .holdsNUL: "a word with a NUL in it cannot be handed to anything outside"
        case .badExitStatus(let status): "exit takes a status from 0 to 125, or 130; this is \(status)"
        case .parameterMissing(let name): "the parameter \(quoted(name)) has no value"
        default: ""
        }
    }

    private static func evaluation(_ code: DiagnosticCode) -> String {
        switch code {
        case .unsetVariable(let name, _): "$\(name) is not set"
        case .unsetEnvironment(let name): "the environment has no variable \(name)"
        case .unknownSecret(let name): "there is no secret \(quoted(name))"
        case .noMember(let path, let variable): "$\(variable) has no \(path)"
        case .memberInText(let name): "a path after $\(name) inside a word needs braces"
        case .secretNotAllowed(let place):
            "a secret cannot be \(text(place)): it may only be the value of a configuration"
        case .operation(let problem): operation(problem)
        case .assertionFailed(let condition, let message): message ?? "this does not hold: \(condition)"
        case .commandFailed(_, _, let message): message
        case .interrupted: "interrupted"
        case .timedOut(let duration): "this did not come to hold within \(duration)"
        default: ""
        }
    }

    private static func limit(_ code: DiagnosticCode) -> String {
        switch code {
        case .limitReached(let name, let allowed), .operation(.limit(let name, let allowed)):
            "\(text(name)): more than \(allowed)"
        default: ""
        }
    }

    /// A piece of a source or a value, short, in quotes.
    static func quoted(_ text: String) -> String {
        let cut =
            text.unicodeScalars.count > 60
            ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…" : text
        return "\"" + shown(cut).replacing("\n", with: "\\n") + "\""
    }

    /// The text with everything that does not show written as an escape, but for line ends.
    static func shown(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 != "\n" && InvisibleCharacters.contains($0.value) }) else {
            return text
        }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar != "\n", InvisibleCharacters.contains(scalar.value) {
                result += scalar == "\t" ? "\\t" : "\\u{" + hex(scalar.value) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func hex(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func count(_ range: ClosedRange<Int>) -> String {
        range.lowerBound == range.upperBound
            ? arguments(range.lowerBound) : "\(range.lowerBound) to \(range.upperBound) arguments"
    }

    private static func arguments(_ count: Int) -> String {
        count == 0 ? "no arguments" : count == 1 ? "one argument" : "\(count) arguments"
    }

    private static func end(of keyword: String) -> String {
        keyword == "try" ? "catch and end" : "end"
    }
}
