/// Turns the tree of a regular expression into the automaton's program.
struct PatternCompiler {
    private let ignoresCase: Bool
    private let limit: Int
    private var program: [Pattern.Instruction] = []

    init(ignoresCase: Bool, limit: Int) {
        self.ignoresCase = ignoresCase
        self.limit = limit
    }

    mutating func compile(_ node: PatternNode) throws(PatternError) -> [Pattern.Instruction] {
        try emit(.save(0))
        try add(node)
        try emit(.save(1))
        try emit(.match)
        return program
    }

    private mutating func emit(_ instruction: Pattern.Instruction) throws(PatternError) {
        guard program.count < limit else { throw PatternError(limit: .patternInstructions, allowed: limit) }
        program.append(instruction)
    }

    private mutating func add(_ node: PatternNode) throws(PatternError) {
        switch node {
        case .empty: break
        case .scalar(let scalar): try emit(.scalar(ignoresCase ? CaseFolding.lower(scalar) : scalar))
        case .anyButLineEnd: try emit(.anyButLineEnd)
        case .set(let set): try emit(.set(set))
        case .textStart: try emit(.textStart)
        case .textEnd: try emit(.textEnd)
        case .wordBoundary(let wanted): try emit(.wordBoundary(wanted))
        case .sequence(let parts): for part in parts { try add(part) }
        case .alternatives(let parts): try addAlternatives(parts)
        case .group(let inner, let number):
            try emit(.save(2 * number))
            try add(inner)
            try emit(.save(2 * number + 1))
        case .repeated(let inner, let least, let most, let isLazy):
            try addRepeated(inner, least, most, isLazy)
        }
    }

    private mutating func addAlternatives(_ parts: [PatternNode]) throws(PatternError) {
        var ends: [Int] = []
        for (position, part) in parts.enumerated() {
            if position == parts.count - 1 {
                try add(part)
                break
            }
            let split = program.count
            try emit(.split(split + 1, 0))
            try add(part)
            ends.append(program.count)
            try emit(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for end in ends { program[end] = .jump(program.count) }
    }

    private mutating func addRepeated(
        _ node: PatternNode, _ least: Int, _ most: Int?, _ isLazy: Bool
    ) throws(PatternError) {
        for _ in 0..<least {
            let start = program.count
            try add(node)
            // What emits nothing reaches no limit, and may stand repeated inside itself.
            if program.count == start { break }
        }
        guard let most else {
            let split = program.count
            try emit(.split(0, 0))
            try add(node)
            try emit(.jump(split))
            patch(split, into: split + 1, past: program.count, isLazy)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(least, most) {
            splits.append(program.count)
            try emit(.split(0, 0))
            try add(node)
        }
        for split in splits { patch(split, into: split + 1, past: program.count, isLazy) }
    }

    private mutating func patch(_ split: Int, into body: Int, past end: Int, _ isLazy: Bool) {
        program[split] = isLazy ? .split(end, body) : .split(body, end)
    }
}
