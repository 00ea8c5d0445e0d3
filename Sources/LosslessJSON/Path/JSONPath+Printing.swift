extension JSONPath: CustomStringConvertible {
    /// Dotted; ``init(parsing:)`` reads it back as the same path.
    package var description: String {
        guard !components.isEmpty else { return "." }
        var text = ""
        for component in components {
            switch component {
            case .any: text += text.isEmpty ? "*" : ".*"
            case .index(let index): text += "[\(index)]"
            case .name(let name) where PathSyntax.isPlain(name, atStart: text.isEmpty):
                text += text.isEmpty ? name : ".\(name)"
            case .name(let name): text += "[\(JSON(name))]"
            }
        }
        return text
    }
}

extension JSONPath.Component: CustomStringConvertible {
    /// As a path of its own.
    package var description: String { JSONPath([self]).description }
}
