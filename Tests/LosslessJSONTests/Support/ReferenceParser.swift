/// The grammar of RFC 8259 written down a second time, as plainly as possible and by characters instead of bytes: what
/// LosslessJSON's parser is held against. Recursive and slow.
struct ReferenceParser {
    indirect enum Value: Equatable {
        case null
        case boolean(Bool)
        case number(String)
        case string(String)
        case array([Value])
        case object([(name: String, value: Value)])

        static func == (a: Value, b: Value) -> Bool { "\(a)" == "\(b)" }
    }

    private struct Refused: Error {}

    private let scalars: [Unicode.Scalar]
    private var position = 0

    /// The value of a text, or nil if it is none.
    static func parse(_ bytes: [UInt8]) -> Value? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var parser = ReferenceParser(scalars: Array(text.unicodeScalars))
        return try? parser.parseText()
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) throws {
        guard next == scalar else { throw Refused() }
        position += 1
    }

    private mutating func skipWhiteSpace() {
        while let next, " \t\n\r".unicodeScalars.contains(next) { position += 1 }
    }

    private mutating func parseText() throws -> Value {
        let value = try parseValue()
        guard position == scalars.count else { throw Refused() }
        return value
    }

    /// ws value ws
    private mutating func parseValue() throws -> Value {
        skipWhiteSpace()
        defer { skipWhiteSpace() }
        switch next {
        case "{": return try parseObject()
        case "[": return try parseArray()
        case "\"": return .string(try parseString())
        case "t": return try parseWord("true", .boolean(true))
        case "f": return try parseWord("false", .boolean(false))
        case "n": return try parseWord("null", .null)
        default: return .number(try parseNumber())
        }
    }

    private mutating func parseWord(_ word: String, _ value: Value) throws -> Value {
        for scalar in word.unicodeScalars { try take(scalar) }
        return value
    }

    private mutating func parseObject() throws -> Value {
        var members: [(name: String, value: Value)] = []
        try take("{")
        skipWhiteSpace()
        if next == "}" {
            position += 1
            return .object([])
        }
        while true {
            skipWhiteSpace()
            let name = try parseString()
            guard !members.contains(where: { Array($0.name.utf8) == Array(name.utf8) }) else { throw Refused() }
            skipWhiteSpace()
            try take(":")
            members.append((name, try parseValue()))
            if next == "}" { break }
            try take(",")
        }
        try take("}")
        return .object(members)
    }

    private mutating func parseArray() throws -> Value {
        var elements: [Value] = []
        try take("[")
        skipWhiteSpace()
        if next == "]" {
            position += 1
            return .array([])
        }
        while true {
            elements.append(try parseValue())
            if next == "]" { break }
            try take(",")
        }
        try take("]")
        return .array(elements)
    }

    private mutating func parseString() throws -> String {
        var units: [UInt16] = []
        try take("\"")
        while let scalar = next, scalar != "\"" {
            position += 1
            guard scalar.value >= 0x20 else { throw Refused() }
            units += scalar == "\\" ? [try parseEscape()] : Array(String(scalar).utf16)
        }
        try take("\"")
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func parseEscape() throws -> UInt16 {
        guard let scalar = next else { throw Refused() }
        position += 1
        let simple: [Unicode.Scalar: UInt16] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
        ]
        if let unit = simple[scalar] { return unit }
        guard scalar == "u", position + 4 <= scalars.count else { throw Refused() }
        var digits = ""
        digits.unicodeScalars.append(contentsOf: scalars[position..<position + 4])
        guard digits.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit), let unit = UInt16(digits, radix: 16)
        else { throw Refused() }
        position += 4
        return unit
    }

    private mutating func parseNumber() throws -> String {
        let start = position
        if next == "-" { position += 1 }
        if next == "0" { position += 1 } else { try takeDigits() }
        if next == "." {
            position += 1
            try takeDigits()
        }
        if next == "e" || next == "E" {
            position += 1
            if next == "+" || next == "-" { position += 1 }
            try takeDigits()
        }
        var spelling = ""
        spelling.unicodeScalars.append(contentsOf: scalars[start..<position])
        return spelling
    }

    private mutating func takeDigits() throws {
        let start = position
        while let next, ("0"..."9").contains(next) { position += 1 }
        guard position > start else { throw Refused() }
    }
}
