import HookScript

/// The shell as a plugin's script sees it: without the commands that the script itself is to define.
struct MacroHost: CommandHost {
    let shell: Shell
    /// The commands that the plugin contributes, by its own names and by those that a clash gives them.
    let defined: Set<String>

    init(_ shell: Shell, plugin: String, commands: [String]) {
        self.shell = shell
        defined = Set(commands + commands.map { "\(plugin):\($0)" })
    }

    func signature(of command: String) -> CommandSignature? {
        defined.contains(command) ? nil : shell.signature(of: command)
    }

    /// A name that is hookline's own stays so, whatever a manifest says.
    func isReserved(_ name: String) -> Bool {
        CommandTable.signature(of: name) != nil || !defined.contains(name) && shell.isReserved(name)
    }

    var commandNames: [String] { shell.commandNames.filter { !defined.contains($0) } }
    func alias(named name: String) -> Alias? { shell.alias(named: name) }
    var aliasNames: [String] { shell.aliasNames }
    var implicitVariables: [String] { shell.implicitVariables }

    func fields() async throws(CommandFailure) -> any HookScript.FieldResolver { try await shell.fields() }

    func run(_ invocation: Invocation) async throws(CommandFailure) -> CommandOutcome {
        try await shell.run(invocation)
    }

    func variable(named name: String) async throws(CommandFailure) -> Value? { try await shell.variable(named: name) }
    func environment(_ name: String) -> String? { shell.environment(name) }
    func secret(_ name: String) async throws(CommandFailure) -> String? { try await shell.secret(name) }
    func now() -> Instant { shell.now() }
    func sleep(for duration: Duration) async throws(CommandFailure) { try await shell.sleep(for: duration) }

    func records(selected: Bool, where predicate: Predicate?) async throws(CommandFailure) -> [String] {
        try await shell.records(selected: selected, where: predicate)
    }

    func makeCurrent(_ record: String?, inEach: Bool) async throws(CommandFailure) -> String? {
        try await shell.makeCurrent(record, inEach: inEach)
    }

    func parameter(_ request: ParameterRequest) async throws(CommandFailure) -> Value? {
        try await shell.parameter(request)
    }
}
