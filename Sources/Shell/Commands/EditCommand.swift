import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `edit`: webhooks in the user's own editor.
enum EditCommand: Command {
    static let declaration = CommandDeclaration(
        "edit", .edit, "opens webhooks as YAML in your editor and stages what you changed",
        positionals: [DeclaredPositional("WEBHOOK", .webhook, .optional, "this one, instead of those selected")],
        flags: .target, restrictions: .notInEach, rules: [.excludes("WEBHOOK", ["on"])],
        details: [
            "$VISUAL, else $EDITOR, gets a private file with one document for each webhook, secrets as !keep: those stay "
                + "what they are. A line that is taken out takes the member out; a whole document that is taken out leaves "
                + "its webhook as it is. A mistake opens the editor again with the error on top; an empty file gives up. "
                + "Where an edit comes to nothing, the file is kept, and the error says where."
        ],
        examples: [.init("edit", "the selection, or the current webhook")],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        let keys = try call.text("WEBHOOK").map { [try state.resolve($0)] } ?? call.targets(in: state)
        let sheet = try EditSheet(keys: keys, state: state)
        let editor = TextEditor(environment: call.shell.environment, suffix: "yaml")
        let file = try editor.sheet(holding: sheet.text)
        do {
            try await stage(sheet, in: file, call)
            file.remove()
            return .nothing
        } catch {
            guard file.isKept(besides: sheet.text) else {
                file.remove()
                throw error
            }
            throw KeptSheet(path: file.path, cause: error)
        }
    }

    /// Opens the editor until what it leaves can be staged, or is to be left alone.
    private static func stage(_ sheet: EditSheet, in file: TextEditor.Sheet, _ call: CommandCall) async throws {
        var text = sheet.text
        while true {
            let edited = try await call.shell.inEditor { try await file.edit() }
            try Task.checkCancellation()
            if EditSheet.isEmpty(edited) { return call.shell.messages.note("Nothing is left of it: nothing changed.") }
            if edited == sheet.text { return call.shell.messages.note("Nothing changed.") }
            do {
                return try await call.stage(try sheet.wanted(edited), pairing: .identityThenKind)
            } catch {
                // An editor that leaves the same mistake again will not mend it by itself.
                guard edited != text, EditSheet.isMistake(error) else { throw error }
                text = EditSheet.text(edited, under: Problems.problem(error))
                if text == edited { throw error }
                try file.write(text)
            }
        }
    }
}

/// An edit that came to nothing: what was written is still there.
struct KeptSheet: Error, Sendable {
    let path: String
    let cause: any Error
}
