import LosslessJSON

/// What a bare word reads as where text is due: a boolean, null, a number, a time or a duration; anything else is text.
enum LiteralReading {
    /// Longer words are text.
    static let longest = 64

    static func read(_ text: String) -> Value {
        guard let first = text.utf8.first, text.utf8.count <= longest else { return Value(text) }
        if first.isDigit || first == .dash {
            if let number = JSONNumber(spelling: text) { return Value(.number(number)) }
            if let instant = Instant(iso8601: text) { return Value(.time(instant)) }
            if let duration = DurationText.parse(text) { return Value(.duration(duration)) }
            return Value(text)
        }
        switch text {
        case "true": return Value(true)
        case "false": return Value(false)
        case "null": return .null
        default: return Value(text)
        }
    }

    /// What a bare word reads as where a value of one kind is due; nil if it does not read as it. `null` always does.
    static func read(_ text: String, as kind: Value.Kind) -> Value? {
        if text == "null" { return .null }
        switch kind {
        case .text: return Value(text)
        case .boolean: return text == "true" ? Value(true) : text == "false" ? Value(false) : nil
        case .number: return JSONNumber(spelling: text).map { Value(.number($0)) }
        case .time: return Instant(iso8601: text).map { Value(.time($0)) }
        case .duration: return DurationText.parse(text).map { Value(.duration($0)) }
        case .null, .list, .object: return nil
        }
    }
}

extension Value {
    /// Whether it can be added to or subtracted from.
    var isQuantity: Bool { kind == .number || kind == .time || kind == .duration }
}
