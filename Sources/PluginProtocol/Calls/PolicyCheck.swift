import LosslessJSON

/// One webhook's change, as `policy/check` sees it.
package struct PolicyChange: Hashable, Sendable {
    package enum Operation: String, Hashable, Sendable, CaseIterable { case create, update, delete }

    package var key: String
    package var operation: Operation
    /// nil for a webhook to be created.
    package var before: JSON?
    /// nil for one to be deleted.
    package var after: JSON?
    /// Where they differ, as the language spells paths.
    package var paths: [String]

    package init(key: String, operation: Operation, before: JSON?, after: JSON?, paths: [String]) {
        self.key = key
        self.operation = operation
        self.before = before
        self.after = after
        self.paths = paths
    }

    init(_ shape: Shape) throws(ShapeError) {
        key = try shape.text("key")
        operation = try shape.word("op")
        before = shape.optional("before")?.json
        after = shape.optional("after")?.json
        paths = try shape.texts("paths")
    }
}

/// `policy/check`: a part of the changes of a commit. The verdict is the findings of all parts.
package struct PolicyParams: Hashable, Sendable {
    /// From 1.
    package var part: Int
    package var of: Int
    package var changes: [PolicyChange]

    package init(part: Int, of: Int, changes: [PolicyChange]) {
        self.part = part
        self.of = of
        self.changes = changes
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        part = try shape.count("part")
        of = try shape.count("of")
        changes = try shape.list("changes", of: PolicyChange.init)
    }
}
