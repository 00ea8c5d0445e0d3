/// Turns a bound expression, one without variables, into closures: fields are resolved, literals typed, and kinds that
/// cannot be compared are found before the first record is seen.
struct ExpressionCompiler {
    typealias Test = Predicate.Test

    /// nil where bare words are no fields.
    let resolver: (any FieldResolver)?
    let limits: Limits
    /// The fields read, in the order of the text, each once.
    var fields: [FieldReference] = []
    /// What a quantifier goes over while its condition is compiled.
    var element: QuantifiedElement?

    init(resolver: (any FieldResolver)?, limits: Limits) {
        self.resolver = resolver
        self.limits = limits
    }

    mutating func condition(_ expression: Expression) throws(ParseError) -> Test {
        switch expression {
        case .or(let parts): return Self.any(try tests(parts))
        case .and(let parts): return Self.all(try tests(parts))
        case .not(let inner, _):
            let test = try condition(inner)
            return { (record) throws(Predicate.Failure) in try !test(record) }
        case .comparison(let comparison): return try self.comparison(comparison)
        case .exists(let path, _): return try existence(path)
        case .call(let call): return try condition(call)
        default: return try truth(of: value(expression))
        }
    }

    private mutating func tests(_ parts: [Expression]) throws(ParseError) -> [Test] {
        var tests: [Test] = []
        for part in parts { tests.append(try condition(part)) }
        return tests
    }

    private static func any(_ tests: [Test]) -> Test {
        { (record) throws(Predicate.Failure) in
            for test in tests where try test(record) { return true }
            return false
        }
    }

    private static func all(_ tests: [Test]) -> Test {
        { (record) throws(Predicate.Failure) in
            for test in tests where try !test(record) { return false }
            return true
        }
    }

    /// A value as a condition: true, or false, null and missing. Nothing else is one.
    private func truth(of value: CompiledValue) throws(ParseError) -> Test {
        if let kind = value.kind, kind != .boolean, kind != .null {
            throw problem(.notCondition(kind), value.span)
        }
        let span = value.span
        if let field = value.field, !value.isMany, field.type.kind == .boolean {
            return { (record) throws(Predicate.Failure) in
                switch record.value(of: field) {
                case .boolean(let boolean): boolean
                case .json(let json): json.boolean ?? false
                default: false
                }
            }
        }
        return { (record) throws(Predicate.Failure) in
            for one in try value.each(record) {
                if let boolean = one.boolean {
                    if boolean { return true }
                } else if one.kind != .null {
                    throw Predicate.Failure(problem: .notCondition(one.kind), span: span)
                }
            }
            return false
        }
    }

    /// Whether something other than null is there.
    private mutating func existence(_ path: Expression) throws(ParseError) -> Test {
        let value = try value(path)
        guard let field = value.field else {
            return { (record) throws(Predicate.Failure) in
                try value.each(record).contains { $0.kind != .null }
            }
        }
        return { record in
            switch record.value(of: field) {
            case .missing: false
            case .json(let json): !json.isNull
            case .many(let values): values.contains { !$0.isNull }
            case .texts(let texts): !texts.isEmpty
            case .boolean, .number, .text, .time: true
            }
        }
    }

    func problem(_ problem: OperationProblem, _ span: SourceSpan) -> ParseError {
        if case .limit(let name, let allowed) = problem {
            return ParseError(code: .limitReached(name, allowed: allowed), span: span)
        }
        return ParseError(code: .operation(problem), span: span)
    }
}

/// Gives an operation's problem its place.
func located<Result>(
    _ span: SourceSpan, _ operation: () throws(OperationProblem) -> Result
) throws(Predicate.Failure) -> Result {
    do throws(OperationProblem) {
        return try operation()
    } catch {
        throw Predicate.Failure(problem: error, span: span)
    }
}
