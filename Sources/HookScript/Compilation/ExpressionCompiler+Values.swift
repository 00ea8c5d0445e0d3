/// Parts of expressions that have values.
extension ExpressionCompiler {
    mutating func value(_ expression: Expression) throws(ParseError) -> CompiledValue {
        let span = expression.span
        switch expression {
        case .word(let word): return try self.word(word)
        case .string(let parts, _):
            let text = parts.map { if case .text(let text) = $0 { text } else { "" } }.joined()
            return CompiledValue(constant: Value(text), span: span)
        case .pattern(let pattern): return CompiledValue(constant: Value(pattern.pattern), span: span)
        case .constant(let constant):
            if let element, element.isConstant(constant) { return element.compiled(span) }
            return CompiledValue(constant: constant.value, isMany: constant.crossesList, span: span)
        case .list(let elements, _): return try list(elements, span)
        case .range(let low, let high): return try range(low, high, span)
        case .arithmetic(let first, let terms): return try arithmetic(first, terms)
        case .call(let call): return try self.call(call)
        case .or, .and, .not, .comparison, .exists:
            let test = try condition(expression)
            return CompiledValue(kind: .boolean, isMany: false, span: span) { (record) throws(Predicate.Failure) in
                Value(try test(record))
            }
        case .ago, .variable, .substitution, .object:
            // The binder leaves none of these.
            return CompiledValue(constant: .null, span: span)
        }
    }

    private mutating func word(_ word: Expression.BareWord) throws(ParseError) -> CompiledValue {
        let reading = LiteralReading.read(word.text)
        guard word.role == .field, let resolver else {
            return CompiledValue(constant: reading, span: word.span, literal: word.text)
        }
        if let element, let own = element.member(word.text, resolver) {
            return CompiledValue(field: own, span: word.span)
        }
        if let field = resolver.field(word.text) {
            if !fields.contains(field) { fields.append(field) }
            return CompiledValue(field: field, span: word.span)
        }
        if reading.kind != .text { return CompiledValue(constant: reading, span: word.span) }
        let nearest = NearestName.find(word.text, among: resolver.fieldNames)
        throw ParseError(code: .unknownField(word.text, nearest: nearest), span: word.span)
    }

    private mutating func list(
        _ elements: [Expression.Element], _ span: SourceSpan
    ) throws(ParseError) -> CompiledValue {
        var parts: [(value: CompiledValue, isSpread: Bool)] = []
        for element in elements { parts.append((try value(element.value), element.isSpread)) }
        let (limit, deepest) = (limits.listElements, limits.valueDepth)
        let compiled = parts
        let read: CompiledValue.Read = { (record) throws(Predicate.Failure) in
            var values: [Value] = []
            for part in compiled {
                let value = try part.value.read(record)
                guard part.isSpread else {
                    values.append(value)
                    continue
                }
                guard let list = value.elements else {
                    throw Predicate.Failure(problem: .unsuited("...", value.kind), span: part.value.span)
                }
                values += list
                if values.count > limit {
                    throw Predicate.Failure(problem: .limit(.listElements, allowed: limit), span: span)
                }
            }
            let list = Value(values)
            guard Int(list.depth) <= deepest else {
                throw Predicate.Failure(problem: .limit(.valueDepth, allowed: deepest), span: span)
            }
            return list
        }
        return try folded(.list, span, isConstant: parts.allSatisfy { $0.value.constant != nil }, read)
    }

    private mutating func range(
        _ low: Expression, _ high: Expression, _ span: SourceSpan
    ) throws(ParseError) -> CompiledValue {
        let (low, high) = (try value(low), try value(high))
        let limit = limits.listElements
        let read: CompiledValue.Read = { (record) throws(Predicate.Failure) in
            let (from, to) = (try low.read(record), try high.read(record))
            guard let first = from.integer, let last = to.integer else {
                let wrong = from.integer == nil ? from : to
                throw Predicate.Failure(problem: .unsuited("..", wrong.kind), span: span)
            }
            let taint = Taint.union([from.taint, to.taint])
            if last < first { return Value([Value]()).tainted(by: taint) }
            let (count, overflow) = last.subtractingReportingOverflow(first)
            guard !overflow, count < limit else {
                throw Predicate.Failure(problem: .limit(.listElements, allowed: limit), span: span)
            }
            let list = Value((first...last).map { Value($0) })
            return list.tainted(by: taint)
        }
        return try folded(.list, span, isConstant: low.constant != nil && high.constant != nil, read)
    }

    private mutating func arithmetic(
        _ first: Expression, _ terms: [Expression.Term]
    ) throws(ParseError) -> CompiledValue {
        var result = try value(first)
        for term in terms { result = try sum(result, term, try value(term.operand)) }
        return result
    }

    private func sum(
        _ left: CompiledValue, _ term: Expression.Term, _ right: CompiledValue
    ) throws(ParseError) -> CompiledValue {
        let (sign, span, limits) = (term.sign, term.signSpan, limits)
        let whole = left.span.joined(with: right.span)
        let isConstant = left.constant != nil && right.constant != nil
        let kind = Self.resultKind(sign, left.kind, right.kind)
        return try folded(kind, whole, isConstant: isConstant) { (record) throws(Predicate.Failure) in
            let (a, b) = (try left.read(record), try right.read(record))
            if !isConstant, a.kind == .null || b.kind == .null { return .null }
            return try located(span) { () throws(OperationProblem) in
                try Arithmetic.apply(sign, a, b, limits: limits)
            }
        }
    }

    private static func resultKind(_ sign: ArithmeticOperator, _ left: Value.Kind?, _ right: Value.Kind?) -> Value.Kind?
    {
        switch (left, right) {
        case (.number?, .number?): .number
        case (.text?, .text?): .text
        case (.time?, .duration?), (.duration?, .time?): .time
        case (.time?, .time?) where sign == .minus: .duration
        case (.duration?, .duration?) where sign != .divided: .duration
        default: nil
        }
    }

    /// A value that is computed now if it does not depend on a record.
    func folded(
        _ kind: Value.Kind?, _ span: SourceSpan, isMany: Bool = false, isConstant: Bool,
        _ read: @escaping CompiledValue.Read
    ) throws(ParseError) -> CompiledValue {
        guard isConstant else { return CompiledValue(kind: kind, isMany: isMany, span: span, read: read) }
        do throws(Predicate.Failure) {
            return CompiledValue(constant: try read(NoRecord()), isMany: isMany, span: span)
        } catch {
            throw problem(error.problem, error.span)
        }
    }
}
