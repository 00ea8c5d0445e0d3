import LosslessJSON

extension Merger {
    /// Merges one value: objects member by member, everything else as a whole.
    ///
    /// A value that an edit set explicitly is exact: it counts as changed even when equal to the base, and an object is
    /// taken as a whole.
    mutating func mergeValue(
        _ base: JSON?, _ live: JSON?, _ staged: JSON?, at path: JSONPath, _ explicit: Explicit
    ) -> JSON? {
        if base == staged, explicit.isEmpty { return live }
        if live == staged { return live }
        if !explicit.isExact, let liveMembers = live?.object, let stagedMembers = staged?.object,
            let baseMembers = base == nil ? [:] : base?.object
        {
            return JSON(mergeMembers(baseMembers, liveMembers, stagedMembers, at: path, explicit))
        }
        if live == base { return staged }
        return conflict(at: path, base: base, live: live, staged: staged)
    }

    private mutating func mergeMembers(
        _ base: JSONObject, _ live: JSONObject, _ staged: JSONObject, at path: JSONPath, _ explicit: Explicit
    ) -> JSONObject {
        var result = live
        for name in live.keys + staged.keys.filter({ live[$0] == nil }) {
            let merged = mergeValue(
                base[name], live[name], staged[name], at: path.appending(.name(name)), explicit.below(.name(name)))
            if merged != live[name] { result[name] = merged }
        }
        return result
    }
}
