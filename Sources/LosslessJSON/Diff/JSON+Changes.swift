extension JSON {
    /// What has to change for `old` to become equal to `new`; nothing if they are equal.
    ///
    /// Objects are compared by name, their members' order does not count. Arrays are aligned (``ArrayAlignment``), so an
    /// element removed or inserted in the middle is one change; elements that stand against each other are compared in
    /// turn. Everything else that differs is one replacement. In the order of the old value, additions to an object last.
    ///
    /// Time is linear in size times depth; aligning arrays adds at most 512 steps an element.
    package static func changes(from old: JSON, to new: JSON) -> [JSONChange] {
        var differ = Differ()
        differ.compare(old, new)
        return differ.changes
    }
}
