import Yams

/// What `config.yaml` holds, without where it stands.
indirect enum ConfigurationValue: Hashable {
    case text(String)
    case list([ConfigurationValue])
    case members([Member])

    struct Member: Hashable {
        let name: String
        var value: ConfigurationValue
    }

    var members: [Member] {
        if case .members(let members) = self { members } else { [] }
    }

    subscript(_ name: String) -> ConfigurationValue? { members.first { $0.name == name }?.value }

    /// Sets a member where it stands, else in front of the others, or behind them.
    mutating func set(_ name: String, to value: ConfigurationValue, atEnd: Bool = false) {
        var members = members
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.insert(Member(name: name, value: value), at: atEnd ? members.count : 0)
        }
        self = .members(members)
    }

    /// Without members nothing is left but the name, which reads as no text.
    mutating func remove(_ name: String) {
        let rest = members.filter { $0.name != name }
        self = rest.isEmpty ? .text("") : .members(rest)
    }
}

/// The tree of `config.yaml` with the place of each name, by the reader that reads configurations.
struct ConfigurationOutline {
    struct Member {
        let name: String
        /// From 0, both.
        let line: Int
        let column: Int
        let node: Node
    }

    struct Node {
        let value: ConfigurationValue
        /// Whether it stands in braces or brackets.
        let isFlow: Bool
        /// In the order of the text; none for what has no members.
        var members: [Member] = []

        func member(_ name: String) -> Int? { members.firstIndex { $0.name == name } }
    }

    enum Failure: Error {
        case unreadable
        /// The line of an anchor or of what it stands for, from 1.
        case anchor(line: Int)
    }

    /// Nil for a file that says nothing.
    let root: Node?

    var value: ConfigurationValue { root?.value ?? .text("") }

    init(_ lines: ConfigurationLines) throws(Failure) {
        do {
            let parser = try Parser(yaml: lines.body, resolver: .basic)
            root = try withExtendedLifetime(parser) { try parser.singleRoot().map { try Self.node($0, lines) } }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .unreadable
        }
    }

    private static func node(_ node: Yams.Node, _ lines: ConfigurationLines) throws -> Node {
        if node.anchor != nil { throw Failure.anchor(line: node.mark?.line ?? 0) }
        switch node {
        case .scalar(let scalar): return Node(value: .text(scalar.string), isFlow: false)
        case .sequence(let sequence):
            let elements = try sequence.map { try Self.node($0, lines).value }
            return Node(value: .list(elements), isFlow: isFlow(sequence.mark, lines))
        case .mapping(let mapping):
            var members: [Member] = []
            for (key, value) in mapping {
                guard let name = key.scalar?.string, let mark = key.mark else { throw Failure.unreadable }
                if key.anchor != nil { throw Failure.anchor(line: mark.line) }
                members.append(
                    Member(name: name, line: mark.line - 1, column: mark.column - 1, node: try Self.node(value, lines)))
            }
            let value = members.map { ConfigurationValue.Member(name: $0.name, value: $0.node.value) }
            return Node(value: .members(value), isFlow: isFlow(mapping.mark, lines), members: members)
        case .alias(let alias): throw Failure.anchor(line: alias.mark?.line ?? 0)
        }
    }

    /// By what stands there: Yams tells no style of mappings and sequences.
    private static func isFlow(_ mark: Mark?, _ lines: ConfigurationLines) -> Bool {
        guard let mark, mark.line >= 1, mark.line <= lines.count else { return false }
        let scalar = lines[mark.line - 1].text.unicodeScalars.dropFirst(mark.column - 1).first
        return scalar == "{" || scalar == "["
    }
}
