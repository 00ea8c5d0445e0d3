import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `edit`: webhooks in the user's own editor.
enum EditCommand: Command {
    static let declaration = CommandDeclaration(
        "edit", .edit, "opens webhooks as YAML in your editor and stages what you changed",
        positionals: [DeclaredPositional("WEBHOOK", .webhook, .optional, "this one, instead of those selected")],
        flags: .target, restrictions: .notInEach,
        details: [
            "$VISUAL, else $EDITOR, gets a private file with one document for each webhook, secrets as !keep: those stay "
                + "what they are. A line that is taken out takes the member out; a whole document that is taken out leaves "
                + "its webhook as it is. A mistake opens the editor again with the error on top; an empty file gives up."
        ],
        examples: [.init("edit", "the selection, or the current webhook")],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        let keys = try call.text("WEBHOOK").map { [try state.resolve($0)] } ?? call.targets(in: state)
        let sheet = try EditSheet(keys: keys, state: state)
        let editor = TextEditor(environment: call.shell.environment, suffix: "yaml")
        var text = sheet.text
        while true {
            let edited = try await editor.edit(text)
            if EditSheet.isEmpty(edited) {
                call.shell.messages.note("Nothing is left of it: nothing changed.")
                return .nothing
            }
            if edited == sheet.text {
                call.shell.messages.note("Nothing changed.")
                return .nothing
            }
            do {
                let wanted = try sheet.wanted(edited)
                try await call.stage(wanted, pairing: .identityThenKind)
                return .nothing
            } catch {
                // An editor that leaves the same mistake again will not mend it by itself.
                guard edited != text, EditSheet.isMistake(error) else { throw error }
                text = EditSheet.text(edited, under: Problems.problem(error))
                if text == edited { throw error }
            }
        }
    }
}
