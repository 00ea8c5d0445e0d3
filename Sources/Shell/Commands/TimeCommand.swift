import HookScript
import WebhookModel

/// `time`: how long a command takes.
enum TimeCommand: Command {
    static let declaration = CommandDeclaration(
        "time", .script, "runs a command and says how long it took",
        takesCommand: true,
        details: ["The time goes to standard error. A command that fails is timed too."],
        examples: [.init("time ls where active", "lists, and says how long that took")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        // A signature that takes a command never comes without one.
        guard let inner = call.invocation.inner else { throw call.usage("no command is named") }
        let clock = call.shell.environment.now
        let start = clock()
        defer { call.shell.messages.raw("time: \(text(from: start, to: clock()))") }
        return .shown(try await inner.run().value)
    }

    /// `1.234 s`
    static func text(from start: Timestamp, to end: Timestamp) -> String {
        let nanoseconds = (end.seconds - start.seconds) * 1_000_000_000 + Int64(end.nanoseconds - start.nanoseconds)
        // A clock that was set back has nothing to say.
        let milliseconds = max(0, nanoseconds) / 1_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest + " s"
    }
}
