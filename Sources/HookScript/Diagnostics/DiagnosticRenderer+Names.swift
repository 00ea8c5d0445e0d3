/// Names for the parts of codes.
extension DiagnosticRenderer {
    static func name(_ expectation: Expectation) -> String {
        switch expectation {
        case .command: "a command"
        case .word: "a word"
        case .operand: "a value"
        case .name: "a name"
        case .variableName: "the name of a variable"
        case .endOfStatement: "the end of the statement"
        case .endOfWord: "the end of the word"
        case .token(let token): token
        case .keyword(let word): quoted(word)
        case .regularExpression: "a regular expression, /…/,"
        case .path: "a path"
        case .version: "a version"
        case .help: "a help text"
        case .fileName: "the name of a file"
        case .flag(let flag): flag
        }
    }

    static func text(_ reason: Misplacement) -> String {
        switch reason {
        case .outsideLoop: "stands outside of for and each"
        case .outsideDef: "stands outside of def"
        case .notAtHead: "belongs at the head of a script, before other statements"
        }
    }

    static func text(_ place: SecretPlace) -> String {
        switch place {
        case .argument(let command, let name): "the \(name) of \(command)"
        case .fileName: "the name of a file"
        case .externalCommand: "a word of an external command"
        case .message: "in a message"
        case .exitStatus: "an exit status"
        }
    }

    static func text(_ limit: LimitName) -> String {
        switch limit {
        case .sourceBytes: "the source is too large, in bytes"
        case .wordBytes: "this word is too long, in bytes"
        case .nesting: "this is nested too deeply"
        case .errors: "too many errors to list"
        case .arguments: "too many arguments"
        case .calls: "calls inside each other"
        case .steps: "steps of a run"
        case .listElements: "elements of a list"
        case .valueDepth: "lists and objects inside each other"
        case .textBytes: "bytes of a text"
        case .patternBytes: "bytes of a regular expression"
        case .patternInstructions: "size of a regular expression"
        }
    }

    static func wanted(_ kind: ArgumentKind) -> String {
        switch kind {
        case .text, .path, .file, .command, .name: "text"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .time: "a time, like 2025-01-31 or 2025-01-31T10:30:00Z,"
        case .duration: "a duration, like 30d or 2h,"
        case .json: "JSON"
        case .any, .inferred: "a value"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        }
    }

    static func name(_ kind: Value.Kind) -> String {
        switch kind {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .text: "text"
        case .list: "a list"
        case .object: "an object"
        case .time: "a time"
        case .duration: "a duration"
        }
    }

    static func json(_ problem: JSONProblem) -> String {
        switch problem {
        case .expectedValue(let found):
            found.isEmpty ? "JSON: a value is missing here" : "JSON: a value is due here, not \(quoted(found))"
        case .expectedName(let found): "JSON: a name in quotes is due here, not \(quoted(found))"
        case .expectedColon(let found): "JSON: a colon is due here, not \(quoted(found))"
        case .expectedCommaOrEnd(let found, let closing):
            "JSON: a comma or \(closing) is due here, not \(quoted(found))"
        case .invalidNumber(let text): "JSON: \(quoted(text)) is no number"
        case .invalidWord(let text): "JSON: \(quoted(text)) is no value"
        case .duplicateName(let name): "JSON: the name \(quoted(name)) is there twice"
        case .trailingText(let found): "JSON ends before \(quoted(found))"
        case .spreadOutsideArray: "JSON: a spread can only stand in a list"
        }
    }

    static func pattern(_ problem: PatternProblem) -> String {
        switch problem {
        case .unexpectedEnd: "it breaks off"
        case .unmatchedParenthesis: "a parenthesis has no counterpart"
        case .unmatchedBracket: "a [ is never closed"
        case .nothingToRepeat: "there is nothing to repeat"
        case .invalidRange: "a range goes backwards or has no end"
        case .invalidRepetition: "a repetition is not of the form {n}, {n,} or {n,m}"
        case .repetitionTooLarge(let most): "a repetition is larger than \(most)"
        case .unsupported(let text): "\(quoted(text)) is not supported"
        case .unknownEscape(let letter): "\\\(letter) is no escape"
        case .unknownFlag(let flag): "\(quoted(flag)) is no flag; i is the only one"
        case .emptyClass: "a class is empty"
        }
    }

    static func operation(_ problem: OperationProblem) -> String {
        switch problem {
        case .incomparable(let sign, let left, let right):
            "\(name(left)) and \(name(right)) cannot be compared with \(sign)"
        case .unsuited(let sign, let kind): "\(sign) does not take \(name(kind))"
        case .unsuitedPair(let sign, let left, let right): "\(sign) does not take \(name(left)) and \(name(right))"
        case .notCondition(let kind): "\(name(kind)) is no condition"
        case .unreadable(let text, let kind): "\(quoted(text)) does not read as \(name(kind))"
        case .overflow(let sign): "the result of \(sign) is too large"
        case .divisionByZero(let sign): "\(sign) by zero"
        case .invalidPattern(let problem): "this regular expression does not compile: " + pattern(problem)
        case .notJSON: "this text is not JSON"
        case .notURL: "this text is no URL with a host"
        case .notQuantifiable(let function): "\(function) goes over a list, and here is none"
        case .severalLists(let function): "\(function) goes over one list, and here are several"
        case .fieldsNotHere(let function): "\(function) is for conditions after where"
        case .limit(let limit, let allowed): "\(text(limit)): more than \(allowed)"
        }
    }
}
