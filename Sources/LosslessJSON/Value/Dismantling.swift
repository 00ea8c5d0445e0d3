/// Freeing deep owned trees with a list of what is left instead of the call stack, one frame of which each nested `deinit`
/// would take.
enum Dismantling {
    /// Up to here the call stack does.
    static let safeHeight = 64

    /// Frees what the values hold, and empties the list.
    static func dismantle(_ values: inout [JSON]) {
        while var value = values.popLast() { value.moveChildren(to: &values) }
    }
}

extension JSON {
    /// See ``ArrayNode/height``; a view is flat however deep its text is.
    var height: Int {
        switch storage {
        case .array(let node): node.height
        case .object(let node): node.height
        default: 0
        }
    }

    /// Moves the children to the list if nobody else holds them, and becomes null.
    fileprivate mutating func moveChildren(to list: inout [JSON]) {
        if let node = takeArrayIfSole() {
            list.append(contentsOf: node.elements)
            node.elements = []
        } else if let node = takeObjectIfSole() {
            for member in node.members { list.append(member.value) }
            node.members = []
        }
        storage = .null
    }
}
