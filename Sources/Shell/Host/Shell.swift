import HookScript
import LineEditor
import LosslessJSON
import Session
import Synchronization
import WebhookModel

/// The commands, and what they share: the connection to an organization, formats, messages, questions.
///
/// One shell serves one prompt or one script; it is the host that the language runs in.
package final class Shell: Sendable {
    private struct Settings {
        var format: OutputFormat
        var fields = WebhookFields(state: nil)
        var sources = OpenSources()
        var aliases: [String: Alias] = [:]
        var preferences = Preferences()
        var hasWarnedOfStagedEdits = false
        var isInteractive = false
        var history: (any HistoryStore)?
        var completionState: SessionState?
        var isLeaving = false
        var isInEach = false
        /// How many editors have the terminal.
        var editors = 0
        /// Steers the commit that runs.
        var commit: CommitControl?
        var commitWatch: (@Sendable (CommitControl?) -> Void)?
        var hasCommitted = false
        /// The last run of this session.
        var lastRun: RunID?
    }

    package let environment: ShellEnvironment
    package let options: GlobalOptions
    package let connection: Connection
    /// Runs what is typed and what `-c` and standard input say; a script file has one of its own.
    package var interpreter: Interpreter { interpreterBox.withLock { $0! } }
    let startsOnSandbox: Bool
    /// Why no profile could be chosen, where that does not end the run.
    let startError: (any Error)?
    let messages: Messages
    let profiles: Profiles
    let plugins: SessionPlugins
    private let settings: Mutex<Settings>
    private let recorderBox = Mutex<Recorder?>(nil)
    /// Set at the end of init: the interpreter needs the shell as its host.
    private let interpreterBox = Mutex<Interpreter?>(nil)

    /// - Throws: what is wrong with the configuration or the choice of a profile.
    package init(
        environment: ShellEnvironment, options: GlobalOptions, services: any ServiceFactory,
        sandbox: any SandboxControl, journals: any JournalFactory
    ) throws {
        self.environment = environment
        self.options = options
        messages = Messages(environment: environment, options: options)
        profiles = Profiles(environment: environment)
        let profile: Profile
        do {
            profile = try profiles.resolve(options.profile)
            startError = nil
        } catch {
            guard options.examinesConfiguration else { throw error }
            profile = .sandbox
            startError = error
        }
        startsOnSandbox = profile.isSandbox
        connection = Connection(
            profile: profile, isEphemeral: options.profile.sandbox, isDryRun: options.isDryRun, profiles: profiles,
            services: services, sandbox: sandbox, journals: journals, environment: environment)
        plugins = SessionPlugins(environment: environment, connection: connection)
        let format = options.format ?? .standard(onTerminal: environment.terminal.outputIsTerminal)
        settings = Mutex(Settings(format: format))
        interpreterBox.withLock { $0 = Interpreter(host: self) }
    }

    /// How data is written when a command does not say.
    package var format: OutputFormat {
        get { settings.withLock { $0.format } }
        set { settings.withLock { $0.format = newValue } }
    }

    /// Colour for standard output.
    var style: Style {
        Style(
            isColoured: options.colour.allowsColour(
                onTerminal: environment.terminal.outputIsTerminal, type: environment.variables["TERM"],
                environment: environment.variables))
    }

    /// Whether a person types, and may be asked.
    package var isInteractive: Bool {
        get { settings.withLock { $0.isInteractive } }
        set { settings.withLock { $0.isInteractive = newValue } }
    }

    /// What `where`, columns and paths may name, for the webhooks last read.
    var webhookFields: WebhookFields { settings.withLock { $0.fields } }

    /// The session with the list of webhooks read, which happens once; what it holds are fields from then on.
    func state() async throws -> SessionState {
        let state = try await connection.state()
        let isNew = settings.withLock { settings in
            if settings.fields.listedAt == state.listing.listedAt { return false }
            settings.fields = WebhookFields(state: state)
            return true
        }
        if isNew { warnOfOddities(in: state.listing) }
        return state
    }

    private func warnOfOddities(in listing: Listing) {
        let (unnamed, repeated) = (listing.unnamedCount, listing.repeatedCount)
        if unnamed > 0 { messages.warn("\(unnamed) in the server's list have no webhook_id and are left out") }
        if repeated > 0 {
            messages.warn("\(repeated) in the server's list have the webhook_id of another; the last counts")
        }
    }

    /// Whether an `each` is open: then edits are for its webhook and not for the selection.
    var isInEach: Bool {
        get { settings.withLock { $0.isInEach } }
        set { settings.withLock { $0.isInEach = newValue } }
    }

    /// Whether the user's editor has the terminal: then Ctrl-C is for it, and ends nothing here.
    package var isInEditor: Bool { settings.withLock { $0.editors > 0 } }

    func inEditor<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        settings.withLock { $0.editors += 1 }
        defer { settings.withLock { $0.editors -= 1 } }
        return try await body()
    }

    /// Whether `quit` was said.
    var isLeaving: Bool {
        get { settings.withLock { $0.isLeaving } }
        set { settings.withLock { $0.isLeaving = newValue } }
    }

    /// Steers the commit that runs; nil when none does.
    package var runningCommit: CommitControl? {
        get { settings.withLock { $0.commit } }
        set {
            let watch = settings.withLock { settings in
                settings.commit = newValue
                return settings.commitWatch
            }
            watch?(newValue)
        }
    }

    /// Is told of the commit that begins to run, and of none when it has ended: for whoever must treat signals otherwise
    /// meanwhile.
    package func watchCommits(_ watch: @escaping @Sendable (CommitControl?) -> Void) {
        settings.withLock { $0.commitWatch = watch }
    }

    /// Whether nothing was committed before in this session; from now on something was.
    func isFirstCommit() -> Bool {
        settings.withLock { settings in
            defer { settings.hasCommitted = true }
            return !settings.hasCommitted
        }
    }

    /// The last run that this session began.
    var lastRun: RunID? {
        get { settings.withLock { $0.lastRun } }
        set { settings.withLock { $0.lastRun = newValue } }
    }

    /// What the prompt keeps; nil where there is none.
    package var history: (any HistoryStore)? {
        get { settings.withLock { $0.history } }
        set { settings.withLock { $0.history = newValue } }
    }

    /// What completion knows of the webhooks: as they were before this line.
    package var completionState: SessionState? {
        get { settings.withLock { $0.completionState } }
        set { settings.withLock { $0.completionState = newValue } }
    }

    /// What `option` sets.
    package var preferences: Preferences {
        get { settings.withLock { $0.preferences } }
        set { settings.withLock { $0.preferences = newValue } }
    }

    /// What `alias` has made.
    var aliases: [String: Alias] {
        get { settings.withLock { $0.aliases } }
        set { settings.withLock { $0.aliases = newValue } }
    }

    /// What is being recorded; nil if nothing is.
    var recorder: Recorder? {
        get { recorderBox.withLock { $0 } }
        set { recorderBox.withLock { $0 = newValue } }
    }

    func withRecorder<Result>(_ body: (inout Recorder?) throws -> Result) rethrows -> Result {
        try recorderBox.withLock { try body(&$0) }
    }

    /// What runs inside each other.
    func withSources<Result>(_ body: (inout OpenSources) throws -> Result) rethrows -> Result {
        try settings.withLock { try body(&$0.sources) }
    }
}

// MARK: Leaving

extension Shell {
    /// What a second Ctrl-C does: nobody waits for what a commit has under way, nor for a plugin.
    package func abandon() {
        runningCommit?.abandon()
        plugins.host?.stopBusy()
    }

    /// Ends every plugin that runs; returns when no process of theirs is left.
    package func stopPlugins() async { await plugins.host?.stop(hurry: .milliseconds(200)) }

    /// Warns once when edits are staged; says yes the second time, and always where nobody can be asked.
    package func mayLeave() async -> Bool {
        guard isInteractive, await connection.stagedCount > 0 else { return true }
        return settings.withLock { settings in
            defer { settings.hasWarnedOfStagedEdits = true }
            return settings.hasWarnedOfStagedEdits
        }
    }

    func confirmLeaving() async throws {
        guard await mayLeave() else {
            throw ShellError.stagedEdits(count: await connection.stagedCount, blocked: "quit")
        }
    }

    /// A command that stages something makes the warning new again.
    func forgetLeaving() { settings.withLock { $0.hasWarnedOfStagedEdits = false } }
}
