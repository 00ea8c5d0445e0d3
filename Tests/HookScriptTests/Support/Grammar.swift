import FoundationEssentials

/// The grammar at the end of docs/language.md, read from there, and sentences made from it.
struct Grammar: Sendable {
    indirect enum Part: Sendable {
        case literal([UInt8])
        case oneOf([UInt8])
        case rule(String)
        case sequence([Part])
        case choice([Part])
        /// Between so many times, `most` only as far as sentences are made.
        case repeated(Part, least: Int, most: Int)
    }

    struct Malformed: Error { let place: String }

    private(set) var rules: [String: Part] = [:]
    /// From this many bytes on a sentence comes to its end.
    private static let longest = 1500
    /// How deep a rule must go before it comes to an end.
    private var depths: [String: Int] = [:]

    private static let document: String? = {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try? String(contentsOfFile: root + "/docs/language.md", encoding: .utf8)
    }()

    /// The fenced blocks that name hookline's language, or none: scripts.
    static let examples: [String] = {
        var (found, open): ([String], String?) = ([], nil)
        var isOther = false
        for line in (document ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let text = open { found.append(text) }
                let begins = open == nil && !isOther
                let isScript = ["```", "```hookline"].contains(line)
                (open, isOther) = begins && isScript ? ("", false) : (nil, begins)
            } else if let text = open {
                open = text + line + "\n"
            }
        }
        return found
    }()

    /// The grammar of the document, by the first fenced block that says `ebnf`.
    static let ofDocument: Grammar? = {
        guard let text = document, let start = text.firstRange(of: "```ebnf\n"),
            let end = text[start.upperBound...].firstRange(of: "\n```")
        else { return nil }
        return try? Grammar(String(text[start.upperBound..<end.lowerBound]))
    }()

    init(_ text: String) throws {
        var reader = Reader(bytes: Array(text.utf8))
        while let (name, part) = try reader.rule() { rules[name] = part }
        var isSettled = false
        while !isSettled {
            isSettled = true
            for (name, part) in rules {
                guard let depth = depth(of: part), depth < depths[name] ?? .max else { continue }
                depths[name] = depth
                isSettled = false
            }
        }
    }

    /// How deep a part must go, nil while that is not known.
    private func depth(of part: Part) -> Int? {
        switch part {
        case .literal, .oneOf: 0
        case .rule(let name): depths[name].map { $0 + 1 }
        case .sequence(let parts):
            parts.reduce(0 as Int?) { found, part in
                guard let found, let own = depth(of: part) else { return nil }
                return max(found, own)
            }
        case .choice(let parts): parts.compactMap { depth(of: $0) }.min()
        case .repeated(let part, let least, _): least == 0 ? 0 : depth(of: part)
        }
    }

    /// The rules that a rule leads to, itself included.
    func reached(from name: String) -> Set<String> {
        var found: Set<String> = []
        var open = [name]
        while let next = open.popLast() {
            guard found.insert(next).inserted, let part = rules[next] else { continue }
            open += Self.names(in: part)
        }
        return found
    }

    static func names(in part: Part) -> [String] {
        switch part {
        case .literal, .oneOf: []
        case .rule(let name): [name]
        case .sequence(let parts), .choice(let parts): parts.flatMap(names)
        case .repeated(let part, _, _): names(in: part)
        }
    }

    static func literals(in part: Part) -> [String] {
        switch part {
        case .literal(let bytes): [String(decoding: bytes, as: UTF8.self)]
        case .oneOf, .rule: []
        case .sequence(let parts), .choice(let parts): parts.flatMap(literals)
        case .repeated(let part, _, _): literals(in: part)
        }
    }

    /// A sentence of a rule, the same for the same generator.
    func sentence(of rule: String, budget: Int, _ random: inout SeededGenerator) -> String {
        var bytes: [UInt8] = []
        write(.rule(rule), budget, &bytes, &random)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(_ part: Part, _ budget: Int, _ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        switch part {
        case .literal(let literal): bytes += literal
        case .oneOf(let choices): bytes.append(choices.randomElement(using: &random) ?? 0)
        case .rule(let name): write(rules[name] ?? .literal([]), budget - 1, &bytes, &random)
        case .sequence(let parts): for part in parts { write(part, budget, &bytes, &random) }
        case .choice(let parts):
            let shortest = parts.compactMap { depth(of: $0) }.min() ?? 0
            let allowed = bytes.count < Self.longest ? max(budget, shortest) : shortest
            let fitting = parts.filter { (depth(of: $0) ?? .max) <= allowed }
            if let chosen = fitting.randomElement(using: &random) { write(chosen, budget, &bytes, &random) }
        case .repeated(let part, let least, let most):
            let fits = bytes.count < Self.longest && (depth(of: part) ?? .max) <= budget
            let count = fits ? Int.random(in: least...most, using: &random) : least
            for _ in 0..<count { write(part, budget, &bytes, &random) }
        }
    }
}

/// Reads the notation of the XML recommendation, as far as the grammar uses it.
private struct Reader {
    let bytes: [UInt8]
    var index = 0

    private var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skip() {
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") { index += 1 }
    }

    private func malformed() -> Grammar.Malformed {
        Grammar.Malformed(place: String(decoding: bytes[min(index, bytes.count)...].prefix(40), as: UTF8.self))
    }

    private mutating func take(_ text: String) -> Bool {
        guard bytes[min(index, bytes.count)...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    mutating func rule() throws -> (String, Grammar.Part)? {
        skip()
        if index >= bytes.count { return nil }
        let name = name()
        skip()
        guard !name.isEmpty, take("::=") else { throw malformed() }
        return (name, try choice())
    }

    private mutating func name() -> String {
        let start = index
        while byte == 0x5F || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func choice() throws -> Grammar.Part {
        var parts = [try sequence()]
        while take("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence() throws -> Grammar.Part {
        var parts: [Grammar.Part] = []
        while true {
            skip()
            if byte == 0 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ")") || beginsRule() { break }
            parts.append(try repeated())
        }
        return .sequence(parts)
    }

    private func beginsRule() -> Bool {
        var copy = self
        guard !copy.name().isEmpty else { return false }
        copy.skip()
        return copy.take("::=")
    }

    private mutating func repeated() throws -> Grammar.Part {
        let part = try primary()
        if take("?") { return .repeated(part, least: 0, most: 1) }
        if take("*") { return .repeated(part, least: 0, most: 3) }
        if take("+") { return .repeated(part, least: 1, most: 3) }
        return part
    }

    private mutating func primary() throws -> Grammar.Part {
        switch byte {
        case UInt8(ascii: "("):
            index += 1
            let inner = try choice()
            guard take(")") else { throw malformed() }
            return inner
        case UInt8(ascii: "["): return .oneOf(try characterClass())
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .literal(try literal())
        default:
            let name = name()
            if name.isEmpty { throw malformed() }
            return .rule(name)
        }
    }

    private mutating func character() throws -> UInt8 {
        defer { index += 1 }
        guard byte == UInt8(ascii: "\\") else { return byte }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): return byte
        default: throw malformed()
        }
    }

    private mutating func literal() throws -> [UInt8] {
        let quote = byte
        index += 1
        var found: [UInt8] = []
        while byte != quote {
            if byte == 0 { throw malformed() }
            found.append(try character())
        }
        index += 1
        return found
    }

    private mutating func characterClass() throws -> [UInt8] {
        index += 1
        var found: [UInt8] = []
        while byte != UInt8(ascii: "]") {
            if byte == 0 { throw malformed() }
            let low = try character()
            if byte == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "]") {
                index += 1
                found += Array(low...max(low, try character()))
            } else {
                found.append(low)
            }
        }
        index += 1
        return found
    }
}
