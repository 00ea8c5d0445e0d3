import LosslessJSON

/// Places of a document, by a path in which `*` is any one member or element: `channels.*.configs`. It covers what stands
/// at such a place and all below it; `**` or `.` covers everything.
package struct PathGlob: Hashable, Sendable {
    /// As it was written.
    package let text: String
    private let components: [JSONPath.Component]

    /// Nil for what is no path.
    package init?(_ text: String) {
        self.text = text
        if text == "**" {
            components = []
            return
        }
        let stem = text.hasSuffix(".**") ? String(text.dropLast(3)) : text
        guard let path = try? JSONPath(parsing: stem) else { return nil }
        components = path.components
    }

    /// Whether the place is covered.
    package func covers(_ path: JSONPath) -> Bool {
        path.components.count >= components.count
            && zip(components, path.components).allSatisfy { Self.matches($0, $1) }
    }

    private static func matches(_ glob: JSONPath.Component, _ component: JSONPath.Component) -> Bool {
        switch (glob, component) {
        case (.any, _): true
        case (.name(let name), .index(let index)), (.index(let index), .name(let name)): name == String(index)
        default: glob == component
        }
    }
}
