import LosslessJSON

/// What a record holds at a field, as values.
extension FieldValue {
    /// The value as the field's kind; a list for several; null for what is missing.
    func value(as type: FieldType) -> Value {
        switch self {
        case .missing: .null
        case .boolean(let boolean): Value(boolean)
        case .number(let number): Value(.number(number))
        case .text(let text): Self.typed(text, type.kind)
        case .time(let instant): Value(.time(instant))
        case .texts(let texts): Value(texts.map { Self.typed($0, type.kind) })
        case .json(let json): Self.typed(json, type.kind)
        case .many(let values): Value(values.map { Self.typed($0, type.kind) })
        }
    }

    /// The value's elements: those of a list, the one that is no list, none of what is missing.
    func elements(as type: FieldType) -> [Value] {
        let value = value(as: type)
        if let list = value.list { return list }
        return value.kind == .null ? [] : [value]
    }

    /// The elements as JSON, for conditions on each.
    var jsonElements: [JSON]? {
        switch self {
        case .missing: []
        case .texts(let texts): texts.map { JSON($0) }
        case .many(let values): values
        case .json(let json): json.isNull ? [] : json.array
        default: nil
        }
    }

    /// Whether a test holds for the text, or for any of the texts. Nothing is copied or converted.
    func anyText(_ test: (String) -> Bool) -> Bool {
        switch self {
        case .text(let text): return test(text)
        case .texts(let texts):
            for text in texts where test(text) { return true }
            return false
        case .json(let json): return Self.anyText(in: json, test)
        case .many(let values):
            for value in values where Self.anyText(in: value, test) { return true }
            return false
        case .missing, .boolean, .number, .time: return false
        }
    }

    private static func anyText(in json: JSON, _ test: (String) -> Bool) -> Bool {
        if let text = json.string { return test(text) }
        for element in json.array ?? [] {
            if let text = element.string, test(text) { return true }
        }
        return false
    }

    private static func typed(_ text: String, _ kind: Value.Kind?) -> Value {
        guard kind == .time else { return Value(text) }
        return Instant(iso8601: text).map { Value(.time($0)) } ?? .null
    }

    private static func typed(_ json: JSON, _ kind: Value.Kind?) -> Value {
        if let text = json.string { return typed(text, kind) }
        return Value(json)
    }
}
