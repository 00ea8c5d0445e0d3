/// Comparisons that need no values made: those of one field with one text, boolean, number or time.
extension ExpressionCompiler {
    func fastTest(_ left: CompiledValue, _ right: CompiledValue, _ comparator: Comparator) -> Test? {
        guard let field = left.field, let constant = right.constant, !right.isMany, let kind = field.type.kind else {
            return nil
        }
        switch (kind, constant.content, comparator) {
        case (.text, .text(let wanted), .equal), (.text, .text(let wanted), .has):
            if comparator == .has, !field.type.isList { return nil }
            return { record in record.value(of: field).anyText { $0 == wanted } }
        case (.text, .text(let wanted), .unequal) where !field.type.isList:
            return { record in !record.value(of: field).anyText { $0 == wanted } }
        case (.text, .text(let glob), .like):
            let compiled = Glob(glob)
            return { record in record.value(of: field).anyText { compiled.matches($0) } }
        case (.text, .list(let elements), .in):
            let wanted = Set(elements.compactMap(\.text))
            guard wanted.count == elements.count || elements.allSatisfy({ $0.kind == .text }) else { return nil }
            return { record in record.value(of: field).anyText { wanted.contains($0) } }
        case (.boolean, .boolean(let wanted), .equal) where !field.type.isList:
            return { record in Self.boolean(record.value(of: field)) == wanted }
        case (.time, .time(let wanted), _) where comparator.isOrdering && !field.type.isList:
            let type = field.type
            return { (record) throws(Predicate.Failure) in
                switch record.value(of: field) {
                case .time(let instant): return Comparison.holds(comparator, instant, wanted)
                case let other:
                    guard case .time(let instant) = other.value(as: type).content else { return false }
                    return Comparison.holds(comparator, instant, wanted)
                }
            }
        default: return nil
        }
    }

    /// Text against a regular expression.
    func patternTest(
        _ left: CompiledValue, _ pattern: Pattern, _ comparison: Expression.Comparison
    ) throws(ParseError) -> Test {
        if let kind = left.kind, kind != .text, kind != .list, kind != .null {
            throw problem(.unsuited(comparison.comparator.rawValue, kind), comparison.comparatorSpan)
        }
        if let field = left.field, field.type.kind == .text {
            return { record in record.value(of: field).anyText { pattern.matches($0) } }
        }
        let span = comparison.comparatorSpan
        return { (record) throws(Predicate.Failure) in
            for value in try left.each(record) {
                let holds = try located(span) { () throws(OperationProblem) in
                    try Comparison.anyText(of: value, .matches) { pattern.matches($0) }
                }
                if holds { return true }
            }
            return false
        }
    }

    private static func boolean(_ value: FieldValue) -> Bool? {
        switch value {
        case .boolean(let boolean): boolean
        case .json(let json): json.boolean
        default: nil
        }
    }
}
