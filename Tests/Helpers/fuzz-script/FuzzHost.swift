import HookScript
import LosslessJSON
import Synchronization

/// A host that runs nothing, and whose values are all hostile.
///
/// The command `evil` is in every value and in no source: when it runs, a value was read as source.
final class FuzzHost: CommandHost {
    private let ran = Mutex<[String]>([])

    /// What has run, in its canonical form.
    var commands: [String] { ran.withLock { $0 } }

    static let hostile = "; evil\nevil $(evil) \"evil\" | evil > evil"

    private static let signatures: [String: CommandSignature] = {
        let words = PositionalSignature("word", .any, .many, acceptsSecret: true)
        let list = [
            CommandSignature("evil", positionals: [words]),
            CommandSignature("echo", positionals: [words]),
            CommandSignature("count", takesWhere: true),
            CommandSignature(
                "ls",
                flags: [
                    FlagSignature("limit", short: "n", value: .init("N", .integer)), FlagSignature("json"),
                    FlagSignature("columns", value: .init("C", isList: true), repeats: true),
                ], takesWhere: true),
            CommandSignature(
                "set",
                positionals: [PositionalSignature("field", .path), PositionalSignature("value", .inferred)]),
            CommandSignature("channel", positionals: [PositionalSignature("kind")], keyValues: .any),
            CommandSignature(
                "vault", subcommands: [CommandSignature("set", positionals: [words]), CommandSignature("ls")]),
            CommandSignature("timed", takesCommand: true),
            CommandSignature("use", positionals: [PositionalSignature("id")], restrictions: .notInEach),
        ]
        return Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0) })
    }()

    func signature(of command: String) -> CommandSignature? { Self.signatures[command] }
    var commandNames: [String] { Self.signatures.keys.sorted() }
    func alias(named name: String) -> Alias? {
        switch name {
        case "paused": Alias(name, text: "ls where not active")
        case "v": Alias(name, text: "vault")
        case "loop": Alias(name, text: "loop a")
        case "say": Alias(name, text: "echo \"$x\" ${y:-5}")
        default: nil
        }
    }

    func fields() async throws(CommandFailure) -> any FieldResolver { FuzzFields() }

    func run(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome {
        precondition(!(invocation.command == "evil" && !invocation.source.names("evil")), "a value ran")
        let canonical = invocation.canonical
        ran.withLock { $0.append(canonical) }
        if let inner = invocation.inner { return try await inner.run() }
        var found = 0
        if let predicate = invocation.predicate {
            for record in FuzzRecord.all where (try? predicate.matches(record)) == true { found += 1 }
        }
        return CommandOutcome(Value([Value(found), Value(Self.hostile)]))
    }

    let implicitVariables = ["id", "name"]
    func variable(named name: String) async throws(CommandFailure) -> Value? { Value(Self.hostile) }
    func environment(_ name: String) -> String? { name == "NONE" ? nil : Self.hostile }
    func secret(_ name: String) async throws(CommandFailure) -> String? { name == "NONE" ? nil : Self.hostile }
    func now() -> Instant { Instant(microseconds: 1_700_000_000_000_000) }
    func sleep(for duration: Duration) async throws(CommandFailure) {
        throw CommandFailure(kind: "fuzz", message: "no time to sleep")
    }
    func records(selected: Bool, where predicate: Predicate?) async throws(CommandFailure) -> [String] { ["a", "b"] }
    func makeCurrent(_ record: String?, inEach: Bool) async throws(CommandFailure) -> String? { nil }
    func parameter(_ request: ParameterRequest) async throws(CommandFailure) -> Value? { Value(Self.hostile) }
}

extension SourceText {
    fileprivate func names(_ word: String) -> Bool { !String(decoding: bytes, as: UTF8.self).ranges(of: word).isEmpty }
}

struct FuzzFields: FieldResolver {
    var fieldNames: [String] { ["name", "active", "events", "created", "meta"] }
    var receiving: (field: FieldReference, wildcard: String)? { field("events").map { ($0, "*") } }

    func field(_ name: String) -> FieldReference? {
        switch name {
        case "name": FieldReference(name: name, type: FieldType(.text), code: 0)
        case "active": FieldReference(name: name, type: FieldType(.boolean), code: 1)
        case "events": FieldReference(name: name, type: FieldType(.text, isList: true), code: 2)
        case "created": FieldReference(name: name, type: FieldType(.time), code: 3)
        default: path(name)
        }
    }

    private func path(_ name: String) -> FieldReference? {
        guard let path = try? JSONPath(parsing: name), case .name("meta")? = path.first else { return nil }
        return FieldReference(
            name: name, type: FieldType(nil, isList: path.components.contains(.any)), code: 4, path: path)
    }
}

struct FuzzRecord: FieldSource {
    let document: JSON

    static let all = [
        #"{"name":"Team A","active":true,"events":["a.b"],"created":"2025-01-01","meta":{"n":5,"l":[1,"x",null]}}"#,
        #"{"name":"","active":false,"events":[],"meta":[{"k":"v"},{"k":7}]}"#, #"{"meta":null}"#,
    ].map { FuzzRecord(document: (try? JSON(parsing: $0)) ?? .null) }

    func value(of field: FieldReference) -> FieldValue {
        let name = field.code == 4 ? nil : field.name
        if let name { return document[name].map { .json($0) } ?? .missing }
        guard let path = field.path else { return .missing }
        if path.isConcrete { return document.value(at: path).map { .json($0) } ?? .missing }
        return .many(document.matches(of: path).map(\.value))
    }
}
