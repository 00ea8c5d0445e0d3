/// The tree of a regular expression.
indirect enum PatternNode {
    case empty
    case scalar(UInt32)
    case anyButLineEnd
    case set(ScalarSet)
    case textStart, textEnd
    case wordBoundary(Bool)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?, isLazy: Bool)
    case group(PatternNode, index: Int)
}

/// Reads the syntax of ``Pattern``.
struct PatternParser {
    struct Parsed {
        let node: PatternNode
        let groupCount: Int
        let ignoresCase: Bool
    }

    static let largestRepetition = 1_000

    private let scalars: [UInt32]
    private let limits: Limits
    private var index = 0
    private var groupCount = 0
    private var depth = 0

    init(_ text: String, limits: Limits) {
        scalars = text.unicodeScalars.map(\.value)
        self.limits = limits
    }

    mutating func parse() throws(PatternError) -> Parsed {
        var ignoresCase = false
        if scalars.starts(with: "(?i)".unicodeScalars.map(\.value)) {
            ignoresCase = true
            index = 4
        }
        let node = try alternatives()
        if index < scalars.count { throw PatternError(.unmatchedParenthesis, at: index) }
        return Parsed(node: node, groupCount: groupCount, ignoresCase: ignoresCase)
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        var parts = [try sequence()]
        while take("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .alternatives(parts)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while index < scalars.count, !isNext("|"), !isNext(")") {
            parts.append(try repetition(of: try atom()))
        }
        return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func repetition(of node: PatternNode) throws(PatternError) -> PatternNode {
        let start = index
        guard let (least, most) = try repetitionBounds() else { return node }
        switch node {
        case .textStart, .textEnd, .wordBoundary: throw PatternError(.nothingToRepeat, at: start)
        default: break
        }
        let isLazy = take("?")
        if isNext("*") || isNext("+") || isNext("?") { throw PatternError(.nothingToRepeat, at: index) }
        return .repeated(node, least: least, most: most, isLazy: isLazy)
    }

    private mutating func repetitionBounds() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard isNext("{") else { return nil }
        let start = index
        index += 1
        guard let least = try count() else {
            index = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = try count() }
        guard take("}"), most ?? least >= least else { throw PatternError(.invalidRepetition, at: start) }
        return (least, most)
    }

    private mutating func count() throws(PatternError) -> Int? {
        let start = index
        var number = 0
        while index < scalars.count, (0x30...0x39).contains(scalars[index]) {
            number = number * 10 + Int(scalars[index] - 0x30)
            if number > Self.largestRepetition {
                throw PatternError(.repetitionTooLarge(Self.largestRepetition), at: start)
            }
            index += 1
        }
        return index == start ? nil : number
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        let start = index
        let scalar = scalars[index]
        index += 1
        switch Unicode.Scalar(scalar) {
        case "(": return try group(start)
        case "[": return .set(try set(start))
        case ".": return .anyButLineEnd
        case "^": return .textStart
        case "$": return .textEnd
        case "*", "+", "?": throw PatternError(.nothingToRepeat, at: start)
        case "\\": return try escape(start)
        default: return .scalar(scalar)
        }
    }

    private mutating func group(_ start: Int) throws(PatternError) -> PatternNode {
        guard depth < limits.nesting else { throw PatternError(limit: .nesting, allowed: limits.nesting) }
        depth += 1
        defer { depth -= 1 }
        var number: Int?
        if take("?") {
            guard take(":") else {
                let kind = index < scalars.count ? "(?" + Self.text([scalars[index]]) : "(?"
                throw PatternError(.unsupported(kind), at: start)
            }
        } else {
            groupCount += 1
            number = groupCount
        }
        let inner = try alternatives()
        guard take(")") else { throw PatternError(.unmatchedParenthesis, at: start) }
        return number.map { .group(inner, index: $0) } ?? inner
    }
}

extension PatternParser {
    private func isNext(_ scalar: Unicode.Scalar) -> Bool {
        index < scalars.count && scalars[index] == scalar.value
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard isNext(scalar) else { return false }
        index += 1
        return true
    }

    private static func text(_ scalars: [UInt32]) -> String {
        String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
    }

    private mutating func escape(_ start: Int) throws(PatternError) -> PatternNode {
        guard index < scalars.count else { throw PatternError(.unexpectedEnd, at: start) }
        if take("b") { return .wordBoundary(true) }
        if take("B") { return .wordBoundary(false) }
        if let set = classEscape() { return .set(set) }
        return .scalar(try scalarEscape(start))
    }

    private mutating func classEscape() -> ScalarSet? {
        let digits: [ClosedRange<UInt32>] = [0x30...0x39]
        let words: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
        let spaces: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20]
        for (letter, ranges) in [("d", digits), ("w", words), ("s", spaces)]
            as [(Unicode.Scalar, [ClosedRange<UInt32>])]
        {
            if take(letter) { return ScalarSet(ranges) }
            if take(Unicode.Scalar(UInt8(letter.value - 0x20))) { return ScalarSet(Self.complement(ranges)) }
        }
        return nil
    }

    private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var next: UInt32 = 0
        var others: [ClosedRange<UInt32>] = []
        for range in ranges {
            if range.lowerBound > next { others.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        return others + [next...0x10FFFF]
    }

    /// The scalar that an escape stands for; `\` is behind the cursor.
    private mutating func scalarEscape(_ start: Int) throws(PatternError) -> UInt32 {
        guard index < scalars.count else { throw PatternError(.unexpectedEnd, at: start) }
        let letter = scalars[index]
        index += 1
        switch Unicode.Scalar(letter) {
        case "n": return 0x0A
        case "t": return 0x09
        case "r": return 0x0D
        case "f": return 0x0C
        case "u": return try numberedScalar(start)
        case "1", "2", "3", "4", "5", "6", "7", "8", "9", "k":
            throw PatternError(.unsupported("\\" + Self.text([letter])), at: start)
        default:
            let isWord = letter < 0x80 && (UInt8(letter).continuesName)
            if isWord { throw PatternError(.unknownEscape(Self.text([letter])), at: start) }
            return letter
        }
    }

    private mutating func numberedScalar(_ start: Int) throws(PatternError) -> UInt32 {
        guard take("{") else { throw PatternError(.unknownEscape("u"), at: start) }
        var number: UInt32 = 0
        var digits = 0
        while index < scalars.count, digits < 7, let scalar = Unicode.Scalar(scalars[index]),
            let digit = Character(scalar).hexDigitValue
        {
            number = number << 4 | UInt32(digit)
            digits += 1
            index += 1
        }
        guard (1...6).contains(digits), take("}"), Unicode.Scalar(number) != nil else {
            throw PatternError(.unknownEscape("u"), at: start)
        }
        return number
    }

    private mutating func set(_ start: Int) throws(PatternError) -> ScalarSet {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while isFirst || !isNext("]") {
            guard index < scalars.count else { throw PatternError(.unmatchedBracket, at: start) }
            if isFirst, isNext("]") { throw PatternError(.emptyClass, at: start) }
            isFirst = false
            try setItem(&ranges)
        }
        index += 1
        return ScalarSet(ranges, negated: isNegated)
    }

    private mutating func setItem(_ ranges: inout [ClosedRange<UInt32>]) throws(PatternError) {
        let start = index
        guard let low = try setScalar(&ranges) else { return }
        guard isNext("-"), index + 1 < scalars.count, scalars[index + 1] != Unicode.Scalar("]").value else {
            ranges.append(low...low)
            return
        }
        index += 1
        guard let high = try setScalar(&ranges), high >= low else { throw PatternError(.invalidRange, at: start) }
        ranges.append(low...high)
    }

    private mutating func setScalar(_ ranges: inout [ClosedRange<UInt32>]) throws(PatternError) -> UInt32? {
        let start = index
        guard take("\\") else {
            index += 1
            return scalars[index - 1]
        }
        if index < scalars.count, let whole = classEscape() {
            ranges += whole.ranges
            return nil
        }
        return try scalarEscape(start)
    }
}
