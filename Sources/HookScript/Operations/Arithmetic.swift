import LosslessJSON

/// `+ - * / %` on values. Whole numbers are exact within 64 bits and an error beyond; others are binary floating point.
enum Arithmetic {
    static func apply(
        _ sign: ArithmeticOperator, _ left: Value, _ right: Value, limits: Limits
    ) throws(OperationProblem) -> Value {
        let content: Value.Content
        switch (left.content, right.content) {
        case (.number(let a), .number(let b)): content = .number(try numbers(sign, a, b))
        case (.text(let a), .text(let b)) where sign == .plus:
            guard a.utf8.count + b.utf8.count <= limits.textBytes else {
                throw .limit(.textBytes, allowed: limits.textBytes)
            }
            content = .text(a + b)
        case (.list(let a), .list(let b)) where sign == .plus:
            guard a.count + b.count <= limits.listElements else {
                throw .limit(.listElements, allowed: limits.listElements)
            }
            let joined: [Value] = (left.elements ?? a) + (right.elements ?? b)
            return Value(joined)
        default:
            guard let result = try times(sign, left.content, right.content) else {
                throw .unsuitedPair(sign.rawValue, left.kind, right.kind)
            }
            content = result
        }
        return Value(content).tainted(by: Taint.union([left.taint, right.taint]))
    }

    private static func times(
        _ sign: ArithmeticOperator, _ left: Value.Content, _ right: Value.Content
    ) throws(OperationProblem) -> Value.Content? {
        switch (left, sign, right) {
        case (.time(let a), .minus, .time(let b)): return .duration(a.duration(since: b))
        case (.time(let a), .plus, .duration(let b)), (.duration(let b), .plus, .time(let a)):
            return try .time(shifted(a, b, sign))
        case (.time(let a), .minus, .duration(let b)): return try .time(shifted(a, .zero - b, sign))
        case (.duration(let a), .plus, .duration(let b)): return try .duration(bounded(a + b, sign))
        case (.duration(let a), .minus, .duration(let b)): return try .duration(bounded(a - b, sign))
        case (.duration(let a), .times, .number(let n)), (.number(let n), .times, .duration(let a)):
            return try .duration(scaled(a, n.double, sign))
        case (.duration(let a), .divided, .number(let n)):
            if n.double == 0 { throw .divisionByZero(sign.rawValue) }
            return try .duration(scaled(a, 1 / n.double, sign))
        case (.duration(let a), .divided, .duration(let b)):
            if b == .zero { throw .divisionByZero(sign.rawValue) }
            return JSONNumber(a / b).map(Value.Content.number)
        default: return nil
        }
    }

    private static func shifted(
        _ time: Instant, _ duration: Duration, _ sign: ArithmeticOperator
    ) throws(OperationProblem) -> Instant {
        guard let result = time.advanced(by: duration) else { throw .overflow(sign.rawValue) }
        return result
    }

    private static func bounded(_ duration: Duration, _ sign: ArithmeticOperator) throws(OperationProblem) -> Duration {
        guard duration.microseconds != nil else { throw .overflow(sign.rawValue) }
        return duration
    }

    private static func scaled(
        _ duration: Duration, _ factor: Double, _ sign: ArithmeticOperator
    ) throws(OperationProblem) -> Duration {
        guard let micros = duration.microseconds, factor.isFinite else { throw .overflow(sign.rawValue) }
        let result = Double(micros) * factor
        guard abs(result) < 9.2e18 else { throw .overflow(sign.rawValue) }
        return .microseconds(Int64(result + (result < 0 ? -0.5 : 0.5)))
    }

    private static func numbers(
        _ sign: ArithmeticOperator, _ left: JSONNumber, _ right: JSONNumber
    ) throws(OperationProblem) -> JSONNumber {
        if let a = left.int, let b = right.int, let exact = try whole(sign, a, b) { return JSONNumber(exact) }
        let (a, b) = (left.double, right.double)
        let result: Double
        switch sign {
        case .plus: result = a + b
        case .minus: result = a - b
        case .times: result = a * b
        case .divided, .remainder:
            if b == 0 { throw .divisionByZero(sign.rawValue) }
            result = sign == .divided ? a / b : a.truncatingRemainder(dividingBy: b)
        }
        guard let number = JSONNumber(result) else { throw .overflow(sign.rawValue) }
        return number
    }

    /// The exact result of whole numbers; nil for a division that leaves a rest.
    private static func whole(_ sign: ArithmeticOperator, _ a: Int, _ b: Int) throws(OperationProblem) -> Int? {
        let (result, overflow): (Int, Bool)
        switch sign {
        case .plus: (result, overflow) = a.addingReportingOverflow(b)
        case .minus: (result, overflow) = a.subtractingReportingOverflow(b)
        case .times: (result, overflow) = a.multipliedReportingOverflow(by: b)
        case .divided, .remainder:
            if b == 0 { throw .divisionByZero(sign.rawValue) }
            let (rest, restOverflow) = a.remainderReportingOverflow(dividingBy: b)
            if sign == .remainder { return restOverflow ? 0 : rest }
            if rest != 0, !restOverflow { return nil }
            (result, overflow) = a.dividedReportingOverflow(by: b)
        }
        if overflow { throw .overflow(sign.rawValue) }
        return result
    }
}
