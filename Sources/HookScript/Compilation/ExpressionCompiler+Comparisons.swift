/// Comparisons.
extension ExpressionCompiler {
    mutating func comparison(_ comparison: Expression.Comparison) throws(ParseError) -> Test {
        let left = try value(comparison.left)
        if comparison.comparator == .matches {
            return try patternTest(left, try pattern(comparison.right), comparison)
        }
        let right = try comparand(comparison, left)
        try checkKinds(left, right, comparison)
        if let test = fastTest(left, right, comparison.comparator) { return test }
        return generalTest(left, right, comparison)
    }

    /// The right side, a bare word of it read as the kind of the left.
    private mutating func comparand(
        _ comparison: Expression.Comparison, _ left: CompiledValue
    ) throws(ParseError) -> CompiledValue {
        switch (comparison.right, comparison.comparator) {
        case (.word, .like): return try value(comparison.right).asText
        case (.list(let elements, let span), .in):
            var typed: [Expression.Element] = []
            for element in elements { typed.append(try self.typed(element, left, comparison)) }
            return try value(.list(typed, span))
        default: return try typed(try value(comparison.right), left, comparison)
        }
    }

    private mutating func typed(
        _ element: Expression.Element, _ left: CompiledValue, _ comparison: Expression.Comparison
    ) throws(ParseError) -> Expression.Element {
        guard case .word(let word) = element.value, !element.isSpread else { return element }
        let value = try typed(try value(element.value), left, comparison)
        let constant = Expression.Constant(value: value.constant ?? .null, span: word.span, crossesList: false)
        return Expression.Element(value: .constant(constant), isSpread: false)
    }

    /// A bare word as the kind that it is compared with. Ordering text that is no text field takes it as it reads, so
    /// that `$n > 9` against text is an error instead of an order of letters.
    private func typed(
        _ value: CompiledValue, _ left: CompiledValue, _ comparison: Expression.Comparison
    ) throws(ParseError) -> CompiledValue {
        guard let literal = value.literal, let kind = left.elementKind(comparison.comparator) else { return value }
        if left.field == nil, comparison.comparator.isOrdering, kind == .text { return value }
        if let read = LiteralReading.read(literal, as: kind) {
            return CompiledValue(constant: read, span: value.span)
        }
        let isUnordered = kind == .boolean && comparison.comparator.isOrdering
        if left.field == nil || isUnordered { return value }
        throw problem(.unreadable(text: literal, as: kind), value.span)
    }

    /// Refuses kinds that cannot be equal, where both are known.
    private func checkKinds(
        _ left: CompiledValue, _ right: CompiledValue, _ comparison: Expression.Comparison
    ) throws(ParseError) {
        let comparator = comparison.comparator
        guard let a = left.elementKind(comparator), let b = right.kind, a != .null, b != .null else { return }
        switch comparator {
        case .equal, .unequal:
            if a != b, !(b == .list && left.isMany) { throw incomparable(comparison, a, b) }
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let isOrdered = a != .boolean && a != .list && a != .object
            if a != b || !isOrdered { throw incomparable(comparison, a, b) }
        case .like:
            if a != .text, a != .list { throw problem(.unsuited(comparator.rawValue, a), comparison.comparatorSpan) }
            if b != .text { throw problem(.unsuited(comparator.rawValue, b), right.span) }
        case .has:
            if left.isMany, a != b { throw incomparable(comparison, a, b) }
            if !left.isMany, let kind = left.kind, kind != .list {
                throw problem(.unsuited(comparator.rawValue, kind), comparison.comparatorSpan)
            }
        case .in:
            if b != .list { throw problem(.unsuited(comparator.rawValue, b), right.span) }
            try checkElements(of: right, a, comparison)
        case .matches: return
        }
    }

    private func checkElements(
        of list: CompiledValue, _ kind: Value.Kind, _ comparison: Expression.Comparison
    ) throws(ParseError) {
        for element in list.constant?.list ?? [] where element.kind != kind && element.kind != .null {
            throw incomparable(comparison, kind, element.kind)
        }
    }

    private func incomparable(_ comparison: Expression.Comparison, _ a: Value.Kind, _ b: Value.Kind) -> ParseError {
        problem(.incomparable(comparison.comparator.rawValue, a, b), comparison.comparatorSpan)
    }

    /// Tries every value on the left against every value on the right.
    private func generalTest(
        _ left: CompiledValue, _ right: CompiledValue, _ comparison: Expression.Comparison
    ) -> Test {
        let comparator = comparison.comparator
        let spelling = left.kind == nil ? right.literal : nil
        let isWhole = (comparator == .equal || comparator == .unequal) && right.kind == .list
        return { (record) throws(Predicate.Failure) in
            let lefts = isWhole || comparator == .has ? [try left.read(record)] : try left.each(record)
            let rights = comparator == .in || isWhole ? [try right.read(record)] : try right.each(record)
            for a in lefts {
                for b in rights where try Self.holds(comparison, a, b, spelling, crossing: left.isMany) {
                    return true
                }
            }
            return false
        }
    }

    /// One pair of a comparison. Apart from the loops around it, and not inlined into them: with both in one closure the
    /// optimiser of Swift 6.3.1 gives up ("Found ownership error").
    @inline(never)
    private static func holds(
        _ comparison: Expression.Comparison, _ left: Value, _ right: Value, _ spelling: String?, crossing: Bool
    ) throws(Predicate.Failure) -> Bool {
        let comparator = comparison.comparator
        let other = spelling.map { adapted($0, to: left, right, comparator) } ?? right
        return try located(comparison.comparatorSpan) { () throws(OperationProblem) in
            try holds(comparator, left, other, crossing: crossing)
        }
    }

    /// A bare word against a value whose kind only the record knows: as text against text, if only for equality.
    private static func adapted(
        _ literal: String, to value: Value, _ reading: Value, _ comparator: Comparator
    ) -> Value {
        switch value.kind {
        case .text where comparator.isOrdering:
            guard reading.kind == .time, value.text.flatMap({ Instant(iso8601: $0) }) != nil else { return reading }
            return Value(literal)
        case .text, .time, .duration: return LiteralReading.read(literal, as: value.kind) ?? reading
        case .list: return Value(literal)
        default: return reading
        }
    }

    private static func holds(
        _ comparator: Comparator, _ left: Value, _ right: Value, crossing: Bool
    ) throws(OperationProblem) -> Bool {
        guard comparator == .has, crossing, let elements = left.list else {
            return try Comparison.holds(comparator, left, right)
        }
        for element in elements {
            if element.kind == .list {
                if try Comparison.holds(.has, element, right) { return true }
            } else if try Comparison.loosely(element, right) {
                return true
            }
        }
        return false
    }
}

extension CompiledValue {
    /// The kind that a comparison compares: of a list's elements where it asks for one of them.
    func elementKind(_ comparator: Comparator) -> Value.Kind? {
        if comparator == .has, !isMany, let elements = constant?.list {
            return elements.first?.kind ?? .list
        }
        return kind
    }
}
