import LosslessJSON

extension PatchOperation {
    /// Reads an operation; an unknown `op` is a fault at its path.
    init(_ shape: Shape) throws(ShapeError) {
        let name = try shape.text("op")
        switch name {
        case "set": self = .set(path: try shape.text("path"), try Self.value(shape))
        case "unset": self = .unset(path: try shape.text("path"))
        case "add-event": self = .addEvents(try Self.names(shape))
        case "remove-event": self = .removeEvents(try Self.names(shape))
        case "set-events": self = .setEvents(try Self.names(shape))
        case "rename-event": self = .renameEvent(from: try shape.text("from"), to: try shape.text("value"))
        case "add-channel":
            let channel = try shape.member("value", .object)
            self = .addChannel(kind: try channel.text("channel"), configs: try Self.object(channel, "configs"))
        case "set-channel":
            self = .setChannel(match: try Self.match(shape), configs: try Self.object(shape, "value"))
        case "remove-channel": self = .removeChannel(match: try Self.match(shape))
        case "replace":
            self = .replace(
                path: try shape.text("path"), from: try shape.text("from"), to: try Self.value(shape))
        default: throw ShapeError(path: shape.path.appending("op"), expected: .text, found: .string)
        }
    }

    /// Null is a value here.
    private static func value(_ shape: Shape) throws(ShapeError) -> JSON {
        guard let value = shape.json["value"] else {
            throw ShapeError(path: shape.path.appending("value"), expected: .object, found: nil)
        }
        return value
    }

    private static func object(_ shape: Shape, _ name: String) throws(ShapeError) -> JSON {
        let member = try shape.member(name, .object)
        _ = try member.object()
        return member.json
    }

    private static func names(_ shape: Shape) throws(ShapeError) -> [String] {
        let value = try shape.member("value", .list)
        if let name = value.json.string { return [name] }
        var names: [String] = []
        for element in try value.elements() { names.append(try element.text()) }
        return names
    }

    /// A channel: an index may be given as a number.
    private static func match(_ shape: Shape) throws(ShapeError) -> String {
        let member = try shape.member("path", .text)
        if member.json.kind == .number { return String(try member.count()) }
        return try member.text()
    }

    /// The operation as an object of a patch.
    package var json: JSON {
        var members: JSONObject = ["op": JSON(name)]
        switch self {
        case .set(let path, let value):
            members["path"] = JSON(path)
            members["value"] = value
        case .unset(let path), .removeChannel(let path):
            members["path"] = JSON(path)
        case .addEvents, .removeEvents, .setEvents:
            members["value"] = value
        case .renameEvent(let old, let new):
            members["from"] = JSON(old)
            members["value"] = JSON(new)
        case .addChannel(let kind, let configs):
            members["value"] = ["channel": JSON(kind), "configs": configs]
        case .setChannel(let match, let configs):
            members["path"] = JSON(match)
            members["value"] = configs
        case .replace(let path, let old, let new):
            members["path"] = JSON(path)
            members["from"] = JSON(old)
            members["value"] = new
        }
        return JSON(members)
    }
}
