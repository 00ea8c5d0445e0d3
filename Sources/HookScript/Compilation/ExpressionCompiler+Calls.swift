/// Calls of functions.
extension ExpressionCompiler {
    mutating func condition(_ call: Expression.Call) throws(ParseError) -> Test {
        switch call.function {
        case .receives: return try receives(call)
        case .all, .none: return try quantified(call)
        default:
            let value = try self.call(call)
            guard value.kind == nil || value.kind == .boolean || value.kind == .null else {
                throw problem(.notCondition(value.kind ?? .null), call.span)
            }
            return { (record) throws(Predicate.Failure) in
                for one in try value.each(record) {
                    if one.boolean == true { return true }
                    if one.boolean == nil, one.kind != .null {
                        throw Predicate.Failure(problem: .notCondition(one.kind), span: value.span)
                    }
                }
                return false
            }
        }
    }

    mutating func call(_ call: Expression.Call) throws(ParseError) -> CompiledValue {
        switch call.function {
        case .receives, .all, .none:
            let test = try condition(call)
            return CompiledValue(kind: .boolean, isMany: false, span: call.span) { (record) throws(Predicate.Failure) in
                Value(try test(record))
            }
        case .count: return try counted(call)
        case .field: return try field(call)
        case .matches: return try matches(call)
        default: return try applied(call)
        }
    }

    private mutating func field(_ call: Expression.Call) throws(ParseError) -> CompiledValue {
        guard resolver != nil else { throw problem(.fieldsNotHere("field()"), call.span) }
        let value = try value(call.arguments[0])
        guard value.field != nil else {
            throw ParseError(code: .expected(.path, found: ""), span: call.arguments[0].span)
        }
        return value
    }

    private mutating func receives(_ call: Expression.Call) throws(ParseError) -> Test {
        guard let (field, wildcard) = resolver?.receiving else {
            throw problem(.fieldsNotHere("receives()"), call.span)
        }
        let event = try value(call.arguments[0])
        guard let wanted = event.literal ?? event.constant?.text else {
            throw problem(.unsuited("receives()", event.kind ?? .null), event.span)
        }
        if !fields.contains(field) { fields.append(field) }
        return { record in record.value(of: field).anyText { $0 == wanted || $0 == wildcard } }
    }

    private mutating func matches(_ call: Expression.Call) throws(ParseError) -> CompiledValue {
        let subject = try value(call.arguments[0])
        let pattern = try pattern(call.arguments[1])
        let span = call.span
        return try folded(.boolean, span, isConstant: subject.constant != nil) { (record) throws(Predicate.Failure) in
            for value in try subject.each(record) {
                let holds = try located(span) { () throws(OperationProblem) in
                    try Comparison.anyText(of: value, .matches) { pattern.matches($0) }
                }
                if holds { return Value(true) }
            }
            return Value(false)
        }
    }

    /// A function of its arguments alone. One of a single text goes over the values of a path that crosses a list.
    private mutating func applied(_ call: Expression.Call) throws(ParseError) -> CompiledValue {
        var arguments: [CompiledValue] = []
        for (index, argument) in call.arguments.enumerated() {
            let compiled = try value(argument)
            let isText = index > 0 && call.function != .default
            arguments.append(isText ? compiled.asText : compiled)
        }
        let (function, span, limits, compiled) = (call.function, call.span, limits, arguments)
        let isMany = (compiled.first?.isMany ?? false) && function.mapsElements
        let isConstant = compiled.allSatisfy { $0.constant != nil }
        return try folded(function.resultKind, span, isMany: isMany, isConstant: isConstant) {
            (record) throws(Predicate.Failure) in
            var values: [Value] = []
            for argument in compiled { values.append(try argument.read(record)) }
            guard isMany, let list = values[0].list else { return try Self.apply(function, values, span, limits) }
            var results: [Value] = []
            for element in list {
                values[0] = element
                results.append(try Self.apply(function, values, span, limits))
            }
            return Value(results)
        }
    }

    private static func apply(
        _ function: Function, _ values: [Value], _ span: SourceSpan, _ limits: Limits
    ) throws(Predicate.Failure) -> Value {
        try located(span) { () throws(OperationProblem) in
            try FunctionLibrary.apply(function, values, limits: limits)
        }
    }

    /// A regular expression, which is the same for every record.
    mutating func pattern(_ expression: Expression) throws(ParseError) -> Pattern {
        if case .pattern(let literal) = expression {
            return try compiled(literal.pattern, literal.ignoresCase, literal.span)
        }
        let value = try value(expression)
        guard let text = value.constant?.text else { throw problem(.unsuited("=~", value.kind ?? .null), value.span) }
        return try compiled(text, false, value.span)
    }

    private func compiled(_ text: String, _ ignoresCase: Bool, _ span: SourceSpan) throws(ParseError) -> Pattern {
        do throws(PatternError) {
            return try Pattern(text, ignoresCase: ignoresCase, limits: limits)
        } catch {
            throw ParseError(code: error.code, span: span)
        }
    }
}

extension CompiledValue {
    /// A bare word where text is due is its letters, whatever else they would read as.
    var asText: CompiledValue {
        guard let literal else { return self }
        return CompiledValue(constant: Value(literal), span: span)
    }
}

extension Function {
    /// The kind of its result, where that does not depend on its arguments.
    var resultKind: Value.Kind? {
        switch self {
        case .len, .count: .number
        case .lower, .upper, .join, .replace, .host, .type: .text
        case .split: .list
        case .matches, .receives, .all, .none: .boolean
        case .now: .time
        case .env, .first, .last, .sum, .default, .json, .field: nil
        }
    }

    /// Whether it takes one text and goes over several one by one.
    var mapsElements: Bool {
        switch self {
        case .lower, .upper, .replace, .host, .json, .split: true
        default: false
        }
    }
}
