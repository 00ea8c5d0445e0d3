import LosslessJSON

/// Writes words so that they read back as what they were: bare where that is safe, quoted where not.
package enum WordPrinter {
    /// A text as a word of a command line.
    package static func word(_ text: String) -> String {
        if isBare(text) { return text }
        if !text.utf8.contains(.singleQuote), text.unicodeScalars.allSatisfy(showsInQuotes) { return "'" + text + "'" }
        return "\"" + escaped(text) + "\""
    }

    /// A text with quotes, for an expression, where they say that it is text.
    static func quoted(_ text: String) -> String {
        "\"" + escaped(text) + "\""
    }

    /// Parts of a word, as one word: bare if only values, quoted otherwise.
    static func word(_ parts: [Word.Part]) -> String {
        if parts.count == 1, case .text(let text) = parts[0] { return word(text) }
        if parts.count == 1 { return value(parts[0]) }
        return quoted(parts)
    }

    static func quoted(_ parts: [Word.Part]) -> String {
        "\"" + parts.map(insideQuotes).joined() + "\""
    }

    /// The same parts between quotes that are written already.
    static func insideQuotes(_ part: Word.Part) -> String {
        switch part {
        case .text(let text): escaped(text)
        case .variable(let variable): VariablePrinter.braced(variable)
        case .substitution: value(part)
        }
    }

    /// A value as a word of its own.
    static func value(_ part: Word.Part, inExpression: Bool = false) -> String {
        switch part {
        case .text(let text): word(text)
        case .variable(let variable): VariablePrinter.text(variable, inExpression: inExpression)
        case .substitution(let substitution): "$(" + StatementPrinter.line(substitution.command) + ")"
        }
    }

    static func text(_ word: Word) -> String {
        switch word.content {
        case .literal(let text): self.word(text)
        case .value(let part): value(part)
        case .joined(let parts): quoted(parts)
        case .spread(.variable(let variable)) where variable.base == .arguments: VariablePrinter.text(variable)
        case .spread(let part): value(part) + "..."
        case .json(let template): JSONTemplatePrinter.text(template)
        }
    }

    /// Whether a text reads back as itself without quotes wherever a word may stand.
    private static func isBare(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if first == .openBrace || first == .openBracket || first == .hash { return false }
        if text.utf8.allSatisfy(\.isSafeInWord) { return true }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.value < 0x80 ? UInt8(scalar.value).isSafeInWord : !InvisibleCharacters.contains(scalar.value)
        }
    }

    private static func showsInQuotes(_ scalar: Unicode.Scalar) -> Bool {
        !InvisibleCharacters.contains(scalar.value)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "$": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where showsInQuotes(scalar): result.unicodeScalars.append(scalar)
            default: result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            }
        }
        return result
    }
}

extension UInt8 {
    /// Whether it stands for itself in a bare word, `)` left out for the sake of `$( )`.
    fileprivate var isSafeInWord: Bool {
        switch self {
        case 0x00...0x20, 0x7F...: false
        case .singleQuote, .doubleQuote, .dollar, .backslash, .semicolon, .pipe, .greater, .closeParenthesis: false
        default: true
        }
    }
}

enum VariablePrinter {
    /// As a word of its own, or in an expression, where a path needs no braces.
    static func text(_ variable: Variable, inExpression: Bool = false) -> String {
        switch variable.base {
        case .arguments: return "$@"
        case .argumentCount: return "$#"
        case .named(let name) where variable.fallback == nil && (variable.path.isEmpty || inExpression):
            return "$" + name + path(variable.path)
        case .argument(let number)
        where variable.fallback == nil && number < 10 && (variable.path.isEmpty || inExpression):
            return "$" + String(number) + path(variable.path)
        default: return braced(variable)
        }
    }

    /// With braces, so that any text may follow.
    static func braced(_ variable: Variable) -> String {
        let base: String
        switch variable.base {
        case .arguments: return "$@"
        case .argumentCount: return "$#"
        case .named(let name): base = name
        case .argument(let number): base = String(number)
        case .environment(let name): base = "env:" + name
        case .secret(let name): base = "secret:" + name
        }
        let fallback = variable.fallback.map { ":-" + self.fallback($0) } ?? ""
        return "${" + base + path(variable.path) + fallback + "}"
    }

    private static func fallback(_ word: Word) -> String {
        switch word.content {
        case .literal(let text):
            text.utf8.contains(.closeBrace) || text.utf8.contains(.space)
                ? WordPrinter.quoted(text) : WordPrinter.word(text)
        default: WordPrinter.text(word)
        }
    }

    static func path(_ steps: [Variable.Step]) -> String {
        steps.map(step).joined()
    }

    private static func step(_ step: Variable.Step) -> String {
        switch step {
        case .every: ".*"
        case .element(let index): "[\(index)]"
        case .member(let name) where isPlain(name): "." + name
        case .member(let name): "[" + WordPrinter.quoted(name) + "]"
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.utf8.first, first.beginsName, let last = name.utf8.last, last != .dash else {
            return false
        }
        return name.utf8.allSatisfy { $0.continuesName || $0 == .dash } && !name.contains("--")
    }
}

enum JSONTemplatePrinter {
    static func text(_ template: JSONTemplate) -> String {
        switch template {
        case .literal(let json): json.text(.compact)
        case .string(let parts): string(parts)
        case .array(let elements): "[" + elements.map(text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { string($0.name) + ":" + text($0.value) }.joined(separator: ",") + "}"
        case .value(let part): WordPrinter.value(part, inExpression: true)
        case .spread(let part): WordPrinter.value(part, inExpression: true) + "..."
        }
    }

    /// A JSON string with values in it; a `$` of its own is escaped where it could begin one.
    static func string(_ parts: [Word.Part]) -> String {
        "\""
            + parts.map { part in
                guard case .text(let text) = part else { return WordPrinter.insideQuotes(part) }
                return escaped(text)
            }.joined() + "\""
    }

    private static func escaped(_ text: String) -> String {
        let quoted = JSON(text).text(.compact)
        return String(quoted.dropFirst().dropLast()).split(separator: "$", omittingEmptySubsequences: false)
            .joined(separator: "\\$")
    }
}
