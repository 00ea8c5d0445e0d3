extension JSON: ExpressibleByNilLiteral {
    package init(nilLiteral: ()) { self = .null }
}

extension JSON: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self.init(value) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self.init(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}

extension JSON: ExpressibleByFloatLiteral {
    /// A literal too large for a `Double` becomes null: JSON has no infinity.
    package init(floatLiteral value: Double) {
        self = JSONNumber(value).map { JSON($0) } ?? .null
    }
}

extension JSON: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSON...) { self.init(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
    /// Keeps the order; of members with the same name, the first one's place and the last one's value.
    package init(dictionaryLiteral members: (String, JSON)...) { self.init(JSONObject(members)) }
}
