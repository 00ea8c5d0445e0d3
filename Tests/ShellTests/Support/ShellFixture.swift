import LineEditor
import LosslessJSON
import Session
import Synchronization
import TestSupport
import WebhookModel

@testable import Shell

/// A shell on an organization in memory, with everything it writes kept.
final class ShellFixture: Sendable {
    let service: InMemoryWebhookService
    let files: MemoryFiles
    let output = CollectedOutput()
    let errors = CollectedOutput()
    let journals: MemoryJournals
    let shell: Shell
    /// What the server does beside the API, if it is a sandbox.
    let sandbox: MemorySandbox
    let clock: SetClock

    static let example: JSON = [
        "webhook_id": "wh_abc123def4", "webhook_name": "Engineering Slack Alerts", "description": "Slack notifications",
        "event_types": ["object.created", "object.updated"], "is_active": true,
        "channels": [
            [
                "channel": "slack",
                "configs": [
                    "bot_token": "xoxb-canary-0123456789", "channel_id": "C0123456789", "workspace_id": "T0123456789",
                ],
            ]
        ],
        "created_at": "2025-01-01T00:00:00Z", "updated_at": "2025-01-01T00:00:00Z", "x_team": "search",
    ]

    static let second: JSON = [
        "webhook_id": "wh_xyz789uvw0", "webhook_name": "Audit Trail Logger", "event_types": ["*"], "is_active": false,
        "channels": [["channel": "webhook", "configs": ["url": "https://audit.example.com/in", "timeout": 10]]],
        "created_at": "2025-02-01T00:00:00Z", "updated_at": "2025-03-01T00:00:00Z",
    ]

    init(
        _ documents: [JSON] = [ShellFixture.example, ShellFixture.second], environment: [String: String] = [:],
        processes: any ProcessRunner = NoProcesses(), crashing: CrashingFiles? = nil,
        options: (inout GlobalOptions) -> Void = { _ in }, answers: [LineResult] = [],
        after former: ShellFixture? = nil, beside others: [String: InMemoryWebhookService] = [:],
        at start: Timestamp = Timestamp(seconds: 1_750_000_000), isSandbox: Bool = false, in folder: String = "/work",
        receiver: any DeliveryReceiver = NoReceiver(),
        arrival: @escaping @Sendable (InMemoryWebhookService.Request) async -> Void = { _ in }
    ) throws {
        files = crashing?.files ?? MemoryFiles()
        service = former?.service ?? InMemoryWebhookService(documents, arrival: arrival)
        journals = MemoryJournals(after: former?.journals)
        var variables = [
            "HOME": "/home/u", "MIXPEEK_API_KEY": "sk_canary_key", "MIXPEEK_API_BASE": "http://127.0.0.1:1",
        ]
        variables.merge(environment) { $1 }
        clock = SetClock(start)
        let fileSystem: any FileSystem = crashing.map { $0 as any FileSystem } ?? files
        let surroundings = ShellEnvironment(
            variables: variables, paths: Paths(environment: variables), workingFolder: folder,
            now: { [clock] in clock.now }, terminal: .none, files: fileSystem, processes: processes,
            standardOutput: output, standardError: errors, input: ScriptedInput(answers),
            receiver: receiver)
        sandbox = MemorySandbox(service)
        var chosen = GlobalOptions()
        options(&chosen)
        shell = try Shell(
            environment: surroundings, options: chosen,
            services: OneService(service: service, others: others, sandbox: isSandbox ? sandbox : nil),
            sandbox: NoSandbox(), journals: journals)
    }

    /// Runs a text as `-c` would; the status, and what it wrote.
    func run(_ text: String) async -> (status: ExitStatus, output: String, errors: String) {
        let (before, complained) = (output.text.count, errors.text.count)
        let status = await ScriptRunner(shell: shell).run(text, name: "-c")
        return (status, String(output.text.dropFirst(before)), String(errors.text.dropFirst(complained)))
    }
}

/// Journals and drafts in memory; a shell that starts after another one finds what that one left.
final class MemoryJournals: JournalFactory, DraftStore, JournalStore {
    let session: String
    private let storage: MemoryJournal.Storage
    private let journal: MemoryJournal
    private let kept: Mutex<[String: Draft]>

    init(after former: MemoryJournals?) {
        session = (former?.session ?? "") + "I"
        storage = former?.storage ?? MemoryJournal.Storage()
        kept = Mutex(former?.kept.withLock { $0 } ?? [:])
        let session = session
        journal = MemoryJournal(storage, holder: session, isAlive: { $0 == session })
    }

    func journal(at path: String) -> any JournalStore & DraftStore { self }

    func save(_ entries: [DraftEntry], of session: String, for target: CommitTarget, at time: Timestamp) async {
        kept.withLock { kept in
            var draft = kept[session] ?? Draft(session: session, target: target, savedAt: time, entries: [])
            for entry in entries {
                draft.entries.removeAll { $0.key == entry.key }
                if !entry.lines.isEmpty { draft.entries.append(entry) }
            }
            kept[session] = draft.entries.isEmpty ? nil : draft
        }
    }
    func drop(_ session: String) async { kept.withLock { $0[session] = nil } }
    func drafts(profile: String, host: String) async -> [Draft] {
        kept.withLock { kept in
            kept.values.filter { $0.session != session && $0.target.profile == profile && $0.target.host == host }
        }
    }

    func mark() async throws(JournalError) -> JournalMark { try await journal.mark() }
    func begin(
        _ header: RunHeader, entries: [JournalEntry], since mark: JournalMark
    ) async throws(JournalError) -> RunID {
        try await journal.begin(header, entries: entries, since: mark)
    }
    func reopen(_ run: RunID, for target: CommitTarget, since mark: JournalMark) async throws(JournalError) {
        try await journal.reopen(run, for: target, since: mark)
    }
    func record(_ updates: [JournalUpdate], of run: RunID) async -> [Result<Void, JournalError>] {
        await journal.record(updates, of: run)
    }
    func release(_ run: RunID) async throws(JournalError) { try await journal.release(run) }
    func finish(_ run: RunID, at time: Timestamp) async throws(JournalError) {
        try await journal.finish(run, at: time)
    }
    func runs(limit: Int) async throws(JournalError) -> [RunSummary] { try await journal.runs(limit: limit) }
    func run(_ id: RunID) async throws(JournalError) -> RunSummary { try await journal.run(id) }
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry] { try await journal.entries(of: run) }
    func webhooks(besides run: RunID) async throws(JournalError) -> OtherWebhooks {
        try await journal.webhooks(besides: run)
    }
    func prune(before time: Timestamp) async throws(JournalError) -> Int { try await journal.prune(before: time) }
}

/// A clock that stands still until it is set.
final class SetClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ start: Timestamp) { time = Mutex(start) }

    var now: Timestamp { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}

struct NoProcesses: ProcessRunner {
    func run(_ command: ProcessCommand) async -> ProcessResult { ProcessResult(status: 127, standardOutput: []) }
}

private struct NoSandbox: SandboxControl {
    func start(database: String?) async throws(SandboxFailure) -> SandboxEndpoint {
        throw SandboxFailure(reason: "there is none here", path: nil)
    }

    func stop() async {}
}

/// The fixture's own service for every profile but those that have one by name.
private struct OneService: ServiceFactory {
    let service: InMemoryWebhookService
    let others: [String: InMemoryWebhookService]
    let sandbox: MemorySandbox?

    func service(for profile: Profile, key: Secret) throws(ServiceSetupError) -> any ProfileService {
        MemoryProfileService(service: others[profile.name] ?? service, sandbox: sandbox)
    }
}

private struct MemoryProfileService: ProfileService {
    let service: InMemoryWebhookService
    let sandbox: (any SandboxService)?
    var knownDialect: Profile.Dialect? { .array }

    func look() async -> ServerLook {
        do throws(ServiceError) {
            let page = ServerLook.Page(dialect: .array, webhooks: try await service.list())
            return ServerLook(page: .success(page), serverTime: nil, took: .zero)
        } catch {
            return ServerLook(page: .failure(error), serverTime: nil, took: .zero)
        }
    }

    func close() async {}
    func list() async throws(ServiceError) -> [Webhook] { try await service.list() }
    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook { try await service.get(id) }
    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        try await service.create(document, leaving: departure)
    }
    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    {
        try await service.update(id, to: document, leaving: departure)
    }
    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        try await service.delete(id, leaving: departure)
    }
}

/// Answers to questions, in order; the end of input after the last.
private final class ScriptedInput: ShellInput {
    private let answers: Mutex<[LineResult]>

    init(_ answers: [LineResult]) { self.answers = Mutex(answers) }

    func readLine(_ request: LineRequest) async throws(LineError) -> LineResult { next() }
    func readSecret(prompt: Prompt) async throws(LineError) -> LineResult { next() }

    private func next() -> LineResult {
        answers.withLock { $0.isEmpty ? .endOfInput : $0.removeFirst() }
    }
}
