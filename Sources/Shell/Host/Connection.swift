import LosslessJSON
import Session
import WebhookModel

/// The profile in use, and its session: nothing is started, asked or connected before it is needed.
package actor Connection {
    package private(set) var profile: Profile
    private let isEphemeral: Bool
    private let isDryRun: Bool
    private let profiles: Profiles
    private let services: any ServiceFactory
    private let sandbox: any SandboxControl
    private let environment: ShellEnvironment
    private let journals: any JournalFactory
    private var open: (service: any ProfileService, session: Session, codes: KeyCodes)?
    private var keeper: DraftKeeper?
    /// Of this process alone: for what is gone with it.
    private let memory = MemoryJournal()

    init(
        profile: Profile, isEphemeral: Bool, isDryRun: Bool, profiles: Profiles, services: any ServiceFactory,
        sandbox: any SandboxControl, journals: any JournalFactory, environment: ShellEnvironment
    ) {
        self.journals = journals
        self.profile = profile
        self.isEphemeral = isEphemeral
        self.isDryRun = isDryRun
        self.profiles = profiles
        self.services = services
        self.sandbox = sandbox
        self.environment = environment
    }

    /// The session, made at the first use. Nothing is read yet.
    package func session() async throws -> Session {
        if let open { return open.session }
        let (service, key) = try await service(for: profile)
        // Another task may have been first while the key was fetched.
        if let open { return open.session }
        let clock = ShellClock(environment: environment)
        let target: any WebhookService =
            isDryRun ? DryRunService(over: service, host: profile.host, clock: clock) : service
        let session = Session(
            service: target, journal: journal, clock: clock,
            target: CommitTarget(
                profile: profile.name, host: profile.host, organization: KeyCodes(key).fingerprint))
        open = (service, session, KeyCodes(key))
        return session
    }

    /// Where runs are written down: in the state folder, but for what is gone with the process anyway.
    var journal: any JournalStore {
        guard let paths = environment.paths, !isDryRun, !(isEphemeral && profile.isSandbox) else { return memory }
        return journals.journal(at: paths.journal)
    }

    /// Whether runs that outlast this process's server are not kept, since there is no place for them.
    var forgetsRuns: Bool { environment.paths == nil && !isDryRun && !profile.isSandbox }

    /// Runs of the past, to be looked at: in a dry run, too, which writes down none of its own.
    var pastRuns: any JournalStore {
        guard let paths = environment.paths, !(isEphemeral && profile.isSandbox) else { return memory }
        return journals.journal(at: paths.journal)
    }

    /// A look at the journal's file; nothing is changed.
    func examineJournal(at path: String) async throws(JournalError) -> JournalExamination? {
        try await journals.examine(path)
    }

    /// Codes under the key in use.
    func codes() async throws -> KeyCodes {
        _ = try await session()
        guard let open else { throw ShellError.interrupted }
        return open.codes
    }

    /// Where drafts are kept; nil where nothing outlasts the process.
    var drafts: (any DraftStore)? {
        guard let paths = environment.paths, !isDryRun, !(isEphemeral && profile.isSandbox) else { return nil }
        return journals.journal(at: paths.journal)
    }

    /// Whether there may be a draft: a look that makes no file.
    var mayHaveDrafts: Bool { environment.paths.map { environment.files.status($0.journal) != nil } ?? false }

    /// Whether there may be a run: those of an ephemeral sandbox are in memory.
    var mayHaveRuns: Bool { mayHaveDrafts || journal is MemoryJournal }

    var keepsDraft: Bool { keeper != nil }

    /// Keeps what is staged now; answers what there is to warn of.
    func keepDraft() async throws(JournalError) -> String? {
        guard let open, let store = drafts else { return nil }
        let keeper = self.keeper ?? DraftKeeper(store: store, session: journals.session)
        self.keeper = keeper
        return try await keeper.keep(
            await open.session.state.staged, for: open.session.target, at: environment.now())
    }

    /// The state with the list of webhooks read, which happens once.
    func state() async throws -> SessionState {
        let session = try await session()
        try await session.load()
        return await session.state
    }

    /// The state if anything was read or staged; without any request.
    var knownState: SessionState? {
        get async { await open?.session.state }
    }

    /// Staged webhooks; 0 when nothing was read yet.
    package var stagedCount: Int {
        get async { await open?.session.state.stagedCount ?? 0 }
    }

    /// Changes the state, after the list was read.
    @discardableResult
    func update<Value: Sendable>(
        _ body: @Sendable (inout SessionState) throws -> Value
    ) async throws -> Value {
        let session = try await session()
        try await session.load()
        return try await session.update(body)
    }

    /// Reads the list anew; answers how many webhooks there are.
    func refresh() async throws -> Int {
        let session = try await session()
        try await session.refresh()
        return await session.state.listing.count
    }

    /// Goes on with another profile. Staged edits are for the one they were made on, so they must be gone first.
    func use(_ profile: Profile) async throws {
        guard await stagedCount == 0 else {
            throw ShellError.stagedEdits(count: await stagedCount, blocked: "profile use")
        }
        await close()
        self.profile = profile
    }

    /// Takes a key that was stored meanwhile for the profile in use; what is staged stays.
    func takeKey(of stored: Profile) {
        if stored.name == profile.name, open == nil { profile.key = stored.key }
    }

    /// What a sandbox does beside the API, on the server in use; nil for a client that cannot ask.
    func sandboxService() async throws -> (any SandboxService)? {
        _ = try await session()
        guard let open else { throw ShellError.interrupted }
        return open.service.sandbox
    }

    /// The webhooks as the server lists them now, beside the session.
    func listing() async throws -> [Webhook] {
        _ = try await session()
        guard let open else { throw ShellError.interrupted }
        return try await open.service.list()
    }

    /// Asks a profile's server for its list.
    func probe(_ profile: Profile) async throws -> (count: Int, dialect: String) {
        if profile == self.profile {
            let session = try await session()
            try await session.refresh()
            return (await session.state.listing.count, dialectName(open?.service))
        }
        return try await withService(of: profile) { service in
            (try await service.list().count, service.knownDialect?.rawValue ?? "unknown")
        }
    }

    /// Another profile's webhooks, as its server lists them.
    func webhooks(of other: Profile) async throws -> [Webhook] {
        try await withService(of: other) { try await $0.list() }
    }

    /// Works on a profile's server by itself, beside the session.
    func withService<Value: Sendable>(
        of profile: Profile, _ body: @Sendable (any ProfileService) async throws -> Value
    ) async throws -> Value {
        let (service, _) = try await service(for: profile)
        do {
            let value = try await body(service)
            await service.close()
            return value
        } catch {
            await service.close()
            throw error
        }
    }

    /// Webhooks on a page of the server's list; nil where the list comes in one answer, or is not known yet.
    var pageSize: Int? { open?.service.knownDialect == .paged ? 1000 : nil }

    /// Closes connections; the next use opens them again.
    package func close() async {
        let service = open?.service
        open = nil
        keeper = nil
        await service?.close()
    }

    private func dialectName(_ service: (any ProfileService)?) -> String {
        service?.knownDialect?.rawValue ?? "unknown"
    }

    private func service(for profile: Profile) async throws -> (any ProfileService, Secret) {
        guard profile.isSandbox else {
            let key = try await profiles.key(of: profile)
            return (try services.service(for: profile, key: key), key)
        }
        let endpoint = try await sandbox.start(database: try sandboxDatabase())
        var running = profile
        running.base = endpoint.base
        return (try services.service(for: running, key: endpoint.key), endpoint.key)
    }

    /// The file the sandbox keeps its webhooks in; nil with `--sandbox`, and where there is no place for files.
    private func sandboxDatabase() throws -> String? {
        guard !isEphemeral, let paths = environment.paths else { return nil }
        do throws(FileError) { try environment.files.createFolder(paths.state, mode: 0o700) } catch {
            throw SandboxFailure(reason: ConfigurationSentences.words(error.reason), path: error.path)
        }
        return paths.sandboxDatabase
    }
}

/// The session's clock over the shell's.
private struct ShellClock: SessionClock {
    let environment: ShellEnvironment

    func now() -> Timestamp { environment.now() }
    func sleep(for duration: Duration) async { try? await Task.sleep(for: duration) }
}
