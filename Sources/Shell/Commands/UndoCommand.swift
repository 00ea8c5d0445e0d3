import HookScript
import Session

/// `undo`: takes back the last edits.
enum UndoCommand: Command {
    static let declaration = CommandDeclaration(
        "undo", .staging, "takes back the last command that staged something, or the last N",
        positionals: [DeclaredPositional("N", .integer, .optional, "how many commands; 1 if not given")],
        details: ["It stops at a commit: what was sent is not undone."],
        examples: [.init("undo", "the last edit"), .init("undo 3", "the last three")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let count = try UndoCount.read(call)
        let report = try await call.shell.connection.update { $0.undo(count) }
        UndoCount.tell(report, verb: "undone", call)
        return .nothing
    }
}

/// What `undo` and `redo` share.
enum UndoCount {
    static func read(_ call: CommandCall) throws -> Int {
        let count = call.invocation.argument("N")?.value.integer ?? 1
        guard count > 0 else { throw call.usage("N is a number from 1") }
        return count
    }

    static func tell(_ report: UndoReport, verb: String, _ call: CommandCall) {
        let keys = report.keys.prefix(5).map(\.description).joined(separator: ", ")
        let more = report.keys.count > 5 ? " and \(report.keys.count - 5) more" : ""
        if report.steps > 0 {
            let steps = report.steps == 1 ? "1 edit" : "\(report.steps) edits"
            call.shell.messages.note("\(steps) \(verb): \(keys)\(more).")
        }
        switch report.stop {
        case .commit: call.shell.messages.note("The last commit cannot be \(verb).")
        case .nothingLeft where report.steps == 0: call.shell.messages.note("Nothing to be \(verb).")
        case .nothingLeft, nil: break
        }
    }
}
