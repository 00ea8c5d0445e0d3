import LosslessJSON

/// The paths that an edit set explicitly, seen from one place of a document.
struct Explicit {
    private let paths: [ArraySlice<JSONPath.Component>]

    init(_ paths: Set<JSONPath>) {
        self.paths = paths.map { $0.components[...] }
    }

    private init(_ paths: [ArraySlice<JSONPath.Component>]) {
        self.paths = paths
    }

    /// Nothing at or below this place was set explicitly.
    var isEmpty: Bool { paths.isEmpty }

    /// The value at this place itself was.
    var isExact: Bool { paths.contains(where: \.isEmpty) }

    /// The same, seen from a member or element of this place.
    func below(_ component: JSONPath.Component) -> Explicit {
        if paths.isEmpty { return self }
        return Explicit(paths.compactMap { $0.first == component ? $0.dropFirst() : nil })
    }
}
