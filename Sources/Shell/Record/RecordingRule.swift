import HookScript

/// What a recording makes of a command.
enum RecordingRule: Hashable, Sendable {
    /// It changes the session or the server.
    case kept
    /// As the edits that it made: what it made them of may be gone when they are replayed.
    case edits
    /// It only looks: kept with `record start --all`.
    case looks
    /// Nothing itself; the commands that it runs are recorded one by one.
    case inlined
    /// It belongs to the person at the keyboard and not to what was done.
    case never

    static func of(_ invocation: Invocation) -> RecordingRule {
        switch invocation.command {
        case "run", "time", "draft": .inlined
        // It makes the webhook current.
        case "get": invocation.positionals.isEmpty ? .looks : .kept
        case "select": showsSelection(invocation) ? .looks : .kept
        case "status", "diff", "plan", "log": .looks
        case "profile": invocation.subcommand == "use" ? .kept : .never
        case "echo": .looks
        case "edit", "apply", "import", "transform": .edits
        case "copy": .kept
        case "sandbox": changesSandbox(invocation) ? .kept : .looks
        default: of(CommandTable.declaration(named: invocation.command)?.group)
        }
    }

    private static func changesSandbox(_ invocation: Invocation) -> Bool {
        switch invocation.subcommand {
        case "emit", "replay": true
        case "faults": !invocation.positionals.isEmpty
        default: false
        }
    }

    private static func showsSelection(_ invocation: Invocation) -> Bool {
        invocation.subcommand == nil && invocation.positionals.isEmpty && invocation.predicate == nil
    }

    private static func of(_ group: CommandGroup?) -> RecordingRule {
        switch group {
        case .choose, .edit, .staging, .write: .kept
        case .look, .move: .looks
        case .plugin: .edits
        case .script, .session, nil: .never
        }
    }
}
