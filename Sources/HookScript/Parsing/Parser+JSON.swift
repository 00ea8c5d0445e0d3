import LosslessJSON

/// JSON literals, with variables inside strings and as whole values.
extension Parser {
    /// The JSON at the cursor. Parts without variables keep their spelling.
    mutating func json() throws(ParseError) -> JSONTemplate {
        let start = index
        if let plain = plainJSON() { return .literal(plain) }
        var purity = JSONPurity()
        let template = try jsonValue(&purity)
        guard purity.isPure else { return template }
        return .literal(try parsedJSON(start))
    }

    /// An array or object without a `$` in it, the cursor behind it. nil, and the cursor stays, where there is one, and
    /// where something is wrong, which is said better piece by piece.
    private mutating func plainJSON() -> JSON? {
        guard let end = plainJSONEnd() else { return nil }
        guard let found = try? JSON(parsing: Array(bytes[index..<end])) else { return nil }
        index = end
        return found
    }

    private func plainJSONEnd() -> Int? {
        var (end, open, isInString) = (index, 0, false)
        while end < bytes.count {
            switch bytes[end] {
            case .dollar: return nil
            case .backslash where isInString: end += 1
            case .doubleQuote: isInString.toggle()
            case _ where isInString: break
            case .openBrace, .openBracket:
                open += 1
                if depth + open > limits.nesting { return nil }
            case .closeBrace, .closeBracket:
                open -= 1
                if open == 0 { return end + 1 }
            default: break
            }
            if open == 0 { return nil }
            end += 1
        }
        return nil
    }

    /// The literal that was read from `start`, by the JSON parser itself.
    private func parsedJSON(_ start: Int) throws(ParseError) -> JSON {
        do throws(JSONSyntaxError) {
            return try JSON(parsing: Array(bytes[start..<index]))
        } catch {
            let place = min(start + error.offset, index)
            throw ParseError(code: .malformedJSON(.expectedValue(found: "")), span: SourceSpan(place, place + 1))
        }
    }

    private mutating func jsonValue(_ purity: inout JSONPurity) throws(ParseError) -> JSONTemplate {
        switch byte {
        case .openBrace, .openBracket:
            let isObject = byte == .openBrace
            let (found, inner) = try nested { (parser) throws(ParseError) in
                var inner = JSONPurity()
                let found = try isObject ? parser.jsonObject(&inner) : parser.jsonArray(&inner)
                return (found, inner)
            }
            purity.add(inner)
            return found
        case .doubleQuote: return try jsonString(&purity)
        case .dollar:
            guard let part = try value(withPath: true) else { throw malformed(.expectedValue(found: found())) }
            purity.isPure = false
            guard starts(with: "...") else { return .value(part) }
            index += 3
            return .spread(part)
        default: return .literal(try jsonScalar())
        }
    }

    private mutating func jsonObject(_ purity: inout JSONPurity) throws(ParseError) -> JSONTemplate {
        let start = index
        index += 1
        var members: [JSONTemplate.Member] = []
        var names: Set<String> = []
        try skipJSONSpace(start)
        while byte != .closeBrace {
            let nameStart = index
            guard byte == .doubleQuote else { throw malformed(.expectedName(found: found())) }
            let name = try jsonStringParts(&purity)
            let key = name.map { if case .text(let text) = $0 { text } else { "\u{0}\(index)" } }.joined()
            guard names.insert(key).inserted else {
                throw ParseError(code: .malformedJSON(.duplicateName(key)), span: span(from: nameStart))
            }
            try skipJSONSpace(start)
            guard take(.colon) else { throw malformed(.expectedColon(found: found())) }
            try skipJSONSpace(start)
            let value = try jsonValue(&purity)
            if case .spread = value { throw malformed(.spreadOutsideArray) }
            members.append(JSONTemplate.Member(name: name, value: value))
            try skipJSONSpace(start)
            guard take(.comma) else { break }
            try skipJSONSpace(start)
            if byte == .closeBrace { throw malformed(.expectedName(found: found())) }
        }
        guard take(.closeBrace) else { throw malformed(.expectedCommaOrEnd(found: found(), closing: "}")) }
        return .object(members)
    }

    private mutating func jsonArray(_ purity: inout JSONPurity) throws(ParseError) -> JSONTemplate {
        let start = index
        index += 1
        var elements: [JSONTemplate] = []
        try skipJSONSpace(start)
        while byte != .closeBracket {
            elements.append(try jsonValue(&purity))
            try skipJSONSpace(start)
            guard take(.comma) else { break }
            try skipJSONSpace(start)
            if byte == .closeBracket { throw malformed(.expectedValue(found: found())) }
        }
        guard take(.closeBracket) else { throw malformed(.expectedCommaOrEnd(found: found(), closing: "]")) }
        return .array(elements)
    }

    private mutating func jsonString(_ purity: inout JSONPurity) throws(ParseError) -> JSONTemplate {
        let start = index
        var own = JSONPurity()
        let parts = try jsonStringParts(&own)
        purity.add(own)
        return own.isPure ? .literal(try parsedJSON(start)) : .string(parts)
    }

    private mutating func jsonScalar() throws(ParseError) -> JSON {
        let start = index
        while byte.continuesName || byte == .dash || byte == .plus || byte == .dot { index += 1 }
        let spelling = text(start, index)
        switch spelling {
        case "true": return JSON(true)
        case "false": return JSON(false)
        case "null": return JSON.null
        case "": throw malformed(.expectedValue(found: found()))
        default:
            if let number = JSONNumber(spelling: spelling) { return JSON(number) }
            let startsNumber = spelling.utf8.first.map { $0.isDigit || $0 == .dash } ?? false
            let problem: JSONProblem = startsNumber ? .invalidNumber(spelling) : .invalidWord(spelling)
            throw ParseError(code: .malformedJSON(problem), span: span(from: start))
        }
    }

    private func malformed(_ problem: JSONProblem) -> ParseError {
        ParseError(code: .malformedJSON(problem), span: foundSpan())
    }

    /// Skips white space; at the end of the source the bracket at `start` was not closed.
    private mutating func skipJSONSpace(_ start: Int) throws(ParseError) {
        while byte.isBlankOrLineEnd { index += 1 }
        if isAtEnd {
            throw ParseError(code: .unterminatedBracket(text(start, start + 1)), span: SourceSpan(start, start + 1))
        }
    }
}

/// Whether a part of a literal is plain JSON, so that the JSON parser can take it as it is spelt.
struct JSONPurity {
    var isPure = true

    mutating func add(_ other: JSONPurity) {
        isPure = isPure && other.isPure
    }
}
