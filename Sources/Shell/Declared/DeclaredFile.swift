import LosslessJSON
import Session
import WebhookModel

/// A file of webhooks as they should be: YAML, JSON (a list, one object, or one on each line) or CSV.
struct DeclaredFile: Sendable {
    struct Entry: Sendable {
        let declaration: Declaration
        /// Where it begins: `line 12`, or `entry 3` where lines say little.
        let place: String
        /// Whether it is of a table, where texts stand as `ls --csv` shows them.
        var isOfTable = false
    }

    enum Problem: Error, Sendable {
        /// YAML without any value: nothing, or comments alone.
        case empty
        case yaml(YamlReader.Failure)
        case json(JSONSyntaxError)
        case csv(DeclaredTable.Failure)
        case notADocument(place: String, JSON.Kind)
        /// Neither an identifier nor a name says which webhook is meant.
        case nameless(place: String)
        case badID(place: String, String)
        /// Two entries for one webhook.
        case repeated(place: String, first: String, String)
    }

    /// A file with what is wrong with it.
    struct Failure: Error, Sendable {
        let path: String
        let problem: Problem
    }

    let path: String
    let entries: [Entry]

    /// Larger ones are refused: a hundred thousand webhooks are a tenth of it.
    private static let sizeLimit = 512 << 20

    static func read(_ path: String, _ environment: ShellEnvironment, in folder: String?) throws -> DeclaredFile {
        let file = path == "-" ? "/dev/stdin" : environment.absolute(path, in: folder)
        let bytes = try environment.files.read(file, limit: sizeLimit)
        do throws(Problem) {
            return DeclaredFile(path: path, entries: try entries(bytes, Kind(path: path, bytes: bytes)))
        } catch {
            throw Failure(path: path, problem: error)
        }
    }

    /// What a person wrote in an editor.
    static func entries(inYAML text: String) throws(Problem) -> [Entry] {
        try checked(found(in: documents(inYAML: text)))
    }

    private enum Kind {
        case yaml, json, csv

        init(path: String, bytes: [UInt8]) {
            let name = path.lowercased()
            if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                self = .yaml
            } else if name.hasSuffix(".csv") {
                self = .csv
            } else if name.hasSuffix(".json") || name.hasSuffix(".jsonl") {
                self = .json
            } else {
                let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
                self = first == UInt8(ascii: "[") || first == UInt8(ascii: "{") ? .json : .yaml
            }
        }
    }

    private static func entries(_ bytes: [UInt8], _ kind: Kind) throws(Problem) -> [Entry] {
        switch kind {
        case .json: return try checked(json(bytes))
        case .yaml:
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .yaml(.init(line: 0, reason: .syntax("it is not UTF-8")))
            }
            let documents = try documents(inYAML: text)
            if documents.isEmpty { throw .empty }
            return try checked(found(in: documents))
        case .csv:
            let records: [DeclaredTable.Record]
            do throws(DeclaredTable.Failure) {
                records = try DeclaredTable.documents(in: bytes)
            } catch { throw .csv(error) }
            return try checked(records.map { ($0.document, [], "line \($0.line)") }, areOfTable: true)
        }
    }

    private typealias Found = (value: JSON, kept: Set<JSONPath>, place: String)

    private static func json(_ bytes: [UInt8]) throws(Problem) -> [Found] {
        var values: [JSON]
        do throws(JSONSyntaxError) {
            let value = try JSON(parsing: bytes)
            values = value.array ?? [value]
        } catch {
            // One document on each line is no JSON as a whole.
            guard let lines = lines(of: bytes) else { throw .json(error) }
            values = lines
        }
        return values.enumerated().map { ($1, [], "entry \($0 + 1)") }
    }

    private static func lines(of bytes: [UInt8]) -> [JSON]? {
        let lines = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 } }
        guard lines.count > 1 else { return nil }
        var values: [JSON] = []
        for line in lines {
            guard let value = try? JSON(parsing: Array(line)), value.object != nil else { return nil }
            values.append(value)
        }
        return values
    }

    private static func documents(inYAML text: String) throws(Problem) -> [YamlReader.Document] {
        do throws(YamlReader.Failure) { return try YamlReader.documents(in: text) } catch { throw .yaml(error) }
    }

    private static func found(in documents: [YamlReader.Document]) -> [Found] {
        documents.flatMap { document -> [Found] in
            guard let elements = document.value.array else {
                return [(document.value, document.kept, "line \(document.line)")]
            }
            return elements.enumerated().map { index, element in
                let prefix: JSONPath = [.index(index)]
                let kept = document.kept.filter { $0.starts(with: prefix) }
                    .map { JSONPath(Array($0.components.dropFirst())) }
                return (element, Set(kept), "entry \(index + 1)")
            }
        }
    }

    private static func checked(_ found: [Found], areOfTable: Bool = false) throws(Problem) -> [Entry] {
        var places: [String: String] = [:]
        var entries: [Entry] = []
        for (value, kept, place) in found {
            let declaration: Declaration
            do throws(Declaration.Failure) {
                declaration = try Declaration(document: value, kept: kept)
            } catch { throw .notADocument(place: place, value.kind) }
            if let text = value[Member.id]?.string, declaration.id == nil { throw .badID(place: place, text) }
            guard let identity = declaration.id?.rawValue ?? declaration.name else { throw .nameless(place: place) }
            if let first = places.updateValue(place, forKey: identity) {
                throw .repeated(place: place, first: first, identity)
            }
            entries.append(Entry(declaration: declaration, place: place, isOfTable: areOfTable))
        }
        return entries
    }
}
