import Glibc
import LineEditor
import Shell

/// What a run takes from its process, and the ports made of it.
final class Wiring: Sendable {
    let environment: ShellEnvironment
    let sandbox: EmbeddedSandbox
    let lineReader: LineReader
    /// What a command waits for, while it does.
    let status: StatusLine
    private let services: WaitingServices
    private let options: GlobalOptions

    init(arguments: Arguments) {
        let variables = ProcessEnvironment.variables
        let paths = Paths(environment: variables)
        let terminal = Terminal(type: variables["TERM"])
        let files = LocalFiles()
        lineReader = LineReader(
            terminal: terminal,
            settings: LineReader.Settings(
                programName: "hookline", editrcPath: paths?.home.map { $0 + "/.editrc" },
                usesColour: arguments.colour.allowsColour(
                    onTerminal: terminal.outputIsTerminal, type: terminal.type, environment: variables)))
        let reader = lineReader
        let errors = DescriptorOutput(STDERR_FILENO, capacity: 0)
        let showsStatus = terminal.errorIsTerminal && !terminal.isDumb && !arguments.quiet
        let width: @Sendable () -> Int? = { terminal.size?.columns }
        let status = StatusLine(output: errors, columns: showsStatus ? width : nil)
        self.status = status
        environment = ShellEnvironment(
            variables: variables, paths: paths, workingFolder: ProcessEnvironment.workingFolder,
            now: { .systemNow }, terminal: TerminalFacts(terminal), files: files,
            processes: LocalProcesses(environment: ProcessEnvironment.withoutKey(variables)),
            standardOutput: SteadyOutput(DescriptorOutput(STDOUT_FILENO, capacity: 1 << 16), status: status),
            standardError: SteadyOutput(errors, status: status) { terminal.errorIsTerminal && reader.takesAbove($0) },
            input: lineReader, receiver: LocalReceiver(), system: LocalSystem(),
            plugins: Self.pluginPorts(arguments))
        sandbox = EmbeddedSandbox(
            runtimeFolder: environment.runtimeFolder, environment: .system,
            logger: Logs.logger("sandbox", isVerbose: false))
        services = WaitingServices(
            HTTPServices(
                environment: variables, logger: Logs.logger("api", isVerbose: arguments.verbose),
                budgets: paths.map { SharedBudgets(paths: $0, files: files) }),
            spinner: Spinner(status: status))
        options = arguments.options
    }

    private static func pluginPorts(_ arguments: Arguments) -> PluginPorts {
        let start = ContinuousClock.now
        return PluginPorts(
            now: { ContinuousClock.now - start },
            nonce: {
                var random = SystemRandomNumberGenerator()
                return String(random.next(), radix: 36) + String(random.next(), radix: 36)
            },
            searchPath: arguments.pluginPath.map {
                $0.hasPrefix("/") ? $0 : ProcessEnvironment.workingFolder + "/" + $0
            },
            shippedPlugins: ProcessEnvironment.programFolder.map { $0 + "/../lib/hookline/plugins" },
            programs: ProcessEnvironment.programFolder)
    }

    func makeShell() throws -> Shell {
        try Shell(
            environment: environment, options: options, services: services, sandbox: sandbox, journals: Journals())
    }

    /// Says why there is no shell.
    func report(_ error: any Error) -> ExitStatus {
        StartError.report(error, environment: environment, options: options)
    }

    /// The history of a profile; in memory where there is no place for files.
    func history(profile: String) -> any HistoryStore {
        let rules = HistoryRules(redactor: HistoryRedactor.redact)
        guard let paths = environment.paths,
            (try? environment.files.createFolder(paths.state, mode: 0o700)) != nil
        else { return InMemoryHistory(rules: rules) }
        return HistoryFile(path: paths.historyFile(profile: profile), rules: rules)
    }
}

extension TerminalFacts {
    fileprivate init(_ terminal: Terminal) {
        self.init(
            inputIsTerminal: terminal.inputIsTerminal, outputIsTerminal: terminal.outputIsTerminal,
            errorIsTerminal: terminal.errorIsTerminal, isDumb: terminal.isDumb,
            columns: { terminal.outputIsTerminal ? terminal.size?.columns : nil },
            rows: { terminal.outputIsTerminal ? terminal.size?.rows : nil })
    }
}
