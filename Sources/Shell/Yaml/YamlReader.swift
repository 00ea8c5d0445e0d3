import LosslessJSON
import Yams

/// YAML as JSON values, number spelling kept.
///
/// A plain word is a boolean, null or a number only as JSON spells it, so that `no`, `+15551234567`, `0755`, `1_000` and
/// `12:30` are the text that they look like; quoted words are text always. `!keep` marks a secret that is to stay what
/// it is. Anchors and aliases are refused: nothing that hookline writes has them.
package enum YamlReader {
    package struct Document: Hashable, Sendable {
        package let value: JSON
        /// Where `!keep` stands.
        package let kept: Set<JSONPath>
        /// Where it begins, from 1.
        package let line: Int
    }

    package struct Failure: Error, Hashable, Sendable {
        package enum Reason: Hashable, Sendable {
            case syntax(String)
            case repeatedMember(String)
            case memberNotText
            case alias
            case unknownTag(String)
        }

        /// From 1; 0 when not known.
        package let line: Int
        package let reason: Reason
    }

    /// Every document of a text. An empty one is none.
    package static func documents(in text: String) throws(Failure) -> [Document] {
        do {
            let parser = try Parser(yaml: text, resolver: .basic)
            var documents: [Document] = []
            while let node = try parser.nextRoot() {
                var reading = Reading()
                let value = try reading.value(node, at: .root)
                if value.isNull { continue }
                documents.append(Document(value: value, kept: reading.kept, line: node.mark?.line ?? 0))
            }
            return documents
        } catch let failure as Failure {
            throw failure
        } catch {
            throw failure(from: error)
        }
    }

    private static func failure(from error: any Error) -> Failure {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            // An alias to what isn't there is one all the same.
            Failure(line: mark.line, reason: problem.contains("undefined alias") ? .alias : .syntax(problem))
        case .duplicatedKeysInMapping(let keys, let context):
            Failure(line: context.mark.line, reason: .repeatedMember(keys.first ?? ""))
        case .reader(let problem, _, _, _): Failure(line: 0, reason: .syntax(problem))
        default: Failure(line: 0, reason: .syntax("it can't be read"))
        }
    }

    /// One document on its way.
    private struct Reading {
        var kept: Set<JSONPath> = []

        mutating func value(_ node: Node, at path: JSONPath) throws(Failure) -> JSON {
            let line = node.mark?.line ?? 0
            switch node {
            case .scalar(let scalar): return try self.scalar(scalar, line, at: path)
            case .sequence(let sequence):
                try check(sequence.tag, line, .seq)
                if sequence.anchor != nil { throw Failure(line: line, reason: .alias) }
                var elements: [JSON] = []
                for (index, element) in sequence.enumerated() {
                    elements.append(try value(element, at: path.appending(.index(index))))
                }
                return JSON(elements)
            case .mapping(let mapping):
                try check(mapping.tag, line, .map)
                if mapping.anchor != nil { throw Failure(line: line, reason: .alias) }
                return try object(mapping, at: path)
            case .alias: throw Failure(line: line, reason: .alias)
            }
        }

        private mutating func object(_ mapping: Node.Mapping, at path: JSONPath) throws(Failure) -> JSON {
            var members: [(String, JSON)] = []
            var names: Set<String> = []
            for (key, element) in mapping {
                let line = key.mark?.line ?? 0
                guard let name = key.scalar?.string else { throw Failure(line: line, reason: .memberNotText) }
                guard names.insert(name).inserted else { throw Failure(line: line, reason: .repeatedMember(name)) }
                members.append((name, try value(element, at: path.appending(.name(name)))))
            }
            return JSON(JSONObject(members))
        }

        private mutating func scalar(
            _ scalar: Node.Scalar, _ line: Int, at path: JSONPath
        ) throws(Failure) -> JSON {
            if scalar.anchor != nil { throw Failure(line: line, reason: .alias) }
            let isPlain = scalar.style == .plain || scalar.style == .any
            switch scalar.tag.description {
            case "!keep":
                kept.insert(path)
                return JSON(scalar.string)
            case Tag.Name.str.rawValue, Tag.Name.nonSpecific.rawValue: return JSON(scalar.string)
            case Tag.Name.implicit.rawValue: return isPlain ? Self.plain(scalar.string) : JSON(scalar.string)
            case let tag: throw Failure(line: line, reason: .unknownTag(tag))
            }
        }

        private func check(_ tag: Tag, _ line: Int, _ expected: Tag.Name) throws(Failure) {
            let name = tag.description
            if name != expected.rawValue, name != Tag.Name.implicit.rawValue {
                throw Failure(line: line, reason: .unknownTag(name))
            }
        }

        private static func plain(_ text: String) -> JSON {
            switch text {
            case "true": true
            case "false": false
            case "null", "~", "": .null
            default: JSONNumber(spelling: text).map { JSON($0) } ?? JSON(text)
            }
        }
    }
}
