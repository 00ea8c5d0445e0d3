import LosslessJSON

/// Holds values against the part of JSON Schema that the server's OpenAPI document uses.
struct SchemaChecker {
    let document: JSON

    /// What does not fit, by its place; nothing for a value that does.
    func faults(of value: JSON, schema: JSON, at place: String = "$") -> [String] {
        if let reference = schema["$ref"]?.string {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            guard let target = document["components"]?["schemas"]?[name] else { return ["\(place): no \(name)"] }
            return faults(of: value, schema: target, at: place)
        }
        if let alternatives = schema["anyOf"]?.array {
            let results = alternatives.map { faults(of: value, schema: $0, at: place) }
            return results.contains { $0.isEmpty } ? [] : results.first ?? []
        }
        if let constant = schema["const"], constant != value { return ["\(place): not \(constant)"] }
        if let words = schema["enum"]?.array, !words.contains(value) { return ["\(place): \(value) is not one of it"] }
        let types = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string].compactMap { $0 }
        guard types.isEmpty || types.contains(where: { fits(value, $0) }) else {
            return ["\(place): \(value.kind) is not \(types)"]
        }
        return members(value, schema, place) + elements(value, schema, place)
    }

    private func fits(_ value: JSON, _ type: String) -> Bool {
        switch type {
        case "null": value.isNull
        case "boolean": value.boolean != nil
        case "string": value.string != nil
        case "integer": value.number?.int != nil
        case "number": value.number != nil
        case "array": value.kind == .array
        case "object": value.kind == .object
        default: false
        }
    }

    private func members(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let object = value.object else { return [] }
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        var found = required.filter { object[$0] == nil }.map { "\(place): no \($0)" }
        for (name, member) in object {
            if let schema = schema["properties"]?[name] {
                found += faults(of: member, schema: schema, at: "\(place).\(name)")
            } else if schema["additionalProperties"] == false {
                found.append("\(place): \(name) is not declared")
            }
        }
        return found
    }

    private func elements(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        guard let elements = value.array, let schema = schema["items"] else { return [] }
        return elements.enumerated().flatMap { faults(of: $1, schema: schema, at: "\(place)[\($0)]") }
    }
}
