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
        let isUnnamed = call.text("PROFILE") == nil
        let name = call.text("PROFILE") ?? configuration.defaultProfile ?? "default"
        guard Profile.isValidName(name), name != Profile.sandboxName else {
            throw ConfigurationError(path: call.shell.profiles.store?.path ?? "", reason: .badProfileName(name))
        }
        func store(_ key: String, _ text: inout ConfigurationText) throws(ConfigurationError) {
            if configuration.profile(named: name) == nil { try text.addProfile(name, members: []) }
            try text.setMember("key", to: YamlText.doubleQuoted(key), ofProfile: name, removing: ["key_command"])
            if isUnnamed, configuration.defaultProfile == nil { try text.setDefault(name) }
        }
        // Nobody is asked for a key that could not be kept.
        try call.shell.profiles.checkChange { text throws(ConfigurationError) in try store("key", &text) }
        let key = try await ask(call, for: name)
        guard key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !key.isEmpty else {
            throw ShellError.usage(
                command: "login", problem: "this is no API key: keys are visible ASCII without blanks", hint: nil)
        }
        try call.shell.profiles.change { text throws(ConfigurationError) in try store(key, &text) }
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
