extension Predicate {
    /// Compiles a bound expression over fields.
    static func compile(
        _ expression: Expression, source: SourceText, fields: any FieldResolver, limits: Limits
    ) throws(ParseError) -> Predicate {
        var compiler = ExpressionCompiler(resolver: fields, limits: limits)
        let test = try compiler.condition(expression)
        return Predicate(
            canonical: ExpressionPrinter.text(expression), fields: compiler.fields, source: source, test: test)
    }
}

/// A bound expression without fields, evaluated at once.
enum BoundExpression {
    static func value(_ expression: Expression, limits: Limits) throws(ParseError) -> Value {
        var compiler = ExpressionCompiler(resolver: nil, limits: limits)
        let compiled = try compiler.value(expression)
        return try run(compiler) { () throws(Predicate.Failure) in try compiled.read(NoRecord()) }
    }

    static func condition(_ expression: Expression, limits: Limits) throws(ParseError) -> Bool {
        var compiler = ExpressionCompiler(resolver: nil, limits: limits)
        let test = try compiler.condition(expression)
        return try run(compiler) { () throws(Predicate.Failure) in try test(NoRecord()) }
    }

    private static func run<Result>(
        _ compiler: ExpressionCompiler, _ body: () throws(Predicate.Failure) -> Result
    ) throws(ParseError) -> Result {
        do throws(Predicate.Failure) {
            return try body()
        } catch {
            throw compiler.problem(error.problem, error.span)
        }
    }
}
