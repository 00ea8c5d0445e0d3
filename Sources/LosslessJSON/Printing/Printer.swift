/// Writes values into a buffer. What is open is a list, not the call stack.
struct Printer {
    /// An owned container that is being written.
    private struct Frame {
        var elements: JSON.Elements
        var members: JSON.Members
        let isObject: Bool
        var isFirst = true

        init(_ json: JSON) {
            isObject = json.kind == .object
            elements = json.elements
            members = json.members
        }
    }

    let style: JSONStyle
    private(set) var output: [UInt8] = []
    private var frames: [Frame] = []

    init(style: JSONStyle) { self.style = style }

    mutating func print(_ json: JSON) {
        begin(json)
        while !frames.isEmpty { advance() }
    }

    /// Writes a scalar or a view, or opens an owned container.
    private mutating func begin(_ json: JSON) {
        switch json.storage {
        case .null: output.append(contentsOf: "null".utf8)
        case .boolean(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number): output.append(contentsOf: number.spelling.utf8)
        case .string(let text): StringEscaping.write(text, to: &output)
        case .array, .object: open(json)
        case .view(let document, let node): write(document, Int(node))
        }
    }

    private mutating func open(_ json: JSON) {
        let frame = Frame(json)
        guard json.count > 0 else {
            output.append(contentsOf: (frame.isObject ? "{}" : "[]").utf8)
            return
        }
        output.append(frame.isObject ? Byte.openBrace : Byte.openBracket)
        frames.append(frame)
    }

    /// Writes the next child of the innermost container, or closes it.
    private mutating func advance() {
        let last = frames.count - 1
        let isFirst = frames[last].isFirst
        frames[last].isFirst = false
        if frames[last].isObject {
            guard let member = frames[last].members.next() else { return close(Byte.closeBrace) }
            separate(isFirst)
            begin(member.name)
            output.append(Byte.colon)
            if style == .pretty { output.append(Byte.space) }
            begin(member.value)
        } else {
            guard let element = frames[last].elements.next() else { return close(Byte.closeBracket) }
            separate(isFirst)
            begin(element)
        }
    }

    private mutating func separate(_ isFirst: Bool) {
        if !isFirst { output.append(Byte.comma) }
        if style == .pretty { newLine(level: frames.count) }
    }

    private mutating func close(_ bracket: UInt8) {
        frames.removeLast()
        if style == .pretty { newLine(level: frames.count) }
        output.append(bracket)
    }

    private mutating func newLine(level: Int) {
        output.append(Byte.lineFeed)
        output.append(contentsOf: repeatElement(Byte.space, count: level * 2))
    }

    // MARK: Views

    private mutating func write(_ document: Document, _ node: Int) {
        switch style {
        case .source: output.append(contentsOf: document.source[document.range(at: node)])
        case .compact: writeCompact(document, node)
        case .pretty: writePretty(document, node)
        }
    }

    /// Copies the source without the white space between tokens, in runs as long as there is none.
    private mutating func writeCompact(_ document: Document, _ node: Int) {
        let range = document.range(at: node)
        output.reserveCapacity(output.count + range.count)
        document.source.withUnsafeBufferPointer { source in
            var run = range.lowerBound
            var end = run
            for index in node..<document.next(after: node) {
                let token = document.token(at: index)
                let gap = end..<token.lowerBound
                end = token.upperBound
                // Most often a gap is empty, or its comma or colon.
                if gap.isEmpty || gap.count == 1 && !Byte.isWhiteSpace(source[gap.lowerBound]) { continue }
                output.append(contentsOf: UnsafeBufferPointer(rebasing: source[run..<gap.lowerBound]))
                for byte in source[gap] where !Byte.isWhiteSpace(byte) { output.append(byte) }
                run = token.lowerBound
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: source[run..<end]))
        }
    }

    /// Copies the tokens, with the white space that the brackets, commas and colons between them ask for.
    private mutating func writePretty(_ document: Document, _ node: Int) {
        let outer = frames.count
        var level = outer
        var end = Int(document.tape[node].start)
        for index in node..<document.next(after: node) {
            let token = document.token(at: index)
            let byte = document.source[token.lowerBound]
            let isOpening = byte == Byte.openBrace || byte == Byte.openBracket
            let isClosing = byte == Byte.closeBrace || byte == Byte.closeBracket
            if isClosing { level -= 1 }
            let separator = document.source[end..<token.lowerBound].first { !Byte.isWhiteSpace($0) }
            if let separator { output.append(separator) }
            let follows = index > node && document.isOpening(at: index - 1)
            if separator == Byte.colon {
                output.append(Byte.space)
            } else if separator == Byte.comma || follows != isClosing {
                newLine(level: level)
            }
            output.append(contentsOf: document.source[token])
            if isOpening { level += 1 }
            end = token.upperBound
        }
    }
}

extension Document {
    /// The bytes of the one token at a tape index: a bracket, a name, a scalar.
    fileprivate func token(at index: Int) -> Range<Int> {
        let entry = tape[index]
        let start = Int(entry.start)
        switch source[start] {
        case Byte.openBrace, Byte.openBracket, Byte.closeBrace, Byte.closeBracket: return start..<start + 1
        default: return start..<start + entry.length
        }
    }

    fileprivate func isOpening(at index: Int) -> Bool { isContainer(at: index) }
}
