/// Where a pattern matched, as UTF-8 offsets in the text.
package struct PatternMatch: Hashable, Sendable {
    package let range: Range<Int>
    /// The groups from the first; nil for one that took no part.
    package let groups: [Range<Int>?]
}

extension Pattern {
    /// The leftmost match at or after an offset.
    package func firstMatch(in bytes: [UInt8], from offset: Int = 0) -> PatternMatch? {
        var run = PatternRun(self)
        return run.first(in: bytes, from: offset)
    }

    /// Every match in a text from left to right, none overlapping another.
    package func allMatches(in text: String) -> [PatternMatch] {
        let bytes = Array(text.utf8)
        var run = PatternRun(self)
        var matches: [PatternMatch] = []
        var offset = 0
        while offset <= bytes.count, let match = run.first(in: bytes, from: offset) {
            matches.append(match)
            offset = match.range.upperBound
            if match.range.isEmpty {
                offset += 1
                while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            }
        }
        return matches
    }
}

/// A run of the automaton (Thompson's simulation with Pike's groups): all ways at once, each instruction at most once a
/// character, so the work is at most the program's length times the text's.
struct PatternRun {
    private let pattern: Pattern
    private var current: Threads
    private var next: Threads
    /// How many instructions have been followed, for tests of linear time.
    private(set) var steps = 0

    init(_ pattern: Pattern) {
        self.pattern = pattern
        current = Threads(size: pattern.program.count)
        next = current
    }

    mutating func first(in bytes: [UInt8], from offset: Int) -> PatternMatch? {
        current.clear()
        var found: [Int]?
        var place = offset
        while true {
            if found == nil { follow(0, blankSlots, place, bytes, isNext: false) }
            let (scalar, length) = PatternText.scalar(in: bytes, at: place)
            next.clear()
            step(scalar, place, place + length, bytes, &found)
            swap(&current, &next)
            if found != nil, current.order.isEmpty { break }
            if place >= bytes.count { break }
            place += length
        }
        return found.map(match)
    }

    private var blankSlots: [Int] { Array(repeating: -1, count: 2 * (pattern.groupCount + 1)) }

    private func match(_ slots: [Int]) -> PatternMatch {
        let groups = stride(from: 2, to: slots.count, by: 2).map { slot in
            slots[slot] >= 0 && slots[slot + 1] >= slots[slot] ? slots[slot]..<slots[slot + 1] : nil
        }
        return PatternMatch(range: slots[0]..<max(slots[0], slots[1]), groups: groups)
    }

    private mutating func step(
        _ scalar: UInt32, _ place: Int, _ after: Int, _ bytes: [UInt8], _ found: inout [Int]?
    ) {
        for thread in 0..<current.order.count {
            let instruction = current.order[thread]
            if case .match = pattern.program[instruction] {
                found = current.slots[thread]
                return
            }
            if pattern.accepts(scalar, at: instruction) {
                follow(instruction + 1, current.slots[thread], after, bytes, isNext: true)
            }
        }
    }

    /// Adds what is reached from an instruction without reading, in order of preference, without recursion.
    private mutating func follow(
        _ instruction: Int, _ slots: [Int], _ place: Int, _ bytes: [UInt8], isNext: Bool
    ) {
        var pending = [(instruction, slots)]
        while var (at, slots) = pending.popLast() {
            while isNext ? next.visit(at) : current.visit(at) {
                steps += 1
                switch pattern.program[at] {
                case .jump(let target): at = target
                case .split(let preferred, let other):
                    pending.append((other, slots))
                    at = preferred
                case .save(let slot):
                    slots[slot] = place
                    at += 1
                case .textStart where place == 0: at += 1
                case .textEnd where place == bytes.count: at += 1
                case .wordBoundary(let wanted) where PatternText.isWordBoundary(bytes, place) == wanted: at += 1
                case .textStart, .textEnd, .wordBoundary: break
                default:
                    if isNext { next.add(at, slots) } else { current.add(at, slots) }
                }
            }
        }
    }
}

/// The instructions that are reached, in order of preference.
private struct Threads {
    var order: [Int] = []
    var slots: [[Int]] = []
    private var marks: [UInt32]
    private var generation: UInt32 = 1

    init(size: Int) {
        marks = Array(repeating: 0, count: size)
    }

    mutating func clear() {
        order.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        generation &+= 1
        if generation == 0 {
            for index in marks.indices { marks[index] = 0 }
            generation = 1
        }
    }

    /// Marks an instruction; false if it is marked already.
    mutating func visit(_ instruction: Int) -> Bool {
        guard marks[instruction] != generation else { return false }
        marks[instruction] = generation
        return true
    }

    mutating func add(_ instruction: Int, _ threadSlots: [Int]) {
        order.append(instruction)
        slots.append(threadSlots)
    }
}
