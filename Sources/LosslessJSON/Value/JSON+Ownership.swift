extension JSON {
    /// Makes this array one with elements of its own (views of what it was parsed from) that nobody else holds, and
    /// returns its node. Must be an array.
    mutating func ownArray() -> ArrayNode {
        let owned = takeArrayIfSole() ?? copiedArray
        storage = .array(owned)
        return owned
    }

    /// The same for an object.
    mutating func ownObject() -> ObjectNode {
        let owned = takeObjectIfSole() ?? copiedObject
        storage = .object(owned)
        return owned
    }

    /// The node of an owned array that nobody else holds: handed over, and this becomes null. Otherwise nil, and nothing
    /// changes.
    mutating func takeArrayIfSole() -> ArrayNode? {
        // The node must not come from a pattern over `storage`: unoptimised, that keeps a reference of its own for a while.
        var node = arrayNode
        guard node != nil else { return nil }
        storage = .null
        if isKnownUniquelyReferenced(&node) { return node }
        if let node { storage = .array(node) }
        return nil
    }

    /// The same for an object.
    mutating func takeObjectIfSole() -> ObjectNode? {
        var node = objectNode
        guard node != nil else { return nil }
        storage = .null
        if isKnownUniquelyReferenced(&node) { return node }
        if let node { storage = .object(node) }
        return nil
    }

    private var arrayNode: ArrayNode? {
        if case .array(let node) = storage { node } else { nil }
    }

    private var objectNode: ObjectNode? {
        if case .object(let node) = storage { node } else { nil }
    }

    private var copiedArray: ArrayNode {
        if let node = arrayNode { return ArrayNode(elements: node.elements, height: node.height) }
        return ArrayNode(elements: Array(elements), height: 1)
    }

    private var copiedObject: ObjectNode {
        objectNode?.copy() ?? ObjectNode(Array(members))
    }
}
