/// How an expression is read where it stands.
struct ExpressionContext {
    /// Whether bare words may name fields: in `where`.
    var hasFields: Bool
    /// Whether a blank and `--flag` end it.
    var endsAtFlag = false
    /// What a bare word is at this place.
    var role: Expression.BareWord.Role
    /// The innermost parenthesis or bracket around it, within which lines may end.
    var bracket: OpenBracket?

    var isBracketed: Bool { bracket != nil }

    /// After `where`.
    static let fields = ExpressionContext(hasFields: true, endsAtFlag: true, role: .field)
    /// In `let`, `if`, `assert` and the like.
    static let values = ExpressionContext(hasFields: false, role: .literal)

    var endingAtFlag: ExpressionContext {
        var copy = self
        copy.endsAtFlag = true
        return copy
    }

    /// Where text is due: on the right of a comparison, in a list.
    var literal: ExpressionContext {
        var copy = self
        copy.role = .literal
        return copy
    }

    /// Where a field is due again: in `all(…)`, `field(…)`.
    var field: ExpressionContext {
        var copy = self
        copy.role = hasFields ? .field : .literal
        return copy
    }

    func bracketed(_ bracket: OpenBracket) -> ExpressionContext {
        var copy = self
        copy.bracket = bracket
        copy.endsAtFlag = false
        return copy
    }

    /// What completion offers where an operand is due.
    var operandContexts: [CompletionContext] { hasFields && role == .field ? [.field] : [.operand] }
}

/// A parenthesis or bracket that has not been closed yet.
struct OpenBracket {
    let isParenthesis: Bool
    var text: String { isParenthesis ? "(" : "[" }
    let start: Int
}
