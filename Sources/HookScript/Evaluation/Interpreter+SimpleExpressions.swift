/// Expressions of literals and variables that are set, evaluated at once: loops count and compare, and need no compiler
/// for it. nil leaves an expression to the compiler, which says what is wrong if something is.
extension Interpreter {
    func simpleValue(_ expression: Expression, _ frame: Frame) -> Value? {
        switch expression {
        case .word(let word): return word.role == .literal ? LiteralReading.read(word.text) : nil
        case .string(let parts, _):
            guard parts.count == 1, case .text(let text) = parts[0] else { return nil }
            return Value(text)
        case .variable(let variable): return simpleValue(variable, frame)
        case .arithmetic(let first, let terms):
            guard var result = simpleValue(first, frame) else { return nil }
            for term in terms {
                guard let operand = simpleValue(term.operand, frame),
                    let next = try? Arithmetic.apply(term.sign, result, operand, limits: limits)
                else { return nil }
                result = next
            }
            return result
        default: return nil
        }
    }

    private func simpleValue(_ variable: Variable, _ frame: Frame) -> Value? {
        guard variable.path.isEmpty else { return nil }
        switch variable.base {
        case .named(let name):
            if implicitNames.contains(name) { return nil }
            return frame.locals?[name] ?? variables[name]
        case .argument(let number): return number <= frame.arguments.count ? frame.arguments[number - 1] : nil
        default: return nil
        }
    }

    /// Whether a comparison of two numbers, or of text in quotes, holds.
    func simpleCondition(_ expression: Expression, _ frame: Frame) -> Bool? {
        guard case .comparison(let comparison) = expression, comparison.comparator.comparesScalars,
            let left = simpleValue(comparison.left, frame), let right = simpleValue(comparison.right, frame)
        else { return nil }
        switch (left.content, right.content) {
        case (.number, .number): break
        case (.text, .text) where !comparison.left.isWord && !comparison.right.isWord: break
        default: return nil
        }
        return try? Comparison.holds(comparison.comparator, left, right)
    }
}

extension Comparator {
    fileprivate var comparesScalars: Bool { self == .equal || self == .unequal || isOrdering }
}

extension Expression {
    fileprivate var isWord: Bool {
        if case .word = self { return true }
        return false
    }
}
