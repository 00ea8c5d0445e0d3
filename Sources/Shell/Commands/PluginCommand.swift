import HookScript
import LosslessJSON
import PluginHost
import PluginProtocol

/// `plugin`: what others have added, and whether it may run.
enum PluginCommand: Command {
    private static let id = DeclaredPositional("ID", .plugin, "the plugin")

    static let declaration = CommandDeclaration(
        "plugin", .session, "shows, installs, enables and disables plugins",
        flags: .output,
        subcommands: [
            CommandDeclaration(
                "ls", .session, "lists what is found and what is enabled",
                flags: [DeclaredFlag("verify", "hold the folders against their pins")], aliases: ["list"]),
            CommandDeclaration(
                "info", .session, "shows what a plugin contributes and asks for, and its pin", positionals: [id]),
            CommandDeclaration(
                "install", .session, "copies a plugin's folder into the data folder",
                positionals: [DeclaredPositional("DIR", .file, "the folder that holds plugin.json")],
                flags: [DeclaredFlag("force", "replace the one that is there")]),
            CommandDeclaration(
                "new", .session, "writes a plugin that works, to begin with",
                positionals: [DeclaredPositional("ID", .text, "its id, and its folder's name")],
                flags: [
                    DeclaredFlag(
                        "lang", value: "LANGUAGE", .choice(PluginTemplate.Language.allCases.map(\.rawValue)),
                        "python if not given")
                ]),
            CommandDeclaration(
                "test", .session, "holds a plugin against the protocol, and runs its examples",
                positionals: [DeclaredPositional("DIR", .file, "the folder that holds plugin.json")]),
            CommandDeclaration(
                "enable", .session, "lets a plugin run as it is now",
                positionals: [id],
                flags: [
                    DeclaredFlag("pin", value: "SHA256", "enable it without asking if this is its pin"),
                    DeclaredFlag("dev", "for this session only, whatever becomes of its folder"),
                ], rules: [.excludes("dev", ["pin"])]),
            CommandDeclaration("disable", .session, "takes that back", positionals: [id]),
            CommandDeclaration("log", .session, "shows what a plugin said in this session", positionals: [id]),
            CommandDeclaration("reload", .session, "stops what runs and reads everything anew"),
        ],
        restrictions: .notInEach,
        details: [
            "A plugin that is there does nothing before it is enabled. enable shows what it runs, what it asks for and the "
                + "SHA-256 over its folder, and asks; from then on a changed folder is not run. Plugins are looked for in "
                + "--plugin-path, then in the data folder.",
            "Off a terminal enable needs --pin SHA256, which plugin info shows.",
        ],
        examples: [
            .init("plugin install ./plugins/audit", "brings one in"), .init("plugin enable audit", "shows it and asks"),
        ],
        exits: [.notAllowed, .declined])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        switch call.invocation.subcommand {
        case "info": return try info(call)
        case "install": return try install(call)
        case "test": return try await test(call)
        case "new": return try new(call)
        case "enable": return try await enable(call)
        case "disable": return try disable(call)
        case "log": return try log(call)
        case "reload":
            try call.shell.plugins.required().reload()
            return .nothing
        default: return try list(call)
        }
    }

    // MARK: Looking

    private static func list(_ call: CommandCall) throws -> CommandOutput {
        let host = try call.shell.plugins.required()
        let rows = try host.statuses(verifying: call.has("verify")).map { status -> [JSON] in
            [
                JSON(status.id), JSON(status.manifest?.version ?? ""), JSON(state(status.state)),
                JSON(status.manifest?.summary ?? ""),
            ]
        }
        for clash in try host.contributions().clashes {
            let who = clash.plugins.joined(separator: ", ")
            call.shell.messages.warn(
                clash.isReserved
                    ? "\(who): \(clash.name) is hookline's own name" : "\(clash.name) is contributed by \(who)",
                hint: "\(clash.plugins[0]):\(clash.name) reaches it")
        }
        return .records(columns: ["id", "version", "state", "summary"].map { RecordColumn($0) }, rows: rows)
    }

    private static func state(_ state: PluginStatus.State) -> String {
        switch state {
        case .available: "available"
        case .enabled: "enabled"
        case .enabledForSession: "enabled for this session"
        case .untrusted(let failure): PluginSentences.problem(failure, of: "it").sentence.message
        case .disabled: "disabled: it crashed too often"
        case .broken(let fault): "broken: " + PluginFaultSentences.text(fault)
        case .unusable: "not understood by this version"
        }
    }

    private static func info(_ call: CommandCall) throws -> CommandOutput {
        let preview = try call.shell.plugins.required().preview(call.text("ID")!)
        let lines = PluginDescription(preview: preview).lines
        return .report(
            lines,
            json: [
                "id": JSON(preview.id), "version": JSON(preview.manifest.version), "path": JSON(preview.path),
                "sha256": JSON(preview.digest),
            ])
    }

    private static func log(_ call: CommandCall) throws -> CommandOutput {
        let entries = try call.shell.plugins.required().log(of: call.text("ID")!)
        return .records(
            columns: ["note"].map { RecordColumn($0) }, rows: entries.map { [JSON(PluginNoteSentences.text($0.note))] })
    }

    // MARK: For authors

    private static func install(_ call: CommandCall) throws -> CommandOutput {
        try call.shell.checkMayRunPrograms("install a plugin")
        let environment = call.shell.environment
        guard let paths = environment.paths else { throw ShellError.noPlaceForFiles }
        let source = environment.absolute(call.text("DIR")!, in: call.shell.folder)
        let path = try PluginInstaller.install(
            source, into: paths.plugins, programs: environment.plugins?.programs, replacing: call.has("force"))
        let id = path.split(separator: "/").last.map(String.init) ?? path
        call.shell.messages.note("\(id) is installed. plugin enable \(id) shows it and lets it run.")
        return .nothing
    }

    private static func new(_ call: CommandCall) throws -> CommandOutput {
        let language = call.text(ofFlag: "lang").flatMap(PluginTemplate.Language.init) ?? .python
        let folder = call.shell.folder
        let path = try PluginTemplate(id: call.text("ID")!, language: language).write(into: folder)
        call.shell.messages.note("\(Printable.escaped(path)) is written. plugin test \(call.text("ID")!) tries it.")
        return .nothing
    }

    private static func test(_ call: CommandCall) async throws -> CommandOutput {
        try call.shell.checkMayRunPrograms("try a plugin")
        let environment = call.shell.environment
        let host = try call.shell.plugins.required()
        guard let ports = environment.plugins else { throw ShellError.noPlaceForFiles }
        let folder = PluginFolder.read(environment.absolute(call.text("DIR")!, in: call.shell.folder))
        if case .failure(let fault) = folder.manifest { throw EnableFailure.folder(fault) }
        let results = await PluginConformance(
            folder: folder, surroundings: host.configuration.surroundings, nonce: ports.nonce, now: ports.now,
            patience: .seconds(30)
        ).results()
        let failed = results.count { !$0.passed }
        let output = CommandOutput.text(results.map { Printable.escaped($0.line) })
        guard failed > 0 || results.isEmpty else { return output }
        return .failing(output, with: ShellError.checksFailed(failed))
    }

    // MARK: Trust

    private static func enable(_ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        try shell.checkMayRunPrograms("enable a plugin")
        let host = try shell.plugins.required()
        let id = call.text("ID")!
        if call.has("dev") {
            guard let folder = host.folders().first(where: { $0.name == id }) else { throw EnableFailure.unknown(id) }
            try host.enableForSession(folder)
            shell.messages.note("\(id) is enabled for this session.")
            return .nothing
        }
        let preview = try host.preview(id)
        if let pin = call.text(ofFlag: "pin") {
            try host.enable(preview, pin: pin)
        } else {
            for line in PluginDescription(preview: preview).lines { shell.messages.note(line) }
            guard shell.mayAsk else {
                throw ShellError.cannotAsk(question: "Enable \(id)?", instead: "plugin enable \(id) --pin SHA256")
            }
            try await shell.confirm("Enable \(id)?", instead: "plugin enable \(id) --pin SHA256")
            try host.enable(preview)
        }
        shell.messages.note("\(id) is enabled.")
        return .nothing
    }

    private static func disable(_ call: CommandCall) throws -> CommandOutput {
        // A script must not take a policy away from those who come after it.
        try call.shell.checkMayRunPrograms("disable a plugin")
        let id = call.text("ID")!
        let wasEnabled = try call.shell.plugins.required().disable(id)
        call.shell.messages.note(wasEnabled ? "\(id) is disabled." : "\(id) was not enabled.")
        return .nothing
    }
}
