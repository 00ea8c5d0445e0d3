import LosslessJSON

/// A value that is not of the kind that a place declares.
package struct ConversionError: Error, Hashable, Sendable {
    package let expected: ArgumentKind
    /// The value as text, masked if it is secret.
    package let found: String
    package let foundKind: Value.Kind

    package init(expected: ArgumentKind, value: Value) {
        self.expected = expected
        found = value.description
        foundKind = value.kind
    }
}

extension Value {
    /// The value as a declared kind. Text is read as the kind if it is literal, and if the kind is a scalar; the kinds
    /// that are text to the language take scalars by their spelling, so `name=2024` and `name=1e3` stay as written.
    package func converted(to kind: ArgumentKind, isLiteral: Bool) throws(ConversionError) -> Value {
        if case .text = content, kind.isText { return self }
        let converted: Content? =
            switch kind {
            case .text, .path, .file, .command, .name: asText
            case .choice(let choices): asText.flatMap { choices.contains(revealedText) ? $0 : nil }
            case .boolean: asBoolean
            case .integer: asNumber.flatMap { $0.int == nil ? nil : .number($0) }
            case .number: asNumber.map(Content.number)
            case .time: asTime
            case .duration: asDuration
            case .json: isLiteral ? asParsedJSON : content
            case .inferred: isLiteral ? inferred : content
            case .any: content
            }
        guard let converted else { throw ConversionError(expected: kind, value: self) }
        switch (content, converted) {
        case (.list, .list), (.object, .object): return self
        default: return Value(converted, taint: combinedTaint)
        }
    }

    private var asText: Content? {
        switch content {
        case .text: content
        case .null, .boolean, .number, .time, .duration, .list, .object: .text(revealedText)
        }
    }

    private var asBoolean: Content? {
        switch content {
        case .boolean: content
        case .text("true"): .boolean(true)
        case .text("false"): .boolean(false)
        default: nil
        }
    }

    private var asNumber: JSONNumber? {
        switch content {
        case .number(let number): number
        case .text(let text): JSONNumber(spelling: text)
        default: nil
        }
    }

    private var asTime: Content? {
        switch content {
        case .time: content
        case .text(let text): Instant(iso8601: text).map(Content.time)
        default: nil
        }
    }

    private var asDuration: Content? {
        switch content {
        case .duration: content
        case .text(let text): DurationText.parse(text).map(Content.duration)
        default: nil
        }
    }

    private var asParsedJSON: Content? {
        guard case .text(let text) = content else { return content }
        return (try? JSON(parsing: text)).map { Value($0).content }
    }

    private var inferred: Content {
        guard case .text(let text) = content else { return content }
        if text.utf8.starts(with: "text:".utf8) { return .text(String(text.dropFirst(5))) }
        return text.utf8.first?.mayBeginJSON ?? false ? asParsedJSON ?? content : content
    }
}

extension ArgumentKind {
    /// Whether any text is of this kind.
    fileprivate var isText: Bool {
        switch self {
        case .text, .path, .file, .command, .name: true
        default: false
        }
    }
}

extension UInt8 {
    /// Whether a JSON text may begin with it: most words don't, and need no parser to say so.
    fileprivate var mayBeginJSON: Bool {
        switch self {
        case .openBrace, .openBracket, .doubleQuote, .dash: true
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): true
        default: isDigit || isBlankOrLineEnd
        }
    }
}
