import HookScript
import LosslessJSON
import Synchronization

/// A host for measuring: its commands are those of a recording, and nothing else of it is asked for.
protocol BenchHost: CommandHost {}

extension BenchHost {
    func signature(of command: String) -> CommandSignature? { BenchCommands.signatures[command] }
    var commandNames: [String] { BenchCommands.signatures.keys.sorted() }
    func fields() async throws(CommandFailure) -> any FieldResolver { BenchFields() }
    var implicitVariables: [String] { [] }
    func variable(named name: String) async throws(CommandFailure) -> Value? { nil }
    func environment(_ name: String) -> String? { nil }
    func secret(_ name: String) async throws(CommandFailure) -> String? { nil }
    func now() -> Instant { Instant(microseconds: 0) }
    func sleep(for duration: Duration) async throws(CommandFailure) {}
    func records(selected: Bool, where predicate: Predicate?) async throws(CommandFailure) -> [String] { [] }
    func makeCurrent(_ record: String?, inEach: Bool) async throws(CommandFailure) -> String? { nil }
    func parameter(_ request: ParameterRequest) async throws(CommandFailure) -> Value? { nil }
}

enum BenchCommands {
    static let signatures: [String: CommandSignature] = {
        let list = [
            CommandSignature(
                "set", positionals: [PositionalSignature("field", .path), PositionalSignature("value", .inferred)]),
            CommandSignature("add-event", positionals: [PositionalSignature("event", .name("event"), .some)]),
            CommandSignature("use", positionals: [PositionalSignature("webhook", .name("webhook"))]),
            CommandSignature(
                "add-channel", positionals: [PositionalSignature("kind")],
                flags: [FlagSignature("on", value: .init("webhook", .name("webhook")))], keyValues: .any),
            CommandSignature("ls", flags: [FlagSignature("json")], takesWhere: true),
        ]
        return Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0) })
    }()
}

/// A host whose commands do nothing.
final class IdleHost: BenchHost {
    private let last = Mutex<Predicate?>(nil)

    func run(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome {
        if let predicate = invocation.predicate { last.withLock { $0 = predicate } }
        return CommandOutcome()
    }

    /// A condition, compiled as a command would get it.
    func predicate(_ condition: String) async throws -> Predicate {
        _ = try await Interpreter(host: self).run(SourceText(name: "condition", text: "ls where " + condition))
        return last.withLock { $0! }
    }
}
