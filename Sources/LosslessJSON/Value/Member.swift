/// A member of an owned object.
struct Member: Sendable {
    /// A string value: a view where the name came from a text, so that its escapes stay as spelt.
    var name: JSON
    var value: JSON

    init(name: JSON, value: JSON) {
        self.name = name
        self.value = value
    }

    init(_ name: String, _ value: JSON) {
        self.init(name: JSON(name), value: value)
    }
}
