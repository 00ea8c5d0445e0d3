/// How an expression is read where it stands: small, for it is handed down through every precedence.
struct ExpressionContext {
    private struct Flags: OptionSet {
        let rawValue: UInt8

        static let hasFields = Flags(rawValue: 1)
        static let endsAtFlag = Flags(rawValue: 2)
        static let isAtField = Flags(rawValue: 4)
        static let isInParenthesis = Flags(rawValue: 8)
        static let isInBracket = Flags(rawValue: 16)
        static let isBracketed: Flags = [.isInParenthesis, .isInBracket]
    }

    private var flags: Flags
    private var bracketStart: UInt32 = 0

    private init(_ flags: Flags) { self.flags = flags }

    /// Whether bare words may name fields: in `where`.
    var hasFields: Bool { flags.contains(.hasFields) }
    /// Whether a blank and `--flag` end it.
    var endsAtFlag: Bool { flags.contains(.endsAtFlag) }
    /// What a bare word is at this place.
    var role: Expression.BareWord.Role { flags.contains(.isAtField) ? .field : .literal }
    var isBracketed: Bool { !flags.isDisjoint(with: .isBracketed) }

    /// The innermost parenthesis or bracket around it, within which lines may end.
    var bracket: OpenBracket? {
        guard isBracketed else { return nil }
        return OpenBracket(isParenthesis: flags.contains(.isInParenthesis), start: Int(bracketStart))
    }

    /// After `where`.
    static let fields = ExpressionContext([.hasFields, .endsAtFlag, .isAtField])
    /// In `let`, `if`, `assert` and the like.
    static let values = ExpressionContext([])

    var endingAtFlag: ExpressionContext { changed { $0.insert(.endsAtFlag) } }

    /// Where text is due: on the right of a comparison, in a list.
    var literal: ExpressionContext { changed { $0.remove(.isAtField) } }

    /// Where a field is due again: in `all(…)`, `field(…)`.
    var field: ExpressionContext { hasFields ? changed { $0.insert(.isAtField) } : literal }

    func bracketed(_ bracket: OpenBracket) -> ExpressionContext {
        var copy = changed { flags in
            flags.subtract([.isBracketed, .endsAtFlag])
            flags.insert(bracket.isParenthesis ? .isInParenthesis : .isInBracket)
        }
        copy.bracketStart = UInt32(truncatingIfNeeded: bracket.start)
        return copy
    }

    private func changed(_ change: (inout Flags) -> Void) -> ExpressionContext {
        var copy = self
        change(&copy.flags)
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

/// What the byte behind an operand says of the operator that may follow, so that no precedence looks for one in vain.
enum FollowingOperator {
    /// Nothing, or the end of the expression.
    case none
    /// `and`, `or`
    case logical
    /// `=`, `~`, `has`, …
    case comparator
    /// `+`, `*`, `..`, …
    case arithmetic

    init(_ byte: UInt8) {
        switch byte {
        case .plus, .dash, .star, .slash, UInt8(ascii: "%"), .dot: self = .arithmetic
        case .equals, .exclamation, .less, .greater, .tilde, UInt8(ascii: "h"), UInt8(ascii: "i"): self = .comparator
        case UInt8(ascii: "a"), UInt8(ascii: "o"): self = .logical
        default: self = .none
        }
    }
}
