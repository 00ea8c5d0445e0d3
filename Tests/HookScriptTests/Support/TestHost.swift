import LosslessJSON
import Synchronization

@testable import HookScript

/// A host with commands that print what they were given.
final class TestHost: CommandHost {
    struct State {
        var output: [String] = []
        var invocations: [Invocation] = []
        var current: String?
        var selection: [String] = []
        var clock = Instant(microseconds: 1_750_000_000_000_000)
        var asked: [String] = []
        var aliases: [String: Alias] = [:]
    }

    let state = Mutex(State())
    let records: [TestRecord]
    let answers: [String: String]
    /// The scripts that `run` runs.
    let files: [String: String]

    init(
        records: [TestRecord] = TestRecord.samples, answers: [String: String] = [:], files: [String: String] = [:],
        aliases: [Alias] = []
    ) {
        self.records = records
        self.answers = answers
        self.files = files
        for alias in aliases { state.withLock { $0.aliases[alias.name] = alias } }
    }

    var output: [String] { state.withLock(\.output) }
    var invocations: [Invocation] { state.withLock(\.invocations) }

    func fields() async throws(CommandFailure) -> any FieldResolver { TestFields() }
    let implicitVariables = ["id", "name", "record"]

    func signature(of command: String) -> CommandSignature? { TestCommands.byName[command] }
    var commandNames: [String] { TestCommands.byName.keys.sorted() }
    func alias(named name: String) -> Alias? { state.withLock { $0.aliases[name] } }
    var aliasNames: [String] { state.withLock { $0.aliases.keys.sorted() } }

    func variable(named name: String) async throws(CommandFailure) -> Value? {
        guard let id = state.withLock(\.current), let record = records.first(where: { $0.id == id }) else { return nil }
        switch name {
        case "id": return Value(record.id)
        case "name": return Value(record.name)
        default:
            let secret = Taint.Member(path: ["token"], taint: Taint(reference: "record.token"))
            let hasSecret = record.document["token"] != nil
            return Value(record.document, taint: hasSecret ? Taint(members: [secret]) : nil)
        }
    }

    func environment(_ name: String) -> String? {
        ["HOME": "/home/tester", "EVIL": "; fail bad 1 x $(fail)"][name]
    }

    func secret(_ name: String) async throws(CommandFailure) -> String? {
        if name == "LOCKED" { throw CommandFailure(kind: "locked", exitCode: 3, message: "the secrets are locked") }
        return ["TOKEN": "xoxb-very-secret", "OTHER": "hunter2-hunter2"][name]
    }

    func now() -> Instant { state.withLock(\.clock) }

    func sleep(for duration: Duration) async throws(CommandFailure) {
        state.withLock { $0.clock = $0.clock.advanced(by: duration) ?? $0.clock }
    }

    func records(selected: Bool, where predicate: Predicate?) async throws(CommandFailure) -> [String] {
        let chosen = state.withLock(\.selection)
        return try matching(predicate).map(\.id).filter { !selected || chosen.contains($0) }
    }

    func makeCurrent(_ record: String?, inEach: Bool) async throws(CommandFailure) -> String? {
        state.withLock { state in
            defer { state.current = record }
            return state.current
        }
    }

    func parameter(_ request: ParameterRequest) async throws(CommandFailure) -> Value? {
        state.withLock { $0.asked.append(request.name) }
        return answers[request.name].map { Value($0) }
    }

    func run(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome {
        state.withLock { $0.invocations.append(invocation) }
        switch invocation.command {
        case "run": return try await runFile(invocation)
        case "timed":
            print("begin", invocation)
            guard let outcome = try await invocation.inner?.run() else { return CommandOutcome() }
            print("end", invocation)
            return outcome
        default: return CommandOutcome(try TestCommands.run(invocation, self))
        }
    }

    private func runFile(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome {
        let name = invocation.argument("file")?.value.description ?? ""
        let source = SourceText(name: name, text: files[name] ?? "")
        do throws(ScriptError) {
            let options = RunOptions(trace: invocation.trace(entering: name))
            _ = try await Interpreter(host: self, limits: .forTests).run(source, options: options)
            return CommandOutcome()
        } catch {
            throw CommandFailure(kind: "script", exitCode: error.exitCode, message: "\(name) failed", cause: error)
        }
    }

    func print(_ line: String, _ invocation: Invocation) {
        guard invocation.purpose == .statement else { return }
        state.withLock { $0.output.append(line) }
    }

    func matching(_ predicate: Predicate?) throws(CommandFailure) -> [TestRecord] {
        guard let predicate else { return records }
        var found: [TestRecord] = []
        for record in records {
            do throws(Predicate.Failure) {
                if try predicate.matches(record) { found.append(record) }
            } catch {
                throw CommandFailure(
                    kind: "where", exitCode: 1, message: DiagnosticRenderer.message(.operation(error.problem)),
                    location: error.span)
            }
        }
        return found
    }
}
