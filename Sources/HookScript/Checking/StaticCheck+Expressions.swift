/// Words and expressions.
extension StaticCheck {
    /// What an expression is for.
    enum Use { case value, condition, filter }

    mutating func visit(_ expression: Expression, as use: Use) {
        let before = diagnostics.count
        visitParts(of: expression)
        guard diagnostics.count == before else { return }
        evaluate(expression, use)
    }

    private mutating func visitParts(of expression: Expression) {
        switch expression {
        case .word(let word): visitField(word)
        case .or(let parts), .and(let parts): for part in parts { visitParts(of: part) }
        case .not(let inner, _), .ago(let inner, _): visitParts(of: inner)
        case .exists(.variable(let variable), _): if let fallback = variable.fallback { visit(fallback) }
        case .exists(let path, _): visitParts(of: path)
        case .comparison(let comparison):
            visitParts(of: comparison.left)
            visitParts(of: comparison.right)
        case .arithmetic(let first, let terms):
            visitParts(of: first)
            for term in terms { visitParts(of: term.operand) }
        case .range(let low, let high):
            visitParts(of: low)
            visitParts(of: high)
        case .call(let call): for argument in call.arguments { visitParts(of: argument) }
        case .string(let parts, _): for part in parts { visit(part) }
        case .variable(let variable): visit(variable)
        case .substitution(let substitution): visit(substitution)
        case .list(let elements, _): for element in elements { visitParts(of: element.value) }
        case .object(let template, _): visit(template)
        case .pattern, .constant: break
        }
    }

    private mutating func visitField(_ word: Expression.BareWord) {
        guard word.role == .field, let fields = surroundings.fields, fields.field(word.text) == nil,
            LiteralReading.read(word.text).kind == .text
        else { return }
        report(.unknownField(word.text, nearest: NearestName.find(word.text, among: fields.fieldNames)), word.span)
    }

    mutating func visit(_ word: Word) {
        switch word.content {
        case .literal: break
        case .value(let part), .spread(let part): visit(part)
        case .joined(let parts): for part in parts { visit(part) }
        case .json(let template): visit(template)
        }
    }

    private mutating func visit(_ part: Word.Part) {
        switch part {
        case .text: break
        case .variable(let variable): visit(variable)
        case .substitution(let substitution): visit(substitution)
        }
    }

    private mutating func visit(_ variable: Variable) {
        if let fallback = variable.fallback { return visit(fallback) }
        if case .named(let name) = variable.base, !known.contains(name) { reportUnset(name, variable.span) }
    }

    private mutating func visit(_ substitution: Substitution) {
        substitutions += 1
        visit(substitution.command)
        substitutions -= 1
    }

    private mutating func visit(_ template: JSONTemplate) {
        switch template {
        case .literal: break
        case .string(let parts): for part in parts { visit(part) }
        case .value(let part), .spread(let part): visit(part)
        case .array(let elements): for element in elements { visit(element) }
        case .object(let members):
            for member in members {
                for part in member.name { visit(part) }
                visit(member.value)
            }
        }
    }
}

/// What literals alone make of an expression.
extension StaticCheck {
    private mutating func evaluate(_ expression: Expression, _ use: Use) {
        // What depends on nothing is judged whole, else each side of `and`, `or` and `not` by itself.
        if let bound = StaticBinding.bound(expression) { return judge(bound, use) }
        guard use != .value else { return }
        switch expression {
        case .or(let parts), .and(let parts): for part in parts { evaluate(part, use) }
        case .not(let inner, _): evaluate(inner, use)
        default: break
        }
    }

    private mutating func judge(_ bound: Expression, _ use: Use) {
        do throws(ParseError) {
            switch use {
            case .value: _ = try BoundExpression.value(bound, limits: surroundings.limits)
            case .condition: _ = try BoundExpression.condition(bound, limits: surroundings.limits)
            case .filter:
                guard let fields = surroundings.fields else { return }
                _ = try Predicate.compile(bound, source: source, fields: fields, limits: surroundings.limits)
            }
        } catch {
            report(error)
        }
    }
}

/// An expression without variables, `$( )` and the environment, as the compiler wants it; the time is any.
enum StaticBinding {
    static func bound(_ expression: Expression) -> Expression? {
        switch expression {
        case .word, .pattern, .constant: return expression
        case .or(let parts): return bound(parts).map { .or($0) }
        case .and(let parts): return bound(parts).map { .and($0) }
        case .not(let inner, let span): return bound(inner).map { .not($0, span) }
        case .exists(let path, let span): return bound(path).map { .exists($0, span) }
        case .comparison(let comparison):
            guard let left = bound(comparison.left), let right = bound(comparison.right) else { return nil }
            return .comparison(
                Expression.Comparison(
                    comparator: comparison.comparator, comparatorSpan: comparison.comparatorSpan, left: left,
                    right: right))
        case .arithmetic(let first, let terms):
            guard let first = bound(first), let operands = bound(terms.map(\.operand)) else { return nil }
            return .arithmetic(
                first,
                zip(terms, operands).map { term, operand in
                    Expression.Term(sign: term.sign, signSpan: term.signSpan, operand: operand)
                })
        case .range(let low, let high):
            guard let low = bound(low), let high = bound(high) else { return nil }
            return .range(low, high)
        case .ago(let inner, let span):
            guard let inner = bound(inner) else { return nil }
            return .arithmetic(now(span), [Expression.Term(sign: .minus, signSpan: span, operand: inner)])
        case .call(let call):
            if call.function == .now { return now(call.span) }
            guard call.function != .env, let arguments = bound(call.arguments) else { return nil }
            return .call(Expression.Call(function: call.function, arguments: arguments, span: call.span))
        case .string(let parts, _): return parts.allSatisfy(\.isText) ? expression : nil
        case .list(let elements, let span):
            guard let values = bound(elements.map(\.value)) else { return nil }
            return .list(
                zip(elements, values).map { Expression.Element(value: $1, isSpread: $0.isSpread) }, span)
        case .object(.literal(let json), let span): return constant(Value(json), span)
        case .object, .variable, .substitution: return nil
        }
    }

    private static func bound(_ parts: [Expression]) -> [Expression]? {
        var found: [Expression] = []
        for part in parts {
            guard let part = bound(part) else { return nil }
            found.append(part)
        }
        return found
    }

    private static func now(_ span: SourceSpan) -> Expression { constant(Value(.time(Instant(microseconds: 0))), span) }

    private static func constant(_ value: Value, _ span: SourceSpan) -> Expression {
        .constant(Expression.Constant(value: value, span: span, crossesList: false))
    }
}
