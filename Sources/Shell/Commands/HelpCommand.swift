import HookScript
import LosslessJSON
import WebhookModel

/// `help`: what there is, and what each command does.
enum HelpCommand: Command {
    static let declaration = CommandDeclaration(
        "help", .session, "explains the commands, or one of them",
        positionals: [
            DeclaredPositional(
                "COMMAND", .command, .many,
                "a command, and a subcommand of it; or " + HelpTopic.allCases.map(\.rawValue).joined(separator: ", "))
        ],
        aliases: ["?"],
        examples: [
            .init("help", "lists the commands by what they are for"), .init("help add-event", "explains one"),
            .init("help config", "what config.yaml may say"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let words = call.texts("COMMAND")
        guard let name = words.first else { return .text(overview(call)) }
        guard let command = call.shell.declaration(of: name) else {
            if let topic = HelpTopic(rawValue: name) { return .text(topic.page(style: call.shell.style)) }
            if let statement = CommandCandidates.statements.first(where: { $0.text == name }) {
                return .text(["\(name)  \(statement.detail ?? "")", "It is of the language: docs/language.md."])
            }
            throw ShellError.unknownCommand(
                name, nearest: Nearest.name(name, among: CommandTable.names + HelpTopic.allCases.map(\.rawValue)))
        }
        if words == ["sandbox", "serve"] { return .text(HelpTopic.serve(style: call.shell.style)) }
        guard words.count > 1 else { return .text(Usage(declaration: command).page(style: call.shell.style)) }
        guard let sub = command.subcommands.first(where: { $0.name == words[1] || $0.aliases.contains(words[1]) })
        else {
            let nearest = Nearest.name(words[1], among: command.subcommands.map(\.name))
            throw ShellError.unknownCommand(name + " " + words[1], nearest: nearest.map { name + " " + $0 })
        }
        return .text(Usage(declaration: sub, parent: command).page(style: call.shell.style))
    }

    private static func overview(_ call: CommandCall) -> [String] {
        let style = call.shell.style
        var lines: [String] = []
        for group in CommandGroup.allCases {
            let commands =
                group == .plugin
                ? call.shell.contributedDeclarations : CommandTable.declarations.filter { $0.group == group }
            guard !commands.isEmpty else { continue }
            lines.append(style(.heading, group.rawValue) + ": " + group.purpose)
            for command in commands { lines.append("  " + command.name.padded(to: 15) + command.summary) }
            lines.append("")
        }
        lines.append(
            "help COMMAND explains one, and so does ? behind it. Edits are staged: diff shows them, commit sends them, "
                + "undo takes them back.")
        lines.append(
            HelpTopic.allCases.map { "help \($0.rawValue): \($0.summary)" }.joined(separator: "; ") + ".")
        return lines
    }
}

extension CommandGroup {
    /// What people want to do with its commands.
    fileprivate var purpose: String {
        switch self {
        case .look: "see what there is"
        case .choose: "say which webhooks the next edits are for"
        case .edit: "change them; nothing is sent yet"
        case .staging: "see what would change, and take it back"
        case .write: "send it, and undo what was sent"
        case .move: "to and from files and other organizations"
        case .script: "repeat what was done"
        case .session: "profiles, secrets, formats, help, leaving"
        case .plugin: "what the enabled plugins add"
        }
    }
}
