/// A parsed expression.
///
/// Chains of one precedence are flat, so the depth of a tree is the depth of its brackets, which is limited: walking a
/// tree cannot overflow the stack.
package indirect enum Expression: Sendable {
    case or([Expression])
    case and([Expression])
    case not(Expression, SourceSpan)
    case comparison(Comparison)
    /// `exists PATH`
    case exists(Expression, SourceSpan)
    /// `+ -`, or `* / %`: from left to right.
    case arithmetic(Expression, [Term])
    /// `1..10`, both ends included.
    case range(Expression, Expression)
    /// `30d ago`
    case ago(Expression, SourceSpan)
    case call(Call)
    case word(BareWord)
    case string([Word.Part], SourceSpan)
    case pattern(PatternLiteral)
    case variable(Variable)
    case substitution(Substitution)
    case list([Element], SourceSpan)
    case object(JSONTemplate, SourceSpan)
    /// A value that takes the place of a variable before an expression is compiled.
    case constant(Constant)

    package struct Comparison: Sendable {
        package let comparator: Comparator
        package let comparatorSpan: SourceSpan
        package let left: Expression
        package let right: Expression
    }

    package struct Term: Sendable {
        package let sign: ArithmeticOperator
        package let signSpan: SourceSpan
        package let operand: Expression
    }

    package struct Call: Sendable {
        package let function: Function
        package let arguments: [Expression]
        package let span: SourceSpan
    }

    /// An unquoted word.
    package struct BareWord: Sendable {
        package enum Role: Hashable, Sendable {
            /// It names a field.
            case field
            /// It is text, or what it reads as.
            case literal
        }

        package let text: String
        package let role: Role
        package let span: SourceSpan
    }

    package struct PatternLiteral: Sendable {
        package let pattern: String
        package let ignoresCase: Bool
        package let span: SourceSpan
    }

    package struct Element: Sendable {
        package let value: Expression
        /// Whether `...` follows: its elements, not itself.
        package let isSpread: Bool
    }

    package struct Constant: Sendable {
        package let value: Value
        /// The expression that was evaluated, by its place.
        package let span: SourceSpan
        /// Whether it came by a path that crosses a list, so that a comparison holds if it holds for any element.
        package let crossesList: Bool
    }
}

extension Expression {
    package var span: SourceSpan {
        switch self {
        case .or(let parts), .and(let parts):
            guard let first = parts.first, let last = parts.last else { return SourceSpan(0, 0) }
            return first.span.joined(with: last.span)
        case .not(_, let span), .exists(_, let span), .ago(_, let span): return span
        case .string(_, let span), .list(_, let span), .object(_, let span): return span
        case .comparison(let comparison): return comparison.left.span.joined(with: comparison.right.span)
        case .arithmetic(let first, let terms):
            return terms.last.map { first.span.joined(with: $0.operand.span) } ?? first.span
        case .range(let low, let high): return low.span.joined(with: high.span)
        case .call(let call): return call.span
        case .word(let word): return word.span
        case .pattern(let pattern): return pattern.span
        case .variable(let variable): return variable.span
        case .substitution(let substitution): return substitution.span
        case .constant(let constant): return constant.span
        }
    }
}
