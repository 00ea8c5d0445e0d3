import LosslessJSON

/// Reads what stands within the marks of a template: values, filters, conditions.
struct TemplateExpressionReader {
    /// How deep a condition may nest.
    private static let depth = 32
    /// How many terms a condition may have: those of one `or` nest, too.
    private static let termLimit = 256

    private let source: ArraySlice<UInt8>
    /// Where the content starts in the whole source.
    private let base: Int
    private var position: Int
    private var level = 0
    private var terms = 0

    init(source: ArraySlice<UInt8>, offset: Int) {
        self.source = source
        base = offset - source.startIndex
        position = source.startIndex
    }

    func failure(_ reason: TemplateError.Reason) -> TemplateError {
        TemplateError(reason: reason, offset: base + position)
    }

    mutating func end() throws(TemplateError) {
        skipBlanks()
        guard position == source.endIndex else { throw failure(.expected("the end of the mark")) }
    }

    /// A name: a letter or `_`, then letters, digits, `_` and `-`.
    mutating func word() throws(TemplateError) -> String {
        skipBlanks()
        let start = position
        while let byte = peek, Self.isNameByte(byte, first: position == start) { position += 1 }
        guard position > start else { throw failure(.expected("a name")) }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    mutating func expression() throws(TemplateError) -> TemplateExpression {
        let operand = try operand()
        var filters: [TemplateExpression.Application] = []
        while take("|") {
            let name = try word()
            guard let filter = TemplateFilter(rawValue: name) else { throw failure(.unknownFilter(name)) }
            let arguments = take("(") ? try self.arguments() : []
            guard filter.argumentCount.contains(arguments.count) else { throw failure(.arguments(filter: name)) }
            guard filters.count < TemplateLimits.standard.filters else {
                throw failure(.tooManyFilters(limit: TemplateLimits.standard.filters))
            }
            filters.append(TemplateExpression.Application(filter: filter, arguments: arguments))
        }
        return TemplateExpression(operand: operand, filters: filters)
    }

    mutating func condition() throws(TemplateError) -> TemplateCondition {
        level += 1
        defer { level -= 1 }
        guard level <= Self.depth else { throw failure(.tooDeep(limit: Self.depth)) }
        var left = try conjunction()
        while takeWord("or") { left = .either(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(TemplateError) -> TemplateCondition {
        var left = try negation()
        while takeWord("and") { left = .both(left, try negation()) }
        return left
    }

    private mutating func negation() throws(TemplateError) -> TemplateCondition {
        var isNegated = false
        while takeWord("not") { isNegated.toggle() }
        let condition = try comparison()
        return isNegated ? .not(condition) : condition
    }

    private mutating func comparison() throws(TemplateError) -> TemplateCondition {
        terms += 1
        guard terms <= Self.termLimit else { throw failure(.tooDeep(limit: Self.termLimit)) }
        if take("(") {
            let inner = try condition()
            guard take(")") else { throw failure(.expected("')'")) }
            return inner
        }
        let left = try expression()
        if take("==") { return .equal(left, try expression()) }
        if take("!=") { return .not(.equal(left, try expression())) }
        if takeWord("in") { return .contains(left, in: try expression()) }
        return .holds(left)
    }

    private mutating func arguments() throws(TemplateError) -> [TemplateExpression.Operand] {
        var arguments: [TemplateExpression.Operand] = []
        if take(")") { return arguments }
        repeat { arguments.append(try operand()) } while take(",")
        guard take(")") else { throw failure(.expected("')'")) }
        return arguments
    }

    private mutating func operand() throws(TemplateError) -> TemplateExpression.Operand {
        skipBlanks()
        if let byte = peek {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return .literal(JSON(try quoted())) }
            if Self.isDigit(byte) || byte == UInt8(ascii: "-") { return .literal(try number()) }
        }
        let name = try word()
        switch name {
        case "true": return .literal(true)
        case "false": return .literal(false)
        case "null", "none": return .literal(.null)
        default: return .path(try path(from: name))
        }
    }

    private mutating func path(from name: String) throws(TemplateError) -> [JSONPath.Component] {
        var path: [JSONPath.Component] = [.name(name)]
        while let byte = peek {
            if byte == UInt8(ascii: ".") {
                position += 1
                if let digit = peek, Self.isDigit(digit) {
                    path.append(.index(try index()))
                } else {
                    path.append(.name(try word()))
                }
            } else if byte == UInt8(ascii: "[") {
                position += 1
                skipBlanks()
                if let digit = peek, Self.isDigit(digit) {
                    path.append(.index(try index()))
                } else {
                    path.append(.name(try quoted()))
                }
                guard take("]") else { throw failure(.expected("']'")) }
            } else {
                break
            }
        }
        return path
    }

    private mutating func index() throws(TemplateError) -> Int {
        let start = position
        while let byte = peek, Self.isDigit(byte) { position += 1 }
        guard let index = Int(String(decoding: source[start..<position], as: UTF8.self)) else {
            throw failure(.expected("a smaller number"))
        }
        return index
    }

    private mutating func number() throws(TemplateError) -> JSON {
        let start = position
        while let byte = peek, Self.isDigit(byte) || "-+.eE".utf8.contains(byte) { position += 1 }
        let spelling = String(decoding: source[start..<position], as: UTF8.self)
        guard let number = JSONNumber(spelling: spelling) else { throw failure(.expected("a number")) }
        return JSON(number)
    }

    /// A text in either kind of quotes; a backslash takes the next character as it is, `\n` is a line feed.
    private mutating func quoted() throws(TemplateError) -> String {
        guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw failure(.expected("a text in quotes"))
        }
        position += 1
        var bytes: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == quote { return String(decoding: bytes, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\"), let next = peek else {
                bytes.append(byte)
                continue
            }
            position += 1
            bytes.append(next == UInt8(ascii: "n") ? 0x0A : next)
        }
        throw failure(.expected("the closing quote"))
    }

    private var peek: UInt8? { position < source.endIndex ? source[position] : nil }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    private mutating func take(_ mark: String) -> Bool {
        skipBlanks()
        guard source[position...].starts(with: mark.utf8) else { return false }
        position += mark.utf8.count
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        skipBlanks()
        let rest = source[position...]
        guard rest.starts(with: word.utf8) else { return false }
        if let next = rest.dropFirst(word.utf8.count).first, Self.isNameByte(next, first: false) { return false }
        position += word.utf8.count
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): !first
        default: false
        }
    }
}
