extension JSON {
    /// Puts `value` at a concrete path. Object members missing on the way are created (an array for a component
    /// `[0]`); in an array, an index replaces and the index that equals its count (or `-`) appends. Nothing else changes: all
    /// that is beside the path keeps its bytes.
    ///
    /// Throws ``JSONPatchError`` and leaves the value alone if the path goes through a scalar, past an array's end, or
    /// holds `*`.
    package mutating func set(_ value: JSON, at path: JSONPath) throws(JSONPatchError) {
        try put(value, at: path, .createMissing)
    }

    /// Takes away the member or element at a concrete path; later elements move up.
    ///
    /// Throws ``JSONPatchError`` if nothing is there, or for the whole value.
    package mutating func remove(at path: JSONPath) throws(JSONPatchError) {
        let slots = try EditRoute(path, in: self, .existing).slots
        guard let last = slots.last else { throw JSONPatchError(reason: .cannotRemoveRoot, path: path) }
        edit(slots.dropLast()) { $0.removeChild(at: last) }
    }

    /// Inserts into an array before the index (at its count or `-`: appends), or sets an object's member; the parent must
    /// exist (RFC 6902's `add`).
    package mutating func insert(_ value: JSON, at path: JSONPath) throws(JSONPatchError) {
        try put(value, at: path, .insert)
    }

    /// Replaces what stands at the path (RFC 6902's `replace`).
    package mutating func replace(at path: JSONPath, with value: JSON) throws(JSONPatchError) {
        try put(value, at: path, .existing)
    }

    private mutating func put(_ value: JSON, at path: JSONPath, _ mode: EditRoute.Mode) throws(JSONPatchError) {
        let route = try EditRoute(path, in: self, mode)
        guard let last = route.slots.last else {
            self = value
            return
        }
        let leaf = EditRoute.wrap(value, in: route.missing)
        edit(route.slots.dropLast()) { $0.putChild(leaf, at: last) }
    }

    /// Calls `body` on the value that the slots, which exist, lead to. The values on the way are taken out of their parents
    /// meanwhile, so that nobody else holds them and they change in place; the way is a list, not the call stack.
    private mutating func edit(_ slots: ArraySlice<EditRoute.Slot>, _ body: (inout JSON) -> Void) {
        var parents: [JSON] = []
        var value = self
        self = .null
        for slot in slots {
            let child = value.takeChild(at: slot)
            parents.append(value)
            value = child
        }
        body(&value)
        for slot in slots.reversed() {
            guard var parent = parents.popLast() else { break }
            parent.putChild(value, at: slot)
            value = parent
        }
        self = value
    }
}

extension JSON {
    /// Takes the child at an existing slot out, leaving null in its place.
    fileprivate mutating func takeChild(at slot: EditRoute.Slot) -> JSON {
        var child = JSON.null
        switch slot {
        case .element(let index):
            let node = ownArray()
            swap(&child, &node.elements[index])
        case .member(let position):
            let node = ownObject()
            swap(&child, &node.members[position].value)
        case .newElement, .newMember:
            break
        }
        return child
    }

    fileprivate mutating func putChild(_ child: JSON, at slot: EditRoute.Slot) {
        switch slot {
        case .element(let index):
            let node = ownArray()
            node.height = max(node.height, child.height + 1)
            node.elements[index] = child
        case .newElement(let index):
            let node = ownArray()
            node.height = max(node.height, child.height + 1)
            node.elements.insert(child, at: index)
        case .member(let position):
            let node = ownObject()
            node.height = max(node.height, child.height + 1)
            node.members[position].value = child
        case .newMember(let name):
            ownObject().append(Member(name, child))
        }
    }

    fileprivate mutating func removeChild(at slot: EditRoute.Slot) {
        switch slot {
        case .element(let index): ownArray().elements.remove(at: index)
        case .member(let position): ownObject().remove(at: position)
        case .newElement, .newMember: break
        }
    }
}
