extension JSON {
    /// Makes this array one with elements of its own (views of what it was parsed from) that nobody else holds, and
    /// returns its node. Must be an array.
    mutating func ownArray() -> ArrayNode {
        let owned: ArrayNode
        switch storage {
        case .array(var node):
            storage = .null
            owned = isKnownUniquelyReferenced(&node) ? node : ArrayNode(elements: node.elements, height: node.height)
        default:
            owned = ArrayNode(elements: Array(elements), height: 1)
        }
        storage = .array(owned)
        return owned
    }

    /// The same for an object.
    mutating func ownObject() -> ObjectNode {
        let owned: ObjectNode
        switch storage {
        case .object(var node):
            storage = .null
            owned = isKnownUniquelyReferenced(&node) ? node : node.copy()
        default:
            owned = ObjectNode(Array(members))
        }
        storage = .object(owned)
        return owned
    }
}
