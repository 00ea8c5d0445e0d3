import LosslessJSON

/// `format/render`: webhooks as text.
package struct FormatParams: Hashable, Sendable {
    package var format: String
    package var webhooks: [JSON]
    /// Columns of the window; nil where the text does not go to one.
    package var width: Int?
    package var color: Bool

    package init(format: String, webhooks: [JSON], width: Int? = nil, color: Bool = false) {
        self.format = format
        self.webhooks = webhooks
        self.width = width
        self.color = color
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        format = try shape.text("format")
        webhooks = try shape.list("webhooks").map(\.json)
        width = try shape.optional("width")?.count()
        color = try shape.optionalBoolean("color") ?? false
    }

    package var json: JSON {
        [
            "format": JSON(format), "webhooks": JSON(webhooks), "width": width.map { JSON($0) } ?? .null,
            "color": JSON(color),
        ]
    }
}

package struct FormatResult: Hashable, Sendable {
    package var text: String

    package init(text: String) { self.text = text }
    package init(_ json: JSON) throws(ShapeError) { text = try Shape(json).text("text") }
    package var json: JSON { ["text": JSON(text)] }
}
