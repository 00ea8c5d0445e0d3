import LineEditor
import WebhookModel

/// All that the shell takes from outside, found once at the edge: nothing below reads the process's own environment.
package struct ShellEnvironment: Sendable {
    package var variables: [String: String]
    /// nil when neither home nor XDG folders are known: then nothing is kept.
    package var paths: Paths?
    /// For relative paths on the command line.
    package var workingFolder: String
    package var now: @Sendable () -> Timestamp
    package var terminal: TerminalFacts
    package var files: any FileSystem
    package var processes: any ProcessRunner
    package var standardOutput: any TextOutput
    package var standardError: any TextOutput
    /// Asks people; also reads what is piped in.
    package var input: any ShellInput
    /// nil where no plugin may run.
    package var plugins: PluginPorts?
    /// Takes requests for `listen`.
    package var receiver: any DeliveryReceiver
    /// What the machine says of itself.
    package var system: any SystemInspection

    package init(
        variables: [String: String], paths: Paths?, workingFolder: String, now: @escaping @Sendable () -> Timestamp,
        terminal: TerminalFacts, files: any FileSystem, processes: any ProcessRunner,
        standardOutput: any TextOutput, standardError: any TextOutput, input: any ShellInput,
        receiver: any DeliveryReceiver = NoReceiver(), system: any SystemInspection = UnknownSystem(),
        plugins: PluginPorts? = nil
    ) {
        self.plugins = plugins
        self.variables = variables
        self.paths = paths
        self.workingFolder = workingFolder
        self.now = now
        self.terminal = terminal
        self.files = files
        self.processes = processes
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.input = input
        self.receiver = receiver
        self.system = system
    }

    /// The folder for sockets and what else is gone with the process.
    package var runtimeFolder: String {
        let runtime = variables["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return runtime ?? variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    }

    /// `path` as the file system wants it: `~/` is the home, a relative one starts at `folder`.
    package func absolute(_ path: String, in folder: String? = nil) -> String {
        if path.hasPrefix("~/"), let home = paths?.home { return home + path.dropFirst() }
        return path.hasPrefix("/") ? path : (folder ?? workingFolder) + "/" + path
    }
}

/// What decides how to write: whether people look, how wide their window is, and whether it knows colour.
package struct TerminalFacts: Sendable {
    package var inputIsTerminal: Bool
    package var outputIsTerminal: Bool
    package var errorIsTerminal: Bool
    package var isDumb: Bool
    /// Asked anew for every table, for windows are resized.
    package var columns: @Sendable () -> Int?
    package var rows: @Sendable () -> Int?

    package init(
        inputIsTerminal: Bool, outputIsTerminal: Bool, errorIsTerminal: Bool, isDumb: Bool,
        columns: @escaping @Sendable () -> Int?, rows: @escaping @Sendable () -> Int? = { nil }
    ) {
        self.inputIsTerminal = inputIsTerminal
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
        self.isDumb = isDumb
        self.columns = columns
        self.rows = rows
    }

    /// No terminal anywhere: a program reads what we write.
    package static let none = TerminalFacts(
        inputIsTerminal: false, outputIsTerminal: false, errorIsTerminal: false, isDumb: true, columns: { nil })
}

/// Questions to people, and what is piped in.
package protocol ShellInput: LineSource {
    /// Reads a line without echo on a terminal, plainly elsewhere.
    func readSecret(prompt: Prompt) async throws(LineError) -> LineResult
}

extension LineReader: ShellInput {}
