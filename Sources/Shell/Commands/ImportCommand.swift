import HookScript
import LosslessJSON
import Session
import WebhookModel

/// `import`: webhooks out of a file that may be another organization's.
enum ImportCommand: Command {
    static let declaration = CommandDeclaration(
        "import", .move, "stages the webhooks of an exported file, here or in another organization",
        positionals: [DeclaredPositional("FILE", .file, "what export wrote; - for standard input")],
        flags: [DeclaredFlag("new", "create every one of them, whatever is there already")],
        restrictions: .notInEach,
        details: [
            "An entry is for the webhook with its webhook_id, else for the one of its name; every other is created. A "
                + "secret that the file masks stays what it is here; one that isn't here is an error: export --with-secrets "
                + "writes them, and copy asks for them."
        ],
        examples: [.init("import webhooks.yaml", "brings back what was exported")],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let file = try DeclaredFile.read(call.text("FILE")!, call.shell.environment, in: call.shell.folder)
        let state = try await call.state()
        UnknownMembers(file.entries, state).warn(call.shell.messages)
        var matching = DeclaredMatching(state: state, unknownID: .isPassedOver)
        var entries = file.entries
        if call.has("new") {
            matching.findsByName = false
            entries = try entries.map { entry in
                var members = entry.declaration.document.object ?? [:]
                for name in Member.serverOwned { members[name] = nil }
                return DeclaredFile.Entry(declaration: try entry.declaration.saying(JSON(members)), place: entry.place)
            }
        }
        try await call.stage(try matching.wanted(entries))
        return .nothing
    }
}
