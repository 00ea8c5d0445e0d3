import HookScript
import LosslessJSON
import Session

/// `profile`: the organizations to work on.
enum ProfileCommand: Command {
    static let declaration = CommandDeclaration(
        "profile", .session, "shows, changes and tests profiles",
        flags: .output,
        subcommands: [
            CommandDeclaration("ls", .session, "lists the profiles", aliases: ["list"]),
            CommandDeclaration(
                "use", .session, "works on another profile from now on",
                positionals: [DeclaredPositional("NAME", .profile, "the profile")],
                flags: [DeclaredFlag("default", "also make it the default")]),
            CommandDeclaration(
                "add", .session, "adds a profile to the configuration",
                positionals: [DeclaredPositional("NAME", .text, "its name")],
                flags: [
                    DeclaredFlag("base", value: "URL", "the API's base, https://api.mixpeek.com if not given"),
                    DeclaredFlag("key-command", value: "LINE", "a shell command that prints the API key"),
                    DeclaredFlag("production", "mark it: the prompt warns and a commit asks for its name"),
                    DeclaredFlag(
                        "tier", value: "TIER", "free, pro, unlimited, or a number of requests a minute"),
                    DeclaredFlag(
                        "dialect", value: "DIALECT", .choice(Profile.Dialect.allCases.map(\.rawValue)),
                        "the list operation; found by asking if not given"),
                    DeclaredFlag("ca-file", value: "FILE", .file, "a certificate authority of one's own"),
                    DeclaredFlag("proxy", value: "URL", "an HTTP proxy"),
                    DeclaredFlag("default", "also make it the default"),
                ]),
            CommandDeclaration(
                "remove", .session, "removes a profile and its key from the configuration",
                positionals: [DeclaredPositional("NAME", .profile, "the profile")], aliases: ["rm"]),
            CommandDeclaration(
                "test", .session, "asks the API whether the key is good",
                positionals: [
                    DeclaredPositional("NAME", .profile, .optional, "the profile; the current one if not given")
                ],
                flags: [
                    DeclaredFlag(
                        "write",
                        "also find out what the server does with secrets, on a paused webhook that is made and removed")
                ]),
        ],
        restrictions: .notInEach,
        details: [
            "The first of these decides: --profile or --api-base, MIXPEEK_API_KEY (with MIXPEEK_API_BASE) in the "
                + "environment, the configured default, the embedded sandbox."
        ],
        examples: [
            .init("profile add production --key-command 'pass show mixpeek' --production", "adds a profile"),
            .init("profile use production", "goes on with it"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        switch call.invocation.subcommand {
        case "use": try await use(call)
        case "add": try add(call)
        case "remove": try await remove(call)
        case "test": try await test(call)
        default: try await list(call)
        }
    }

    private static func list(_ call: CommandCall) async throws -> CommandOutput {
        let configuration = try call.shell.profiles.configuration()
        let current = await call.shell.connection.profile
        var profiles = configuration.profiles
        for profile in [Profile.sandbox, current] where !profiles.contains(where: { $0.name == profile.name }) {
            profiles.append(profile)
        }
        let rows = profiles.map { profile -> [JSON] in
            [
                JSON(profile.name == current.name), JSON(profile.name), JSON(profile.host),
                JSON(describe(profile.key)), JSON(profile.isProduction),
            ]
        }
        let columns = ["current", "name", "host", "key", "production"].map { RecordColumn($0) }
        return .records(columns: columns, rows: rows)
    }

    private static func describe(_ key: Profile.KeySource) -> String {
        switch key {
        case .none: "none"
        case .literal: "in the configuration"
        case .command: "from a command"
        case .environment(let variable): "from \(variable)"
        case .sandbox: "the sandbox's own"
        }
    }

    private static func use(_ call: CommandCall) async throws -> CommandOutput {
        let name = call.text("NAME")!
        var request = ProfileResolver.Request()
        request.profile = name
        let profile = try call.shell.profiles.resolve(request)
        let makesDefault = { (text: inout ConfigurationText) throws(ConfigurationError) in try text.setDefault(name) }
        if call.has("default") { try call.shell.profiles.checkChange(makesDefault) }
        try await call.shell.connection.use(profile)
        if call.has("default") { try call.shell.profiles.change(makesDefault) }
        call.shell.messages.note("On \(profile.name) (\(Printable.escaped(profile.host))).")
        return .nothing
    }

    private static func add(_ call: CommandCall) throws -> CommandOutput {
        if call.has("key-command") { try call.shell.checkMayRunPrograms("name a command that prints a key") }
        let name = call.text("NAME")!
        guard Profile.isValidName(name), name != Profile.sandboxName else {
            throw ConfigurationError(path: call.shell.profiles.store?.path ?? "", reason: .badProfileName(name))
        }
        guard try call.shell.profiles.configuration().profile(named: name) == nil else {
            throw ShellError.usage(
                command: "profile add", problem: "profile \(name) exists already",
                hint: "remove it first: profile remove \(name)")
        }
        let base = call.text(ofFlag: "base")
        if let base, !ProfileResolver.isBase(base) { throw ProfileResolver.Failure.badBase(base) }
        let members = try members(call)
        let isDefault = call.has("default")
        try call.shell.profiles.change { text throws(ConfigurationError) in
            try text.addProfile(name, members: members)
            if isDefault { try text.setDefault(name) }
        }
        call.shell.messages.note("Added profile \(name).")
        if call.text(ofFlag: "key-command") == nil { call.shell.messages.note("Set its key with: login \(name)") }
        return .nothing
    }

    private static func members(_ call: CommandCall) throws -> [(name: String, value: String)] {
        let texts = [
            ("base", "base"), ("key_command", "key-command"), ("tier", "tier"), ("dialect", "dialect"),
            ("ca_file", "ca-file"), ("proxy", "proxy"),
        ]
        var members = texts.compactMap { member, flag in
            call.text(ofFlag: flag).map { (name: member, value: ConfigurationText.quoted($0)) }
        }
        if call.has("production") { members.append(("production", "true")) }
        return members
    }

    private static func remove(_ call: CommandCall) async throws -> CommandOutput {
        if await call.shell.connection.profile.name == call.text("NAME") {
            throw ShellError.usage(
                command: "profile remove", problem: "it is in use", hint: "profile use another one first")
        }
        let name = call.text("NAME")!
        let configuration = try call.shell.profiles.configuration()
        guard configuration.profile(named: name) != nil else {
            throw ProfileResolver.Failure.unknownProfile(name, known: configuration.profiles.map(\.name))
        }
        try call.shell.profiles.change { text throws(ConfigurationError) in
            if configuration.defaultProfile == name { try text.removeDefault() }
            try text.removeProfile(name)
        }
        call.shell.messages.note("Removed profile \(name).")
        return .nothing
    }

    private static func test(_ call: CommandCall) async throws -> CommandOutput {
        var profile = await call.shell.connection.profile
        if let name = call.text("NAME") {
            var request = ProfileResolver.Request()
            request.profile = name
            profile = try call.shell.profiles.resolve(request)
        }
        let report = try await call.shell.connection.probe(profile)
        var lines = [
            "\(profile.name): \(Printable.escaped(profile.host)) accepts the key; \(report.count) webhooks, \(report.dialect)"
        ]
        var members: JSONObject = [
            "profile": JSON(profile.name), "host": JSON(profile.host), "webhooks": JSON(report.count),
            "dialect": JSON(report.dialect),
        ]
        if call.has("write"), call.shell.options.isDryRun {
            lines.append("secrets: not tried, since that would make a webhook and remove it")
        } else if call.has("write") {
            let finding = try await probeSecrets(call, profile)
            lines.append("secrets: \(finding.capability.rawValue); \(finding.detail)")
            members["secrets"] = JSON(finding.capability.rawValue)
        }
        return .report(lines, json: JSON(members))
    }

    /// Asks, probes, and keeps what was found in the configuration.
    private static func probeSecrets(_ call: CommandCall, _ profile: Profile) async throws -> SecretsProbe.Finding {
        let shell = call.shell
        let question = "Make and remove a paused webhook on \(profile.name) (\(Printable.escaped(profile.host)))?"
        if profile.isProduction {
            try await shell.confirmByName(profile.name, instead: "profile test --write --yes")
        } else {
            try await shell.confirm(question, instead: "profile test --write --yes")
        }
        let isConfigured = try shell.profiles.configuration().profile(named: profile.name) != nil
        func keep(_ found: SecretsCapability, _ text: inout ConfigurationText) throws(ConfigurationError) {
            try text.setMember("secrets", to: found.rawValue, ofProfile: profile.name)
        }
        // Nothing is made on the server if what it tells could not be kept.
        if isConfigured {
            try shell.profiles.checkChange { text throws(ConfigurationError) in try keep(.lossy, &text) }
        }
        let now = shell.environment.now()
        let finding = try await shell.connection.withService(of: profile) { service in
            try await SecretsProbe(service: service, stamp: "\(now.seconds)-\(now.nanoseconds)").run()
        }
        if let id = finding.leftBehind {
            shell.messages.warn("\(id) could not be removed", hint: "delete \(id), then commit --allow delete")
        }
        if finding.capability != .unknown, isConfigured {
            try shell.profiles.change { text throws(ConfigurationError) in try keep(finding.capability, &text) }
        }
        return finding
    }
}
