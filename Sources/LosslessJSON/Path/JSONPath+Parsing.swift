extension JSONPath {
    /// Reads a path as it is typed: dotted, or a JSON pointer if it starts with `/`.
    ///
    ///     path   = "." | pointer | step { "." name | "." "*" | bracket }
    ///     step   = name | "*" | bracket
    ///     bracket = "[" ( index | "*" | "\"" JSON string "\"" | "'" anything but "'" "'" ) "]"
    ///     name   = one or more characters but . [ ] " ' * and white space
    package init(parsing text: String) throws(JSONPathError) {
        if text.utf8.first == Byte.slash {
            try self.init(pointer: text)
        } else {
            var parser = PathParser(text)
            self.init(try parser.parse())
        }
    }
}

/// Reads a dotted path.
private struct PathParser {
    private let text: [UInt8]
    private var position = 0
    private var components: [JSONPath.Component] = []

    init(_ text: String) { self.text = Array(text.utf8) }

    mutating func parse() throws(JSONPathError) -> [JSONPath.Component] {
        guard !text.isEmpty else { throw JSONPathError(reason: .empty, offset: 0) }
        if text == [Byte.point] { return [] }
        try parseStep()
        while position < text.count {
            switch text[position] {
            case Byte.point:
                position += 1
                try parseNameOrAny()
            case Byte.openBracket:
                try parseBracket()
            default:
                throw JSONPathError(reason: afterStepReason, offset: position)
            }
        }
        return components
    }

    private var byte: UInt8? { position < text.count ? text[position] : nil }

    private mutating func parseStep() throws(JSONPathError) {
        if byte == Byte.openBracket { try parseBracket() } else { try parseNameOrAny() }
    }

    /// Why what follows a step is none: a name right behind a bracket lacks its dot, anything else is out of place.
    private var afterStepReason: JSONPathError.Reason {
        let followsBracket = position > 0 && text[position - 1] == Byte.closeBracket
        return followsBracket && isNameByte(text[position]) ? .missingSeparator : .unexpectedCharacter(scalar)
    }

    private mutating func parseNameOrAny() throws(JSONPathError) {
        if byte == PathSyntax.star {
            position += 1
            components.append(.any)
            return
        }
        let start = position
        while position < text.count, isNameByte(text[position]) { position += 1 }
        guard position > start else {
            let isMissing = byte == nil || byte == Byte.point || byte == Byte.openBracket
            throw JSONPathError(reason: isMissing ? .emptyName : .unexpectedCharacter(scalar), offset: position)
        }
        components.append(.name(String(decoding: text[start..<position], as: UTF8.self)))
    }

    private func isNameByte(_ byte: UInt8) -> Bool { PathSyntax.isPlain(byte) }

    /// The character at `position`, which is the start of one.
    private var scalar: Unicode.Scalar {
        String(decoding: text[position...].prefix(4), as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    }

    // MARK: Brackets

    private mutating func parseBracket() throws(JSONPathError) {
        let start = position
        position += 1
        switch byte {
        case nil: throw JSONPathError(reason: .unclosedBracket, offset: start)
        case Byte.quote: try parseQuotedName()
        case PathSyntax.apostrophe: try parseRawName()
        default: try parseIndexOrAny(bracket: start)
        }
        guard let byte else { throw JSONPathError(reason: .unclosedBracket, offset: start) }
        guard byte == Byte.closeBracket else {
            throw JSONPathError(reason: .unexpectedCharacter(scalar), offset: position)
        }
        position += 1
    }

    private mutating func parseIndexOrAny(bracket: Int) throws(JSONPathError) {
        guard let end = text[position...].firstIndex(of: Byte.closeBracket) else {
            throw JSONPathError(reason: .unclosedBracket, offset: bracket)
        }
        let content = text[position..<end]
        let start = position
        position = end
        if content.elementsEqual([PathSyntax.star]) { return components.append(.any) }
        let word = String(decoding: content, as: UTF8.self)
        if let index = JSONPath.Component.arrayIndex(word) { return components.append(.index(index)) }
        let isNumber = !content.isEmpty && content.allSatisfy(Byte.isDigit) && content.first != Byte.zero
        throw JSONPathError(reason: isNumber ? .indexTooLarge(word) : .invalidIndex(word), offset: start)
    }

    /// A name in double quotes, with JSON's escapes.
    private mutating func parseQuotedName() throws(JSONPathError) {
        let start = position
        position += 1
        while let byte, byte != Byte.quote { position += byte == Byte.backslash ? 2 : 1 }
        guard position < text.count else { throw JSONPathError(reason: .unclosedQuote, offset: start) }
        position += 1
        do {
            let name = try JSON(parsing: Array(text[start..<position]))
            components.append(.name(name.string ?? ""))
        } catch {
            let reason: JSONPathError.Reason
            switch error.reason {
            case .controlCharacter(let byte): reason = .unexpectedCharacter(Unicode.Scalar(byte))
            default: reason = .invalidEscape
            }
            throw JSONPathError(reason: reason, offset: start + error.offset)
        }
    }

    /// A name in single quotes, in which nothing is escaped.
    private mutating func parseRawName() throws(JSONPathError) {
        let start = position + 1
        guard let end = text[start...].firstIndex(of: PathSyntax.apostrophe) else {
            throw JSONPathError(reason: .unclosedQuote, offset: position)
        }
        components.append(.name(String(decoding: text[start..<end], as: UTF8.self)))
        position = end + 1
    }
}
