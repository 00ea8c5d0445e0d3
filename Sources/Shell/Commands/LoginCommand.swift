import HookScript
import LineEditor

/// `login`: stores an API key.
enum LoginCommand: Command {
    static let declaration = CommandDeclaration(
        "login", .session, "stores the API key of a profile",
        positionals: [
            DeclaredPositional("PROFILE", .profile, .optional, "the profile; `default` is made if there is none")
        ],
        details: [
            "Asks for the key without showing it. Off a terminal the key is the first line of standard input, so that "
                + "it never stands on a command line. It is kept in config.yaml, readable by you alone; to keep it "
                + "elsewhere, give the profile a key_command."
        ],
        examples: [.init("login production", "asks for the key of that profile")],
        exits: [.declined])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let configuration = try call.shell.profiles.configuration()
        let name = call.text("PROFILE") ?? configuration.defaultProfile ?? "default"
        guard Profile.isValidName(name), name != Profile.sandboxName else {
            throw ConfigurationError(path: call.shell.profiles.store?.path ?? "", reason: .badProfileName(name))
        }
        let key = try await ask(call, for: name)
        guard key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !key.isEmpty else {
            throw ShellError.usage(
                command: "login", problem: "this is no API key: keys are visible ASCII without blanks", hint: nil)
        }
        try call.shell.profiles.change { text in
            if configuration.profile(named: name) == nil { text.addProfile(name, members: []) }
            text.setMember("key", to: YamlText.doubleQuoted(key), ofProfile: name, removing: ["key_command"])
            if call.text("PROFILE") == nil, configuration.defaultProfile == nil { text.setDefault(name) }
        }
        if let stored = try call.shell.profiles.configuration().profile(named: name) {
            await call.shell.connection.takeKey(of: stored)
        }
        call.shell.messages.note("The key of profile \(name) is stored. Try it with: profile test \(name)")
        return .nothing
    }

    private static func ask(_ call: CommandCall, for name: String) async throws -> String {
        try await call.shell.askSecret("API key for \(name): ", instead: "pipe the key into hookline login \(name)")
    }
}
