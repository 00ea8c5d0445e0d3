extension JSON {
    /// The members of an object in order, names as string values with their spelling, without a copy; nothing for other
    /// kinds.
    struct Members: Sequence, IteratorProtocol {
        private enum Source {
            case none
            case owned(ObjectNode)
            case view(Document)
        }

        private let source: Source
        /// The next member's position, or its name's node.
        private var cursor = 0
        private var remaining = 0

        init(_ json: JSON) {
            switch json.storage {
            case .object(let node):
                source = .owned(node)
                remaining = node.members.count
            case .view(let document, let node) where document.kind(at: Int(node)) == .object:
                source = .view(document)
                cursor = Int(node) + 1
                remaining = document.count(at: Int(node))
            default:
                source = .none
            }
        }

        var underestimatedCount: Int { remaining }

        mutating func next() -> Member? {
            guard remaining > 0 else { return nil }
            remaining -= 1
            switch source {
            case .none:
                return nil
            case .owned(let node):
                defer { cursor += 1 }
                return node.members[cursor]
            case .view(let document):
                defer { cursor = document.next(after: cursor + 1) }
                return Member(name: JSON(document, cursor), value: JSON(document, cursor + 1))
            }
        }
    }

    var members: Members { Members(self) }

    /// The position and value of the member that `name`, a string value, names in this object.
    func member(named name: JSON) -> (position: Int, value: JSON)? {
        switch storage {
        case .object(let node):
            guard let position = node.position(of: name) else { return nil }
            return (position, node.members[position].value)
        case .view(let document, let node) where document.kind(at: Int(node)) == .object:
            let found = name.withStringBytes(surrogates: .replaced) { document.member(named: $0, of: Int(node)) }
            return found.map { ($0.position, JSON(document, $0.name + 1)) }
        default:
            return nil
        }
    }

    /// Calls `body` with a string's decoded bytes; with nothing for other kinds.
    func withStringBytes<R>(surrogates: LoneSurrogates, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        switch storage {
        case .string(var text):
            return text.withUTF8(body)
        case .view(let document, let node) where document.kind(at: Int(node)) == .string:
            return document.source.withUnsafeBufferPointer { source in
                StringToken(document.tape[Int(node)]).withDecoded(in: source, surrogates: surrogates, body)
            }
        default:
            return body(UnsafeBufferPointer(start: nil, count: 0))
        }
    }
}
