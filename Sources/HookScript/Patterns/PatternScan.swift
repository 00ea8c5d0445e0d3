extension Pattern {
    /// Whether the pattern matches somewhere in a text.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { PatternScan.run(self, on: $0).found }
    }
}

/// A run of the automaton that only asks whether it matches: no preferences, no groups, and no memory but a piece of the
/// stack, since a condition asks it of every record.
struct PatternScan {
    private let pattern: Pattern
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The scalar that was read last, the instructions that waited for it, and those that wait for the one after it.
    private var scalar = PatternText.end
    private var current: InstructionList
    private var next: InstructionList
    /// Instructions that were put off while others were followed.
    private var pending: InstructionList
    /// For each instruction the last round in which it was followed: once a round is enough.
    private let marks: UnsafeMutableBufferPointer<Int>
    private var round = 0
    private var steps = 0

    /// - Returns: whether it matches, and how many instructions were followed, for tests of linear time.
    static func run(_ pattern: Pattern, on bytes: UnsafeBufferPointer<UInt8>) -> (found: Bool, steps: Int) {
        let count = pattern.program.count
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 4 * count) { memory in
            memory.initialize(repeating: 0)
            func part(_ index: Int) -> UnsafeMutableBufferPointer<Int> {
                UnsafeMutableBufferPointer(rebasing: memory[(index * count)..<((index + 1) * count)])
            }
            var scan = PatternScan(
                pattern: pattern, bytes: bytes, current: InstructionList(part(0)), next: InstructionList(part(1)),
                pending: InstructionList(part(2)), marks: part(3))
            return (scan.finds(), scan.steps)
        }
    }

    private init(
        pattern: Pattern, bytes: UnsafeBufferPointer<UInt8>, current: InstructionList, next: InstructionList,
        pending: InstructionList, marks: UnsafeMutableBufferPointer<Int>
    ) {
        self.pattern = pattern
        self.bytes = bytes
        self.current = current
        self.next = next
        self.pending = pending
        self.marks = marks
    }

    private mutating func finds() -> Bool {
        var place = 0
        while true {
            round += 1
            for index in 0..<current.count where pattern.accepts(scalar, at: current[index]) {
                if follow(current[index] + 1, at: place) { return true }
            }
            // A match may begin anywhere.
            if follow(0, at: place) { return true }
            if place >= bytes.count { return false }
            let length: Int
            (scalar, length) = PatternText.scalar(in: bytes, at: place)
            place += length
            swap(&current, &next)
            next.removeAll()
        }
    }

    /// Adds what is reached from an instruction without reading; true if that is the end of the pattern.
    private mutating func follow(_ instruction: Int, at place: Int) -> Bool {
        pending.removeAll()
        pending.append(instruction)
        while var at = pending.popLast() {
            while marks[at] != round {
                marks[at] = round
                steps += 1
                switch pattern.program[at] {
                case .match: return true
                case .jump(let target): at = target
                case .split(let one, let other):
                    pending.append(other)
                    at = one
                case .save: at += 1
                case .textStart where place == 0: at += 1
                case .textEnd where place == bytes.count: at += 1
                case .wordBoundary(let wanted) where PatternText.isWordBoundary(bytes, place) == wanted: at += 1
                case .textStart, .textEnd, .wordBoundary: break
                case .scalar, .anyButLineEnd, .set: next.append(at)
                }
            }
        }
        return false
    }
}

/// Instructions in a piece of memory that holds one of each at most.
private struct InstructionList {
    private let memory: UnsafeMutableBufferPointer<Int>
    private(set) var count = 0

    init(_ memory: UnsafeMutableBufferPointer<Int>) { self.memory = memory }

    subscript(index: Int) -> Int { memory[index] }

    mutating func append(_ instruction: Int) {
        memory[count] = instruction
        count += 1
    }

    mutating func popLast() -> Int? {
        guard count > 0 else { return nil }
        count -= 1
        return memory[count]
    }

    mutating func removeAll() { count = 0 }
}
