extension JSONPatchOperation {
    /// Reads a patch document: an array of operation objects (RFC 6902 §4). Members nobody knows are passed over.
    package static func operations(of document: JSON) throws(JSONPatchError) -> [JSONPatchOperation] {
        guard document.kind == .array else {
            throw JSONPatchError(reason: .malformed(.notAnArray), path: .root)
        }
        var operations: [JSONPatchOperation] = []
        for (index, element) in document.elements.enumerated() {
            do { operations.append(try JSONPatchOperation(element)) } catch {
                throw JSONPatchError(reason: .malformed(error), path: [.index(index)], operation: index)
            }
        }
        return operations
    }

    private init(_ json: JSON) throws(JSONPatchFault) {
        guard json.kind == .object else { throw .notAnObject }
        let name = try Self.text("op", of: json)
        switch name {
        case "add": self = .add(try Self.path("path", of: json), try Self.value(of: json))
        case "remove": self = .remove(try Self.path("path", of: json))
        case "replace": self = .replace(try Self.path("path", of: json), try Self.value(of: json))
        case "move": self = .move(from: try Self.path("from", of: json), to: try Self.path("path", of: json))
        case "copy": self = .copy(from: try Self.path("from", of: json), to: try Self.path("path", of: json))
        case "test": self = .test(try Self.path("path", of: json), try Self.value(of: json))
        default: throw .unknownOperation(name)
        }
    }

    private static func text(_ member: String, of json: JSON) throws(JSONPatchFault) -> String {
        guard let value = json[member] else { throw .missing(member) }
        guard let text = value.string else { throw .notText(member) }
        return text
    }

    private static func value(of json: JSON) throws(JSONPatchFault) -> JSON {
        guard let value = json["value"] else { throw .missing("value") }
        return value
    }

    private static func path(_ member: String, of json: JSON) throws(JSONPatchFault) -> JSONPath {
        let text = try text(member, of: json)
        do { return try JSONPath(pointer: text) } catch { throw .invalidPointer(member: member, error) }
    }

    /// The operation as an object of a patch document; nil if a path holds `*`, which pointers lack.
    package var json: JSON? {
        switch self {
        case .add(let path, let value): Self.json("add", path, ("value", value))
        case .remove(let path): Self.json("remove", path, nil)
        case .replace(let path, let value): Self.json("replace", path, ("value", value))
        case .move(let source, let target): source.pointer.flatMap { Self.json("move", target, ("from", JSON($0))) }
        case .copy(let source, let target): source.pointer.flatMap { Self.json("copy", target, ("from", JSON($0))) }
        case .test(let path, let value): Self.json("test", path, ("value", value))
        }
    }

    private static func json(_ name: String, _ path: JSONPath, _ third: (String, JSON)?) -> JSON? {
        guard let pointer = path.pointer else { return nil }
        var object: JSONObject = ["op": JSON(name), "path": JSON(pointer)]
        if let third { object[third.0] = third.1 }
        return JSON(object)
    }
}
