import HookScript
import Session

/// `apply`: webhooks as a file declares them.
enum ApplyCommand: Command {
    static let declaration = CommandDeclaration(
        "apply", .edit, "stages what makes webhooks as a file declares them",
        positionals: [DeclaredPositional("FILE", .file, "YAML, JSON or CSV; - for standard input")],
        flags: [DeclaredFlag("prune", "stage the deletion of every webhook that the file doesn't name")],
        restrictions: .notInEach,
        details: [
            "An entry is for the webhook with its webhook_id, else for the one of its name; one without an identifier whose "
                + "name nobody has is created. Members that an entry doesn't name stay as they are; the lists of events and "
                + "channels are meant whole. !keep in YAML, and a mask anywhere, leave a secret what it is; a text that was "
                + "edited around its mask is refused, and so is a reference that isn't the one shown, without !keep: files "
                + "resolve none.",
            "The columns of a CSV file are id, name, description, active, events and resource_types; an empty cell says "
                + "nothing, and one that is as ls --csv wrote it leaves what it shows.",
        ],
        examples: [
            .init("apply webhooks.yaml", "what export wrote, edited"),
            .init("apply webhooks.yaml --prune", "and nothing else stays"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let file = try DeclaredFile.read(call.text("FILE")!, call.shell.environment, in: call.shell.folder)
        let state = try await call.state()
        UnknownMembers(file.entries, state).warn(call.shell.messages)
        let wanted = try DeclaredMatching(state: state).wanted(file.entries)
        let named = Set(wanted.compactMap(\.key))
        let rest = call.has("prune") ? state.keys.filter { !named.contains($0) && state.webhook($0) != nil } : []
        try await call.stage(wanted, deleting: rest)
        return .nothing
    }
}
