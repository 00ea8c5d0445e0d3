import HookScript
import Session

/// `discard`: drops staged edits.
enum DiscardCommand: Command {
    static let declaration = CommandDeclaration(
        "discard", .staging, "drops staged edits; undo brings them back",
        positionals: [
            DeclaredPositional(
                "WEBHOOK", .webhook, .many, "whose edits, or `all`; the selection's or the current one's if not given")
        ],
        examples: [.init("discard", "the current webhook's edits"), .init("discard all", "every edit")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let words = call.texts("WEBHOOK")
        let dropped = try await call.shell.connection.update { state in
            if words == ["all"] { return state.discardAll() }
            let keys = try words.isEmpty ? call.targets(in: state) : words.map { try state.resolve($0) }
            return state.discard(keys)
        }
        let count = dropped.count == 1 ? "1 webhook" : "\(dropped.count) webhooks"
        call.shell.messages.note(dropped.isEmpty ? "Nothing was staged." : "The edits of \(count) are dropped.")
        return .nothing
    }
}
