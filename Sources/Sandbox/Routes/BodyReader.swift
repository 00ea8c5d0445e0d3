import LosslessJSON

/// Takes the members of a JSON object one by one, and collects what is wrong with them as the API's validator names it.
struct BodyReader {
    private let object: JSON
    private let location: [ValidationProblem.Step]
    private(set) var problems: [ValidationProblem] = []
    private var taken: Set<String> = []

    /// What is no object is reported, and has no members.
    init(_ value: JSON, at location: [ValidationProblem.Step] = ["body"]) {
        object = value.kind == .object ? value : [:]
        self.location = location
        if value.kind != .object { report(SchemaFault.notAnObject.type, nil, SchemaFault.notAnObject.message) }
    }

    /// A member that is there and not null.
    mutating func value(_ name: String) -> JSON? {
        taken.insert(name)
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    mutating func required<Value>(_ name: String, _ value: Value?) -> Value? {
        if value == nil, object[name]?.isNull ?? true { fault(.missing, name) }
        return value
    }

    mutating func text(_ name: String, length: ClosedRange<Int> = 0...200) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else {
            fault(.notAString, name)
            return nil
        }
        guard text.unicodeScalars.count >= length.lowerBound else {
            fault(.tooShort, name)
            return nil
        }
        guard text.unicodeScalars.count <= length.upperBound else {
            fault(.tooLong(limit: length.upperBound), name)
            return nil
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            report("string_pattern_mismatch", name, "String should not hold control characters")
            return nil
        }
        return text
    }

    mutating func boolean(_ name: String) -> Bool? {
        guard let value = value(name) else { return nil }
        if value.boolean == nil { fault(.notABoolean, name) }
        return value.boolean
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.number?.int else {
            report("int_type", name, "Input should be a valid integer")
            return nil
        }
        guard range.contains(number) else {
            report("value_error", name, "Input should be between \(range.lowerBound) and \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func number(_ name: String, in range: ClosedRange<Double>) -> Double? {
        guard let value = value(name) else { return nil }
        guard let number = value.number?.double, range.contains(number) else {
            report("value_error", name, "Input should be between \(range.lowerBound) and \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func object(_ name: String) -> JSONObject? {
        guard let value = value(name) else { return nil }
        if value.object == nil { fault(.notAnObject, name) }
        return value.object
    }

    mutating func texts(_ name: String) -> [String]? {
        guard let value = value(name) else { return nil }
        guard let elements = value.array else {
            fault(.notAList, name)
            return nil
        }
        let texts = elements.compactMap(\.string)
        if texts.count != elements.count { fault(.notAString, name) }
        return texts
    }

    mutating func fault(_ fault: SchemaFault, _ name: String) {
        report(fault.type, name, fault.message)
    }

    mutating func report(_ type: String, _ name: String?, _ message: String) {
        problems.append(
            ValidationProblem(
                type: type, location: location + (name.map { [ValidationProblem.Step.name($0)] } ?? []),
                message: message))
    }

    /// Reports what was not asked for.
    mutating func finish() {
        for name in object.object?.keys ?? [] where !taken.contains(name) {
            report("extra_forbidden", name, "Extra inputs are not permitted")
        }
    }
}
