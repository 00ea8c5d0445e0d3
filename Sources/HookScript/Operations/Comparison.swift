import LosslessJSON

/// The comparisons of values, each of one value against one.
enum Comparison {
    /// Whether a comparison holds. Null equals null, is unequal to all else, and has no order.
    static func holds(_ comparator: Comparator, _ left: Value, _ right: Value) throws(OperationProblem) -> Bool {
        switch comparator {
        case .equal: return try equal(left, right, comparator)
        case .unequal: return try !equal(left, right, comparator)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return try ordered(comparator, left, right)
        case .like: return try like(left, right)
        case .matches: return try matches(left, right)
        case .has: return try has(left, right)
        case .in: return try isIn(left, right)
        }
    }

    static func equal(_ left: Value, _ right: Value, _ comparator: Comparator) throws(OperationProblem) -> Bool {
        switch (left.content, right.content) {
        case (.null, .null): return true
        case (.null, _), (_, .null): return false
        case (.boolean(let a), .boolean(let b)): return a == b
        case (.number(let a), .number(let b)): return a == b
        case (.text(let a), .text(let b)): return a == b
        case (.time(let a), .time(let b)): return a == b
        case (.duration(let a), .duration(let b)): return a == b
        case (.object(let a), .object(let b)): return a == b
        case (.list(let a), .list(let b)):
            guard a.count == b.count else { return false }
            for (one, other) in zip(a, b) where try !loosely(one, other) { return false }
            return true
        default: throw .incomparable(comparator.rawValue, left.kind, right.kind)
        }
    }

    /// Whether two elements of lists are equal; different kinds are not, and no error.
    static func loosely(_ left: Value, _ right: Value) throws(OperationProblem) -> Bool {
        left.kind == right.kind ? try equal(left, right, .equal) : false
    }

    static func ordered(_ comparator: Comparator, _ left: Value, _ right: Value) throws(OperationProblem) -> Bool {
        switch (left.content, right.content) {
        case (.null, _), (_, .null): return false
        case (.number(let a), .number(let b)): return holds(comparator, a, b)
        case (.text(let a), .text(let b)): return holds(comparator, a, b)
        case (.time(let a), .time(let b)): return holds(comparator, a, b)
        case (.duration(let a), .duration(let b)): return holds(comparator, a, b)
        default: throw .incomparable(comparator.rawValue, left.kind, right.kind)
        }
    }

    static func holds<T: Comparable>(_ comparator: Comparator, _ left: T, _ right: T) -> Bool {
        switch comparator {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        default: left >= right
        }
    }

    private static func like(_ left: Value, _ right: Value) throws(OperationProblem) -> Bool {
        guard let glob = right.text else { throw .unsuited(Comparator.like.rawValue, right.kind) }
        let compiled = Glob(glob)
        return try anyText(of: left, .like) { compiled.matches($0) }
    }

    private static func matches(_ left: Value, _ right: Value) throws(OperationProblem) -> Bool {
        let pattern = try pattern(of: right)
        return try anyText(of: left, .matches) { pattern.matches($0) }
    }

    /// The regular expression that a text holds.
    static func pattern(of value: Value) throws(OperationProblem) -> Pattern {
        guard let text = value.text else { throw .unsuited(Comparator.matches.rawValue, value.kind) }
        do throws(PatternError) {
            return try Pattern(text)
        } catch {
            throw error.asOperationProblem
        }
    }

    static func anyText(
        of value: Value, _ comparator: Comparator, _ test: (String) -> Bool
    ) throws(OperationProblem) -> Bool {
        switch value.content {
        case .null: return false
        case .text(let text): return test(text)
        case .list(let elements): return elements.contains { $0.text.map(test) ?? false }
        default: throw .unsuited(comparator.rawValue, value.kind)
        }
    }

    private static func has(_ left: Value, _ right: Value) throws(OperationProblem) -> Bool {
        switch left.content {
        case .null: return false
        case .list(let elements):
            for element in elements where try loosely(element, right) { return true }
            return false
        default: throw .unsuited(Comparator.has.rawValue, left.kind)
        }
    }

    private static func isIn(_ left: Value, _ right: Value) throws(OperationProblem) -> Bool {
        guard case .list(let elements) = right.content else { throw .unsuited(Comparator.in.rawValue, right.kind) }
        for element in elements where try loosely(left, element) { return true }
        return false
    }
}

extension PatternError {
    var asOperationProblem: OperationProblem {
        switch code {
        case .invalidPattern(let problem): .invalidPattern(problem)
        case .limitReached(let limit, let allowed): .limit(limit, allowed: allowed)
        default: .invalidPattern(.unexpectedEnd)
        }
    }
}
