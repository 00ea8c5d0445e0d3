/// The members of a JSON object: ordered, no name twice. Names are the same if their decoded bytes are.
///
/// A parsed object's members are read from its text when asked for. Reading by name takes constant time (hashed once there
/// are more than 16 members), by position too; removing is linear.
package struct JSONObject: Sendable {
    /// An object, always.
    private(set) var json: JSON

    /// The members of `json`, or nil if it is no object.
    init?(_ json: JSON) {
        guard json.kind == .object else { return nil }
        self.json = json
    }

    package init() { json = JSON(storage: .object(ObjectNode([]))) }

    /// Members in order; of several with the same name, the first one's place and the last one's value.
    package init(_ members: some Sequence<(String, JSON)>) {
        self.init()
        for (name, value) in members { self[name] = value }
    }

    /// The value of the member `name`. Setting keeps the place and the spelling of a name that is there, appends a new
    /// one, and removes it for nil (`JSON.null` is a value).
    package subscript(name: String) -> JSON? {
        get { json[name] }
        set {
            let node = ownedNode()
            switch (node.position(of: name), newValue) {
            case (let position?, let value?):
                node.members[position].value = value
                node.height = Swift.max(node.height, value.height + 1)
            case (let position?, nil):
                node.remove(at: position)
            case (nil, let value?):
                node.append(Member(name, value))
            case (nil, nil):
                return
            }
        }
    }

    /// The names in order, decoded.
    package var keys: [String] { json.members.map { $0.name.string ?? "" } }

    /// Where the member `name` stands, or nil.
    package func position(of name: String) -> Int? {
        switch json.storage {
        case .object(let node): node.position(of: name)
        case .view(let document, let node): document.member(named: name, of: Int(node))?.position
        default: nil
        }
    }

    /// The node to change: its own, and nobody else's.
    private mutating func ownedNode() -> ObjectNode { json.ownObject() }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// As ``init(_:)``.
    package init(dictionaryLiteral members: (String, JSON)...) { self.init(members) }
}

extension JSONObject: Hashable, CustomStringConvertible {
    /// Compact text.
    package var description: String { json.description }
}

extension JSONObject: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { json.count }

    package subscript(position: Int) -> (name: String, value: JSON) {
        precondition(position >= 0 && position < json.count, "JSONObject index out of range")
        switch json.storage {
        case .object(let node):
            let member = node.members[position]
            return (member.name.string ?? "", member.value)
        case .view(let document, let node):
            let name = document.memberName(position, of: Int(node))
            return (document.string(at: name), JSON(document, name + 1))
        default:
            preconditionFailure("JSONObject holds an object")
        }
    }

    package struct Iterator: IteratorProtocol {
        fileprivate var members: JSON.Members

        package mutating func next() -> (name: String, value: JSON)? {
            members.next().map { ($0.name.string ?? "", $0.value) }
        }
    }

    package func makeIterator() -> Iterator { Iterator(members: json.members) }
}
