@testable import LosslessJSON

extension SeededGenerator {
    /// A made value, not read from a text.
    mutating func value(depth: Int = 4) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &self) {
        case 0: return .null
        case 1: return JSON(Bool.random(using: &self))
        case 2: return JSON(Int.random(in: -3...3, using: &self))
        case 3: return JSON(JSONNumber(spelling: numberSpelling())!)
        case 4, 5: return JSON(text())
        case 6: return JSON((0..<width()).map { _ in value(depth: depth - 1) })
        default: return JSON(JSONObject((0..<width()).map { _ in (name(), value(depth: depth - 1)) }))
        }
    }

    /// Mostly small; now and then large enough for a table.
    private mutating func width() -> Int {
        oneIn(12) ? Int.random(in: 16...40, using: &self) : Int.random(in: 0...5, using: &self)
    }

    mutating func text() -> String {
        let pieces = [
            "", "a", "object.created", "\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "e\u{301}", "漢字", "😀",
            "\u{FFFD}", "\u{2028}", "/", "long enough for two words",
        ]
        return (0..<Int.random(in: 0...3, using: &self)).map { _ in pick(pieces) }.joined()
    }

    mutating func name() -> String {
        oneIn(3)
            ? text()
            : pick(["a", "b", "url", "0", "1", "-", "*", "a.b", "x/y", "~", "channels", "configs"])
                + (oneIn(2) ? "" : "\(Int.random(in: 0..<50, using: &self))")
    }

    mutating func numberSpelling() -> String {
        func digits(_ range: ClosedRange<Int>, _ generator: inout SeededGenerator) -> String {
            (0..<Int.random(in: range, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }.joined()
        }
        var spelling = oneIn(2) ? "-" : ""
        spelling += oneIn(3) ? "0" : "\(Int.random(in: 1...9, using: &self))" + digits(0...20, &self)
        if oneIn(2) { spelling += "." + digits(1...20, &self) }
        if oneIn(3) { spelling += pick(["e", "E"]) + pick(["", "+", "-"]) + digits(1...4, &self) }
        return spelling
    }

    /// A text of the value with white space and escapes in random places.
    mutating func spelling(of json: JSON) -> String {
        let blank = blanks()
        switch json.kind {
        case .array:
            let elements = json.array!.map { spelling(of: $0) }
            return blank + "[" + (elements.isEmpty ? blanks() : elements.joined(separator: ",")) + "]" + blanks()
        case .object:
            let members = json.object!.map { spelling(ofText: $0.name) + ":" + spelling(of: $0.value) }
            return blank + "{" + (members.isEmpty ? blanks() : members.joined(separator: ",")) + "}" + blanks()
        case .string:
            return spelling(ofText: json.string!)
        default:
            return blank + json.text() + blanks()
        }
    }

    private mutating func blanks() -> String {
        oneIn(2)
            ? ""
            : (0..<Int.random(in: 0...12, using: &self)).map { _ in pick([" ", "  ", "\t", "\n", "\r\n"]) }.joined()
    }

    private mutating func spelling(ofText text: String) -> String {
        guard oneIn(2) else { return blanks() + JSON(text).text() + blanks() }
        let units = text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: oneIn(2))
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return blanks() + "\"" + units.joined() + "\"" + blanks()
    }

    /// A path to some place in the value; the whole value's is rare.
    mutating func place(in json: JSON) -> JSONPath {
        var path = JSONPath.root
        var value = json
        while value.count > 0, path.isEmpty || !oneIn(3) {
            let child = pick(value.children)
            path = path.appending(child.component)
            value = child.value
        }
        return path
    }

    /// The value with a few random edits.
    mutating func edited(_ json: JSON) -> JSON {
        var result = json
        for _ in 0..<Int.random(in: 0...4, using: &self) {
            let path = place(in: result)
            switch Int.random(in: 0..<3, using: &self) {
            case 0 where !path.isEmpty: try! result.remove(at: path)
            case 1 where result.value(at: path)!.kind == .array:
                let count = result.value(at: path)!.count
                try! result.insert(value(depth: 1), at: path.appending(Int.random(in: 0...count, using: &self)))
            default: try! result.set(value(depth: 2), at: path)
            }
        }
        return result
    }
}
