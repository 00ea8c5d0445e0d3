extension JSONPatchOperation {
    /// A patch that makes the changes ``JSON/changes(from:to:)`` has found: applied to the old value it gives one equal to
    /// the new value.
    ///
    /// Replacements come first, while the old value's paths hold; then removals from the back, so that none moves another;
    /// then additions from the front, each when all before it is in place.
    package static func operations(for changes: [JSONChange]) -> [JSONPatchOperation] {
        var replacements: [JSONPatchOperation] = []
        var removals: [JSONPatchOperation] = []
        var additions: [JSONPatchOperation] = []
        for change in changes {
            switch (change.before, change.after) {
            case (_?, let after?): replacements.append(.replace(change.path, after))
            case (_?, nil): removals.append(.remove(change.path))
            case (nil, let after?): additions.append(.add(change.path, after))
            case (nil, nil): continue
            }
        }
        return replacements + removals.reversed() + additions
    }
}
