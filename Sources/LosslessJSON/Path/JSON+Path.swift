extension JSON {
    /// The value at a concrete path, or nil if nothing is there.
    package func value(at path: JSONPath) -> JSON? {
        var value = self
        for component in path.components {
            guard let child = value.child(component) else { return nil }
            value = child
        }
        return value
    }

    /// The value at a path; `.any` finds nothing here, see ``matches(of:)``.
    package subscript(path: JSONPath) -> JSON? { value(at: path) }

    /// All places that a path leads to, in order, `.any` crossing every member and element; paths in the result are
    /// concrete.
    package func matches(of path: JSONPath) -> [(path: JSONPath, value: JSON)] {
        var matches: [(path: JSONPath, value: JSON)] = [(JSONPath(), self)]
        for component in path.components {
            guard !matches.isEmpty else { break }
            if case .any = component {
                matches = matches.flatMap { match in match.value.children.map { (match.path.appending($0), $1) } }
            } else {
                matches = matches.compactMap { match in
                    match.value.child(component).map { (match.path.appending(match.value.canonical(component)), $0) }
                }
            }
        }
        return matches
    }

    /// The child that one concrete component leads to.
    func child(_ component: JSONPath.Component) -> JSON? {
        switch kind {
        case .object: component.memberName.flatMap { self[$0] }
        case .array: component.arrayIndex.flatMap { self[$0] }
        default: nil
        }
    }

    /// The component as it fits this container: an index for an array, a name for an object.
    func canonical(_ component: JSONPath.Component) -> JSONPath.Component {
        switch kind {
        case .object: component.memberName.map { .name($0) } ?? component
        case .array: component.arrayIndex.map { .index($0) } ?? component
        default: component
        }
    }

    /// Every element or member with its component; nothing for a scalar.
    package var children: [(component: JSONPath.Component, value: JSON)] {
        switch kind {
        case .array: elements.enumerated().map { (.index($0), $1) }
        case .object: members.map { (.name($0.name.string ?? ""), $0.value) }
        default: []
        }
    }
}
