/// `docs/commands.md`: every command as `help` explains it, in Markdown.
package enum CommandsPage {
    package static var text: String {
        var lines = [
            "# Commands", "",
            "Made from the same declarations as `help`, completion and the man page; a test fails when it is stale.",
            "[Configuration](configuration.md) has config.yaml, the global flags, the environment and `sandbox serve`.",
            "",
        ]
        for group in CommandGroup.allCases {
            let commands = CommandTable.declarations.filter { $0.group == group }
            guard !commands.isEmpty else { continue }
            let links = commands.map { "[\($0.name)](#\($0.name))" }
            lines.append("**\(group.rawValue)**: " + links.joined(separator: " · ") + "  ")
        }
        for command in CommandTable.declarations {
            lines += ["", "## \(command.name)", "", "```"]
            lines += Usage(declaration: command).page(style: .plain)
            lines.append("```")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
