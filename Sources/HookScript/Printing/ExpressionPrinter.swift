/// Writes expressions with the blanks and parentheses that they need and no others.
enum ExpressionPrinter {
    /// Binding strength, low to high, to know where parentheses are due.
    private enum Level: Int {
        case or, and, not, comparison, range, sum, product, operand
    }

    static func text(_ expression: Expression) -> String {
        text(expression, inside: .or)
    }

    private static func text(_ expression: Expression, inside outer: Level) -> String {
        let (text, level) = form(expression)
        return level.rawValue < outer.rawValue ? "(" + text + ")" : text
    }

    private static func form(_ expression: Expression) -> (String, Level) {
        switch expression {
        case .or(let parts): (parts.map { text($0, inside: .and) }.joined(separator: " or "), .or)
        case .and(let parts): (parts.map { text($0, inside: .not) }.joined(separator: " and "), .and)
        case .not(let inner, _): ("not " + text(inner, inside: .not), .not)
        case .comparison(let comparison):
            (
                text(comparison.left, inside: .range) + " " + comparison.comparator.rawValue + " "
                    + text(comparison.right, inside: .range), .comparison
            )
        case .exists(let path, _): ("exists " + text(path, inside: .operand), .comparison)
        case .range(let low, let high): (rangeEnd(low) + ".." + text(high, inside: .sum), .range)
        case .arithmetic(let first, let terms): arithmetic(first, terms)
        case .ago(let inner, _): (text(inner, inside: .operand) + " ago", .operand)
        default: (operand(expression), .operand)
        }
    }

    /// The lower end of a range: a number or a value may stand before `..` as it is.
    private static func rangeEnd(_ expression: Expression) -> String {
        switch expression {
        case .word(let word) where word.text.utf8.allSatisfy(\.isDigit): word.text
        case .variable, .substitution: text(expression, inside: .operand)
        default: "(" + text(expression) + ")"
        }
    }

    private static func arithmetic(_ first: Expression, _ terms: [Expression.Term]) -> (String, Level) {
        let isProduct = terms.first?.sign.isMultiplicative ?? false
        let level: Level = isProduct ? .product : .sum
        let inner: Level = isProduct ? .operand : .product
        var text = text(first, inside: inner)
        for term in terms { text += " " + term.sign.rawValue + " " + self.text(term.operand, inside: inner) }
        return (text, level)
    }

    private static func operand(_ expression: Expression) -> String {
        switch expression {
        case .call(let call):
            call.function.rawValue + "(" + call.arguments.map { text($0) }.joined(separator: ", ") + ")"
        case .word(let word): word.text
        case .string(let parts, _): WordPrinter.quoted(parts)
        case .pattern(let pattern): self.pattern(pattern)
        case .variable(let variable): VariablePrinter.text(variable, inExpression: true)
        case .substitution(let substitution): WordPrinter.value(.substitution(substitution))
        case .list(let elements, _):
            "[" + elements.map { text($0.value) + ($0.isSpread ? "..." : "") }.joined(separator: ", ") + "]"
        case .object(let template, _): JSONTemplatePrinter.text(template)
        case .constant(let constant): ValuePrinter.expression(constant.value)
        default: "(" + text(expression) + ")"
        }
    }

    private static func pattern(_ literal: Expression.PatternLiteral) -> String {
        var text = ""
        var isEscaped = false
        for character in literal.pattern.unicodeScalars {
            if character == "/", !isEscaped { text += "\\" }
            isEscaped = character == "\\" && !isEscaped
            text.unicodeScalars.append(character)
        }
        return "/" + text + "/" + (literal.ignoresCase ? "i" : "")
    }
}
