import LosslessJSON
import WebhookModel

/// Reads the problems of a 422: the API's `{type, location, message}` and the framework's `{type, loc, msg}`.
struct FieldProblemReader {
    /// What was sent.
    let document: JSON?
    let key: APIKey

    /// The problems of a list; what has no message is none.
    func problems(_ list: JSON?) -> [FieldProblem] {
        (list?.array ?? []).prefix(Self.mostProblems).compactMap(problem)
    }

    private func problem(_ json: JSON) -> FieldProblem? {
        guard let message = json["msg"]?.string ?? json["message"]?.string else { return nil }
        let location = components(json["loc"] ?? json["location"])
        return FieldProblem(
            path: path(location), location: location.map(printed),
            message: Printable.line(message, without: key),
            type: Printable.line(json["type"]?.string ?? "", limit: 100, without: key))
    }

    /// A location's parts: a list, or one text with dots or arrows between them.
    private func components(_ location: JSON?) -> [JSONPath.Component] {
        if let parts = location?.array {
            return parts.prefix(Self.longestLocation).compactMap { part in
                part.number?.int.map(JSONPath.Component.index) ?? part.string.map(JSONPath.Component.name)
            }
        }
        guard let text = location?.string else { return [] }
        let words = text.split { ".>[]".contains($0) }.prefix(Self.longestLocation)
        return words.compactMap { word in
            var name = word.drop { $0 == " " }
            while name.last == " " || name.last == "-" { name.removeLast() }
            guard !name.isEmpty else { return nil }
            return Int(name).map(JSONPath.Component.index) ?? .name(String(name))
        }
    }

    /// Where a location leads in the document: without `body`, and without the names of alternatives that the framework
    /// puts in between. Nil for a location outside the body.
    private func path(_ location: [JSONPath.Component]) -> JSONPath? {
        var rest = location[...]
        switch rest.first {
        case .name("body"): rest.removeFirst()
        case .name("query"), .name("path"), .name("header"), .name("cookie"), .none: return nil
        default: break
        }
        guard var place = document else { return JSONPath(rest.map(shown)) }
        var result: [JSONPath.Component] = []
        for (offset, component) in rest.enumerated() {
            if let inside = value(component, in: place) {
                place = inside
                result.append(component)
            } else if offset == rest.count - 1 {
                result.append(component)
            }
        }
        return JSONPath(result.map(shown))
    }

    /// A component without the key in it: a server may repeat what it was sent.
    private func shown(_ component: JSONPath.Component) -> JSONPath.Component {
        if case .name = component { .name(printed(component)) } else { component }
    }

    private func value(_ component: JSONPath.Component, in place: JSON) -> JSON? {
        switch component {
        case .name(let name): place[name]
        case .index(let index): place[index]
        case .any: nil
        }
    }

    private func printed(_ component: JSONPath.Component) -> String {
        switch component {
        case .name(let name): Printable.line(name, limit: 100, without: key)
        case .index(let index): String(index)
        case .any: "*"
        }
    }

    private static let mostProblems = 100
    private static let longestLocation = 64
}
