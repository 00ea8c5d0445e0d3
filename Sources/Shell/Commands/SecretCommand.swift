import HookScript
import LosslessJSON

/// `secret`: named secrets for scripts.
enum SecretCommand: Command {
    static let declaration = CommandDeclaration(
        "secret", .session, "keeps secrets that scripts use as ${secret:NAME}",
        flags: .output,
        subcommands: [
            CommandDeclaration("ls", .session, "lists the names", aliases: ["list"]),
            CommandDeclaration(
                "set", .session, "asks for a secret and keeps it",
                positionals: [DeclaredPositional("NAME", .secretName, "its name")]),
            CommandDeclaration(
                "rm", .session, "forgets a secret", positionals: [DeclaredPositional("NAME", .secretName, "its name")],
                aliases: ["remove"]),
        ],
        details: [
            "A secret is asked for without showing it; off a terminal it is the first line of standard input. Values are "
                + "kept in secrets.json, readable by you alone, or come from the secret_command of config.yaml."
        ],
        examples: [
            .init("secret set SLACK_TOKEN", "asks for the value"),
            .init("set-channel slack bot_token=${secret:SLACK_TOKEN}", "uses it"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let secrets = try call.shell.profiles.secrets()
        switch call.invocation.subcommand {
        case "set":
            let name = call.text("NAME")!
            let value = try await call.shell.askSecret(
                "Value of \(name): ", instead: "pipe the value into hookline secret set \(name)")
            try secrets.set(name, to: Secret(value))
            call.shell.messages.note("Secret \(name) is kept.")
            return .nothing
        case "rm":
            let name = call.text("NAME")!
            try secrets.remove(name)
            call.shell.messages.note("Secret \(name) is forgotten.")
            return .nothing
        default:
            let names = try secrets.names()
            return .records(columns: [RecordColumn("name")], rows: names.map { [JSON($0)] })
        }
    }
}
