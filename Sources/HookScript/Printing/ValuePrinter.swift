import LosslessJSON

/// Writes values as source that evaluates to them, with references in place of secrets.
enum ValuePrinter {
    /// As a word of a command line, where a kind is declared. A secret that was computed has no such word: `••••`.
    static func word(_ value: Value, as kind: ArgumentKind) -> String {
        if let taint = value.combinedTaint, taint.coversWhole, value.kind == .text || value.taint?.coversWhole == true {
            return reference(taint)
        }
        switch value.content {
        case .text(let text): return WordPrinter.word(self.text(text, as: kind))
        case .list, .object: return json(value.revealedJSON, value.jsonTaint)
        case .null, .boolean, .number, .time, .duration: return WordPrinter.word(value.revealedText)
        }
    }

    /// Text where literal text would be read as something else.
    private static func text(_ text: String, as kind: ArgumentKind) -> String {
        switch kind {
        case .json: return JSON(text).text(.compact)
        case .inferred:
            let isForced = text.utf8.starts(with: "text:".utf8)
            return isForced || (try? JSON(parsing: text)) != nil ? "text:" + text : text
        default: return text
        }
    }

    /// A word of text and references.
    static func reference(_ taint: Taint) -> String {
        guard let recipe = taint.recipe else { return Taint.mask }
        if recipe.count == 1, case .reference(let name) = recipe[0] { return "${" + name + "}" }
        return "\"" + recipe.map(insideQuotes).joined() + "\""
    }

    private static func insideQuotes(_ piece: Taint.Piece) -> String {
        switch piece {
        case .text(let text): WordPrinter.insideQuotes(.text(text))
        case .reference(let name): "${" + name + "}"
        }
    }

    /// JSON with references in place of its secret members.
    static func json(_ json: JSON, _ taint: Taint?) -> String {
        guard let taint else { return literal(json) }
        if taint.coversWhole {
            guard let recipe = taint.recipe else { return JSON(Taint.mask).text(.compact) }
            return "\"" + recipe.map(insideJSON).joined() + "\""
        }
        switch json.kind {
        case .object:
            let members = (json.object ?? JSONObject()).map { name, value in
                literal(JSON(name)) + ":" + self.json(value, taint.member(at: JSONPath([.name(name)])))
            }
            return "{" + members.joined(separator: ",") + "}"
        case .array:
            let elements = (json.array ?? []).enumerated().map { index, value in
                self.json(value, taint.member(at: JSONPath([.index(index)])))
            }
            return "[" + elements.joined(separator: ",") + "]"
        default: return literal(json)
        }
    }

    private static func insideJSON(_ piece: Taint.Piece) -> String {
        switch piece {
        case .text(let text): String(literal(JSON(text)).dropFirst().dropLast())
        case .reference(let name): "${" + name + "}"
        }
    }

    /// JSON with no variables in it: every `$` of its strings escaped.
    private static func literal(_ json: JSON) -> String {
        json.text(.compact).split(separator: "$", omittingEmptySubsequences: false).joined(separator: "\\$")
    }

    /// As an operand of an expression: text in quotes.
    static func expression(_ value: Value) -> String {
        if let taint = value.taint, taint.coversWhole { return reference(taint) }
        switch value.content {
        case .text(let text): return WordPrinter.quoted(text)
        case .list(let elements): return "[" + elements.map { expression($0) }.joined(separator: ", ") + "]"
        case .object: return json(value.revealedJSON, value.taint)
        case .null, .boolean, .number, .time, .duration: return value.revealedText
        }
    }
}
