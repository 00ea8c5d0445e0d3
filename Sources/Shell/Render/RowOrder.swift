import LosslessJSON
import WebhookModel

/// An order of rows by one field: absent values last, equal ones as they were.
struct RowOrder {
    private let field: Field
    private let isDescending: Bool

    /// - Parameter text: a field, or `-FIELD` for the other way round.
    init(_ text: String, fields: WebhookFields) throws(FieldError) {
        isDescending = text.hasPrefix("-")
        field = try fields.resolve(isDescending ? String(text.dropFirst()) : text)
    }

    func sorted(_ rows: [WebhookRow]) -> [WebhookRow] {
        let keyed = rows.enumerated().map { (place: $0.offset, key: key($0.element), row: $0.element) }
        return keyed.sorted { left, right in
            switch order(left.key, right.key) {
            case 0: left.place < right.place
            case let order: order < 0
            }
        }.map(\.row)
    }

    private enum Key {
        case absent
        case number(Double)
        case text(String)
    }

    private func key(_ row: WebhookRow) -> Key {
        let value = field == .id ? JSON(row.key) : field.value(in: row.webhook).json
        if value.isNull { return .absent }
        if let number = value.number { return .number(number.double) }
        if let boolean = value.boolean { return .number(boolean ? 1 : 0) }
        return .text(value.string ?? value.text(.compact))
    }

    private func order(_ left: Key, _ right: Key) -> Int {
        let direction = isDescending ? -1 : 1
        switch (left, right) {
        case (.absent, .absent): return 0
        case (.absent, _): return 1
        case (_, .absent): return -1
        case (.number(let left), .number(let right)): return left == right ? 0 : (left < right ? -1 : 1) * direction
        case (.text(let left), .text(let right)): return left == right ? 0 : (left < right ? -1 : 1) * direction
        case (.number, .text): return -1
        case (.text, .number): return 1
        }
    }
}
