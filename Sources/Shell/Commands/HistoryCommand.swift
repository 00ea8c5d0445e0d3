import HookScript
import LosslessJSON
import WebhookModel

/// `history`: what was typed.
enum HistoryCommand: Command {
    static let declaration = CommandDeclaration(
        "history", .session, "shows what was typed at the prompt",
        positionals: [DeclaredPositional("WHAT", .text, .optional, "how many of the last, or a glob")],
        flags: [DeclaredFlag("clear", "forget everything, on disk too")],
        rules: [.excludes("clear", ["WHAT"])],
        details: ["Lines that begin with a blank are not kept. Nothing is run by looking at it."],
        examples: [.init("history 20", "the last twenty"), .init("history 'select*'", "those that begin with select")])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        guard let history = call.shell.history else { return .nothing }
        if call.has("clear") {
            history.clear()
            return .nothing
        }
        var entries = Array(history.entries.enumerated())
        if let what = call.text("WHAT") {
            if let count = Int(what), count >= 0 {
                entries = Array(entries.suffix(count))
            } else {
                let glob = Glob(what)
                entries = entries.filter { glob.matches($0.element) }
            }
        }
        let columns = [RecordColumn("number", isRigid: true), RecordColumn("line")]
        return .records(columns: columns, rows: entries.map { [JSON($0.offset + 1), JSON($0.element)] })
    }
}
