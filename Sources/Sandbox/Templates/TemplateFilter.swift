import LosslessJSON
import WebhookModel

/// What a value can go through on its way into the text.
enum TemplateFilter: String, Hashable, Sendable, CaseIterable {
    case upper, lower, capitalize, trim
    /// Another value in place of a missing, null or empty one.
    case `default`
    /// The first N characters, with `…` behind them if there were more.
    case truncate
    /// The value as JSON.
    case json
    /// A time in another form: `%Y %m %d %H %M %S`, `%%`, in UTC.
    case date
    /// How many characters, elements or members.
    case length
    case first, last
    /// The elements as one text.
    case join
    /// Every occurrence of one text by another.
    case replace

    var argumentCount: ClosedRange<Int> {
        switch self {
        case .default, .truncate: 1...1
        case .date, .join: 0...1
        case .replace: 2...2
        default: 0...0
        }
    }

    /// At most how many bytes come out, told before they are made.
    func outputBound(_ value: JSON, _ arguments: [JSON]) -> Int {
        switch self {
        case .default: 0
        case .join:
            (value.array ?? []).reduce(0) {
                $0 + $1.templateText.utf8.count + (arguments.first?.templateText.utf8.count ?? 2)
            }
        case .replace: Self.replacedBound(value.templateText, arguments[0].templateText, arguments[1].templateText)
        case .json: value.text(.compact).utf8.count
        default: value.kind == .string ? value.string?.utf8.count ?? 0 : 0
        }
    }

    private static func replacedBound(_ text: String, _ old: String, _ new: String) -> Int {
        guard !old.isEmpty else { return text.utf8.count }
        return text.utf8.count + text.utf8.count / old.utf8.count * new.utf8.count
    }

    func apply(_ value: JSON, _ arguments: [JSON]) -> JSON {
        switch self {
        case .upper: JSON(value.templateText.uppercased())
        case .lower: JSON(value.templateText.lowercased())
        case .capitalize: JSON(value.templateText.prefix(1).uppercased() + value.templateText.dropFirst())
        case .trim: JSON(Self.trimmed(value.templateText))
        case .default: value.isNull || value.string == "" ? arguments[0] : value
        case .truncate: JSON(Self.truncated(value.templateText, to: arguments[0].number?.int ?? 0))
        case .json: JSON(value.text(.compact))
        case .date: JSON(Self.date(value.templateText, format: arguments.first?.string ?? "%Y-%m-%d %H:%M:%S"))
        case .length: JSON(value.string?.count ?? (value.kind.isContainer ? value.count : 0))
        case .first: value[0] ?? .null
        case .last: value[value.count - 1] ?? .null
        case .join:
            JSON((value.array ?? []).map(\.templateText).joined(separator: arguments.first?.templateText ?? ", "))
        case .replace:
            JSON(Self.replaced(value.templateText, arguments[0].templateText, arguments[1].templateText))
        }
    }

    private static func trimmed(_ text: String) -> String {
        let head = text.drop(while: \.isWhitespace)
        let count = head.reversed().prefix(while: \.isWhitespace).count
        return String(head.dropLast(count))
    }

    private static func truncated(_ text: String, to count: Int) -> String {
        let head = text.prefix(max(0, count))
        return head.endIndex == text.endIndex ? text : head + "…"
    }

    private static func replaced(_ text: String, _ old: String, _ new: String) -> String {
        guard !old.isEmpty else { return text }
        return text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }

    /// The text itself where it is no time.
    private static func date(_ text: String, format: String) -> String {
        guard let parts = Timestamp(parsing: text)?.description.split(whereSeparator: { "-T:.Z".contains($0) }),
            parts.count >= 6
        else { return text }
        var result = ""
        var isEscaped = false
        for character in format {
            guard isEscaped else {
                if character == "%" { isEscaped = true } else { result.append(character) }
                continue
            }
            isEscaped = false
            switch character {
            case "Y": result += parts[0]
            case "m": result += parts[1]
            case "d": result += parts[2]
            case "H": result += parts[3]
            case "M": result += parts[4]
            case "S": result += parts[5]
            case "%": result += "%"
            default: result += "%\(character)"
            }
        }
        return isEscaped ? result + "%" : result
    }
}

extension JSON {
    /// As it stands in a text: a string without quotes, nothing for null, JSON for what has parts.
    var templateText: String {
        switch kind {
        case .string: string ?? ""
        case .null: ""
        default: text(.compact)
        }
    }

    /// Whether an `if` takes it for true: anything but null, false, zero and what is empty.
    var isTruthy: Bool {
        switch kind {
        case .null: false
        case .boolean: boolean ?? false
        case .number: number?.double != 0
        case .string: string != ""
        case .array, .object: count > 0
        }
    }
}
