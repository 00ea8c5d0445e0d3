import LosslessJSON

/// A webhook's document with what a session calls the webhook: its id, or `new:N`.
package struct KeyedDocument: Hashable, Sendable {
    package let key: String
    package let value: JSON

    package init(key: String, value: JSON) {
        self.key = key
        self.value = value
    }

    init(_ shape: Shape) throws(ShapeError) {
        key = try shape.text("key")
        value = try shape.member("value", .object).json
        guard value.kind == .object else { throw shape.fault(.object) }
    }

    package var json: JSON { ["key": JSON(key), "value": value] }
}
