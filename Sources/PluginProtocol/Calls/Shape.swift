import LosslessJSON

/// Where JSON is not what a call or a manifest has there.
package struct ShapeError: Error, Hashable, Sendable {
    package enum Expected: String, Hashable, Sendable {
        case object, list, text, boolean, number
        /// A whole number from 0.
        case count
    }

    /// From the outermost value.
    package let path: JSONPath
    package let expected: Expected
    /// nil where nothing is.
    package let found: JSON.Kind?

    package init(path: JSONPath, expected: Expected, found: JSON.Kind?) {
        self.path = path
        self.expected = expected
        self.found = found
    }
}

/// A JSON value with the place it came from, read member by member; what is missing or of another kind is thrown.
package struct Shape: Sendable {
    package let json: JSON
    package let path: JSONPath

    package init(_ json: JSON, at path: JSONPath = .root) {
        self.json = json
        self.path = path
    }

    /// A member, or nil where there is none or it is null.
    package func optional(_ name: String) -> Shape? {
        guard let value = json[name], !value.isNull else { return nil }
        return Shape(value, at: path.appending(name))
    }

    package func member(_ name: String, _ expected: ShapeError.Expected) throws(ShapeError) -> Shape {
        guard let member = optional(name) else {
            throw ShapeError(path: path.appending(name), expected: expected, found: json[name]?.kind)
        }
        return member
    }

    package func object() throws(ShapeError) -> JSONObject {
        guard let object = json.object else { throw fault(.object) }
        return object
    }

    package func text() throws(ShapeError) -> String {
        guard let text = json.string else { throw fault(.text) }
        return text
    }

    package func boolean() throws(ShapeError) -> Bool {
        guard let boolean = json.boolean else { throw fault(.boolean) }
        return boolean
    }

    package func count() throws(ShapeError) -> Int {
        guard let number = json.number?.int, number >= 0 else { throw fault(.count) }
        return number
    }

    package func elements() throws(ShapeError) -> [Shape] {
        guard let list = json.array else { throw fault(.list) }
        return list.enumerated().map { Shape($1, at: path.appending($0)) }
    }

    package func text(_ name: String) throws(ShapeError) -> String { try member(name, .text).text() }
    package func count(_ name: String) throws(ShapeError) -> Int { try member(name, .count).count() }
    package func list(_ name: String) throws(ShapeError) -> [Shape] { try member(name, .list).elements() }

    /// Every element of a list that must be there, read by `body`.
    package func list<T>(_ name: String, of body: (Shape) throws(ShapeError) -> T) throws(ShapeError) -> [T] {
        var values: [T] = []
        for element in try list(name) { values.append(try body(element)) }
        return values
    }

    /// One of a few words.
    package func word<Word: RawRepresentable<String>>(_ name: String) throws(ShapeError) -> Word {
        let text = try member(name, .text)
        guard let word = Word(rawValue: try text.text()) else { throw text.fault(.text) }
        return word
    }

    /// A list of texts; empty where there is none.
    package func texts(_ name: String) throws(ShapeError) -> [String] {
        try map(name) { element throws(ShapeError) in try element.text() }
    }

    package func optionalText(_ name: String) throws(ShapeError) -> String? { try optional(name)?.text() }
    package func optionalBoolean(_ name: String) throws(ShapeError) -> Bool? { try optional(name)?.boolean() }

    /// Every element of a list member, read by `body`; empty where there is none.
    package func map<T>(_ name: String, _ body: (Shape) throws(ShapeError) -> T) throws(ShapeError) -> [T] {
        var values: [T] = []
        for element in try optional(name)?.elements() ?? [] { values.append(try body(element)) }
        return values
    }

    package func fault(_ expected: ShapeError.Expected) -> ShapeError {
        ShapeError(path: path, expected: expected, found: json.kind)
    }
}
