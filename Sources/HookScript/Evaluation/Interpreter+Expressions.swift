/// Expressions: variables and `$( )` are read first, and what is left is compiled.
extension Interpreter {
    func value(of expression: Expression, _ frame: Frame) async throws(RunError) -> Value {
        switch expression {
        case .constant(let constant): return constant.value
        case .variable(let variable): return try await value(of: variable, frame)
        case .substitution(let substitution): return try await result(of: substitution, frame)
        case .object(let template, _): return try await value(of: template, frame)
        case .or, .and, .not: return Value(try await condition(expression, frame))
        default:
            if let value = simpleValue(expression, frame) { return value }
            let bound = try await bind(expression, frame)
            do throws(ParseError) {
                return try BoundExpression.value(bound, limits: limits)
            } catch {
                throw failure(error, frame)
            }
        }
    }

    /// Whether a condition holds. `and` and `or` read only as far as they must.
    func condition(_ expression: Expression, _ frame: Frame) async throws(RunError) -> Bool {
        switch expression {
        case .or(let parts):
            for part in parts where try await condition(part, frame) { return true }
            return false
        case .and(let parts):
            for part in parts where try await !condition(part, frame) { return false }
            return true
        case .not(let inner, _): return try await !condition(inner, frame)
        default:
            if let holds = simpleCondition(expression, frame) { return holds }
            let bound = try await bind(expression, frame)
            do throws(ParseError) {
                return try BoundExpression.condition(bound, limits: limits)
            } catch {
                throw failure(error, frame)
            }
        }
    }

    /// The condition of a `where`.
    func predicate(_ expression: Expression, _ frame: Frame) async throws(RunError) -> Predicate {
        let bound = try await bind(expression, frame)
        let fields: any FieldResolver
        do throws(CommandFailure) { fields = try await host.fields() } catch {
            throw failure(error, expression.span, frame)
        }
        do throws(ParseError) {
            return try Predicate.compile(bound, source: frame.source, fields: fields, limits: limits)
        } catch {
            throw failure(error, frame)
        }
    }

    /// The expression with values in place of variables, `$( )`, the environment and the time.
    func bind(_ expression: Expression, _ frame: Frame) async throws(RunError) -> Expression {
        switch expression {
        case .word, .pattern, .constant: return expression
        case .or(let parts): return .or(try await bind(parts, frame))
        case .and(let parts): return .and(try await bind(parts, frame))
        case .not(let inner, let span): return .not(try await bind(inner, frame), span)
        case .comparison(let comparison):
            return .comparison(
                Expression.Comparison(
                    comparator: comparison.comparator, comparatorSpan: comparison.comparatorSpan,
                    left: try await bind(comparison.left, frame), right: try await bind(comparison.right, frame)))
        case .exists(.variable(let variable), let span):
            return .exists(constant(try await valueIfSet(variable, frame) ?? .null, variable.span), span)
        case .exists(let path, let span): return .exists(try await bind(path, frame), span)
        case .arithmetic(let first, let terms): return try await bind(first, terms, frame)
        case .range(let low, let high): return .range(try await bind(low, frame), try await bind(high, frame))
        case .ago(let inner, let span):
            let term = Expression.Term(sign: .minus, signSpan: span, operand: try await bind(inner, frame))
            return .arithmetic(constant(Value(.time(host.now())), span), [term])
        case .call(let call): return try await bind(call, frame)
        case .string(let parts, let span):
            if parts.allSatisfy(\.isText) { return expression }
            return constant(try await text(parts, span, frame), span)
        case .variable(let variable):
            let constant = Expression.Constant(
                value: try await value(of: variable, frame), span: variable.span, crossesList: variable.crossesList)
            return .constant(constant)
        case .substitution(let substitution):
            return constant(try await result(of: substitution, frame), substitution.span)
        case .list(let elements, let span):
            var bound: [Expression.Element] = []
            for element in elements {
                let value = try await bind(element.value, frame)
                bound.append(Expression.Element(value: value, isSpread: element.isSpread))
            }
            return .list(bound, span)
        case .object(let template, let span): return constant(try await value(of: template, frame), span)
        }
    }

    private func constant(_ value: Value, _ span: SourceSpan) -> Expression {
        .constant(Expression.Constant(value: value, span: span, crossesList: false))
    }

    private func bind(_ parts: [Expression], _ frame: Frame) async throws(RunError) -> [Expression] {
        var bound: [Expression] = []
        for part in parts { bound.append(try await bind(part, frame)) }
        return bound
    }

    private func bind(
        _ first: Expression, _ terms: [Expression.Term], _ frame: Frame
    ) async throws(RunError) -> Expression {
        let first = try await bind(first, frame)
        var bound: [Expression.Term] = []
        for term in terms {
            let operand = try await bind(term.operand, frame)
            bound.append(Expression.Term(sign: term.sign, signSpan: term.signSpan, operand: operand))
        }
        return .arithmetic(first, bound)
    }

    private func bind(_ call: Expression.Call, _ frame: Frame) async throws(RunError) -> Expression {
        let arguments = try await bind(call.arguments, frame)
        switch call.function {
        case .now: return constant(Value(.time(host.now())), call.span)
        case .env:
            let name = try environmentName(arguments[0], frame)
            return constant(host.environment(name).map { Value($0) } ?? .null, call.span)
        default:
            return .call(Expression.Call(function: call.function, arguments: arguments, span: call.span))
        }
    }

    private func environmentName(_ argument: Expression, _ frame: Frame) throws(RunError) -> String {
        if case .word(let word) = argument { return word.text }
        do throws(ParseError) {
            let value = try BoundExpression.value(argument, limits: limits)
            guard let name = value.text, !value.isTainted else {
                throw ParseError(code: .operation(.unsuited("env()", value.kind)), span: argument.span)
            }
            return name
        } catch {
            throw failure(error, frame)
        }
    }
}

extension Word.Part {
    var isText: Bool {
        if case .text = self { return true }
        return false
    }
}
