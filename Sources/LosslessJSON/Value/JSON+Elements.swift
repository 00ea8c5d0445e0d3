extension JSON {
    /// The elements of an array in order, without a copy; nothing for other kinds.
    struct Elements: Sequence, IteratorProtocol {
        private enum Source {
            case none
            case owned(ArrayNode)
            case view(Document)
        }

        private let source: Source
        /// The next element's position, or its node.
        private var cursor = 0
        private var remaining = 0

        init(_ json: JSON) {
            switch json.storage {
            case .array(let node):
                source = .owned(node)
                remaining = node.elements.count
            case .view(let document, let node) where document.kind(at: Int(node)) == .array:
                source = .view(document)
                cursor = Int(node) + 1
                remaining = document.count(at: Int(node))
            default:
                source = .none
            }
        }

        var underestimatedCount: Int { remaining }

        mutating func next() -> JSON? {
            guard remaining > 0 else { return nil }
            remaining -= 1
            switch source {
            case .none:
                return nil
            case .owned(let node):
                defer { cursor += 1 }
                return node.elements[cursor]
            case .view(let document):
                defer { cursor = document.next(after: cursor) }
                return JSON(document, cursor)
            }
        }
    }

    var elements: Elements { Elements(self) }
}
