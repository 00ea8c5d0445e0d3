/// Reads one JSON text in a single pass over its bytes into a tape. The grammar is RFC 8259's, to the letter; nesting is a
/// stack of its own, never the call stack's.
struct Parser {
    /// A container that is still open.
    struct Frame {
        /// The tape index of its opening entry.
        var open: Int
        /// Elements or names so far.
        var count: Int
        /// One bit per name so far (see ``nameBit(_:)``): a bit not set is a name not seen.
        var names: UInt64
        var isObject: Bool
    }

    let source: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var position = 0
    var tape: [Document.Entry] = []
    var tables = ContainerTables()
    /// The innermost open container; those around it are on the stack.
    var frame = Frame(open: -1, count: 0, names: 0, isObject: false)
    var stack: [Frame] = []

    init(source: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.source = source
        self.limits = limits
        stack.reserveCapacity(32)
        tape.reserveCapacity(max(8, min(source.count / 12, 1 << 16)))
    }

    /// Parses `source` into a document.
    static func parse(_ source: [UInt8], limits: JSONLimits) throws(JSONSyntaxError) -> Document {
        let (tape, tables) = try source.withUnsafeBufferPointer {
            (bytes) throws(JSONSyntaxError) -> ([Document.Entry], ContainerTables) in
            var parser = Parser(source: bytes, limits: limits)
            try parser.parseText()
            return (parser.tape, parser.tables)
        }
        return Document(source: source, tape: tape, tables: tables)
    }

    func failure(_ reason: JSONSyntaxError.Reason, at offset: Int) -> JSONSyntaxError {
        JSONSyntaxError(reason, at: offset, in: source)
    }

    /// The error for what stands at `position`, where `expected` should.
    func unexpected(_ expected: JSONSyntaxError.Expectation) -> JSONSyntaxError {
        guard position < source.count else { return failure(.unexpectedEnd(expected: expected), at: source.count) }
        guard let scalar = UTF8Validation.scalar(at: position, in: source) else {
            return failure(.invalidUTF8(source[position]), at: position)
        }
        return failure(.unexpectedCharacter(scalar, expected: expected), at: position)
    }

    // MARK: The text

    private mutating func parseText() throws(JSONSyntaxError) {
        guard source.count <= limits.maximumSize else {
            throw failure(.tooLarge(size: source.count, limit: limits.maximumSize), at: 0)
        }
        if source.count >= 3, source[0] == 0xEF, source[1] == 0xBB, source[2] == 0xBF {
            throw failure(.byteOrderMark, at: 0)
        }
        skipWhiteSpace()
        guard position < source.count else { throw failure(.empty, at: source.count) }
        try parseValue()
        skipWhiteSpace()
        guard position == source.count else { throw failure(.trailingContent, at: position) }
    }

    /// Parses the value at `position` with all that it holds.
    private mutating func parseValue() throws(JSONSyntaxError) {
        while true {
            guard position < source.count else { throw unexpected(expectationOfValue) }
            var isComplete = true
            switch source[position] {
            case Byte.quote: try parseString()
            case Byte.openBrace: isComplete = try openObject()
            case Byte.openBracket: isComplete = try openArray()
            case Byte.minus, Byte.zero...Byte.nine: try parseNumber()
            case Byte.lowerT: try parseLiteral("true")
            case Byte.lowerF: try parseLiteral("false")
            case Byte.lowerN: try parseLiteral("null")
            default: throw unexpected(expectationOfValue)
            }
            if isComplete, try !advanceToNextValue() { return }
        }
    }

    /// A value may be missing only right after an array's opening bracket.
    private var expectationOfValue: JSONSyntaxError.Expectation {
        !stack.isEmpty && !frame.isObject && frame.count == 1 ? .valueOrArrayEnd : .value
    }

    /// After a complete value: closes what ends here and stands on the next value, or says that the outermost is done.
    @inline(__always)
    private mutating func advanceToNextValue() throws(JSONSyntaxError) -> Bool {
        while !stack.isEmpty {
            skipWhiteSpace()
            guard position < source.count else {
                throw unexpected(frame.isObject ? .commaOrObjectEnd : .commaOrArrayEnd)
            }
            let byte = source[position]
            if byte == Byte.comma {
                position += 1
                skipWhiteSpace()
                if frame.isObject { try parseName(.name) } else { frame.count += 1 }
                return true
            }
            if frame.isObject {
                guard byte == Byte.closeBrace else { throw unexpected(.commaOrObjectEnd) }
            } else {
                guard byte == Byte.closeBracket else { throw unexpected(.commaOrArrayEnd) }
            }
            try close()
        }
        return false
    }

    // MARK: Containers

    /// Opens the object at `position`; returns whether it is complete (empty). Otherwise its first value comes next.
    private mutating func openObject() throws(JSONSyntaxError) -> Bool {
        try open(isObject: true)
        if position < source.count, source[position] == Byte.closeBrace {
            try close()
            return true
        }
        try parseName(.nameOrObjectEnd)
        return false
    }

    /// Opens the array at `position`; returns whether it is complete (empty).
    private mutating func openArray() throws(JSONSyntaxError) -> Bool {
        try open(isObject: false)
        if position < source.count, source[position] == Byte.closeBracket {
            try close()
            return true
        }
        frame.count = 1
        return false
    }

    @inline(__always)
    private mutating func open(isObject: Bool) throws(JSONSyntaxError) {
        guard stack.count < limits.maximumDepth else {
            throw failure(.tooDeep(limit: limits.maximumDepth), at: position)
        }
        stack.append(frame)
        frame = Frame(open: tape.count, count: 0, names: 0, isObject: isObject)
        append(start: position, info: 0)
        position += 1
        skipWhiteSpace()
    }

    /// Closes the innermost container at its closing bracket.
    @inline(__always)
    private mutating func close() throws(JSONSyntaxError) {
        let closing = tape.count
        tape[frame.open].info = UInt32(truncatingIfNeeded: closing)
        append(start: position, info: UInt32(truncatingIfNeeded: frame.count))
        if frame.count > ContainerTables.threshold { try addTable(closing: closing) }
        position += 1
        frame = stack.removeLast()
    }

    private mutating func addTable(closing: Int) throws(JSONSyntaxError) {
        let first = frame.open + 1
        let duplicate = tape.withUnsafeBufferPointer { tape -> Int? in
            let reader = TapeReader(source: source, tape: tape)
            guard frame.isObject else {
                tables.addArray(closing: closing, first: first, count: frame.count, in: reader)
                return nil
            }
            return tables.addObject(closing: closing, first: first, count: frame.count, in: reader)
        }
        if let duplicate { throw duplicateName(duplicate) }
    }

    // MARK: The tape

    @inline(__always)
    mutating func append(start: Int, info: UInt32) {
        if tape.count == tape.capacity { growTape() }
        tape.append(Document.Entry(start: UInt32(truncatingIfNeeded: start), info: info))
    }

    /// Makes room for what the rest will need if it is like the part read so far, so that a long text copies its tape
    /// seldom; but for no more than four times as much as now, as the beginning may be unlike the rest.
    @inline(never)
    private mutating func growTape() {
        let perByte = Double(tape.count + 1) / Double(max(1, position))
        let estimate = Int(perByte * Double(source.count) * 1.05) + 16
        tape.reserveCapacity(max(min(estimate, tape.count * 4), tape.count + tape.count / 4 + 16))
    }

    // MARK: White space

    @inline(__always)
    mutating func skipWhiteSpace() {
        guard position < source.count, source[position] <= Byte.space else { return }
        skipLongWhiteSpace()
    }

    @inline(never)
    private mutating func skipLongWhiteSpace() {
        var position = position
        let end = source.count
        while position < end, Byte.isWhiteSpace(source[position]) {
            position += 1
            while position + 8 <= end, Word.load(source, at: position) == Word.repeated(Byte.space) { position += 8 }
        }
        self.position = position
    }
}
