import LosslessJSON
import Session
import Synchronization
import TestSupport
import WebhookModel

/// Documents and helpers that several tests use.
enum Samples {
    static func json(_ text: String) -> JSON {
        do { return try JSON(parsing: text) } catch { preconditionFailure("\(error): \(text)") }
    }

    static func id(_ number: Int) -> WebhookID {
        guard let id = WebhookID(rawValue: "wh_sample\(number)") else { preconditionFailure() }
        return id
    }

    static func key(_ number: Int) -> WebhookKey { .existing(id(number)) }

    /// A webhook with two channels, members that no schema knows, and spellings that must survive.
    static func document(_ number: Int, _ change: (inout JSON) -> Void = { _ in }) -> JSON {
        var document = json(
            """
            {"x_first":1.0,"webhook_id":"wh_sample\(number)","webhook_name":"Webhook \(number)",
            "event_types":["object.created","object.updated","object.created"],"is_active":true,
            "channels":[
            {"channel":"slack","configs":{"bot_token":"xoxb-11111111-abcd","channel_id":"C\(number)","workspace_id":"T1"}},
            {"channel":"webhook","extra":1e3,"configs":{"url":"https://hooks.example.com/\(number)","timeout":10.0,
            "headers":{"X-Team":"core","X-Env":"prod"}}}],
            "description":"caf\\u00e9 \\/ 1","x_big":9007199254740993,"x_owner":{"team":"core","level":1E2},
            "created_at":"2025-01-01T00:00:00Z","updated_at":"2025-01-01T00:00:00Z"}
            """)
        change(&document)
        return document
    }

    static func webhook(_ number: Int, _ change: (inout JSON) -> Void = { _ in }) -> Webhook {
        Webhook(document: document(number, change))
    }

    /// A state in which webhooks 1…count are listed.
    static func state(_ count: Int = 3) -> SessionState {
        var state = SessionState()
        state.refresh((0..<count).map { webhook($0 + 1) }, at: Timestamp(seconds: 0))
        return state
    }

    /// The field path that a word names.
    static func path(_ word: String) -> FieldPath {
        do {
            guard let path = try FieldResolver(members: ["x_owner", "x_big", "x_first", "x_new"]).field(word).path
            else {
                preconditionFailure(word)
            }
            return path
        } catch {
            preconditionFailure("\(error)")
        }
    }

    static func set(_ word: String, _ value: JSON, reference: String? = nil) -> Edit {
        .set(path(word), EditValue(value, reference: reference))
    }
}

extension JSON {
    /// Sets a value at a dotted path, for tests.
    mutating func put(_ value: JSON, _ path: String) {
        do { try set(value, at: JSONPath(parsing: path)) } catch { preconditionFailure("\(error)") }
    }

    mutating func drop(_ path: String) {
        do { try remove(at: JSONPath(parsing: path)) } catch { preconditionFailure("\(error)") }
    }

    func at(_ path: String) -> JSON? {
        (try? JSONPath(parsing: path)).flatMap { value(at: $0) }
    }
}

/// A clock that stands still and never makes anybody wait; it notes how long they would have.
final class StillClock: SessionClock {
    private let state = Mutex((now: Timestamp(seconds: 1_000), slept: [Duration]()))

    func now() -> Timestamp { state.withLock(\.now) }
    var slept: [Duration] { state.withLock(\.slept) }

    func advance(by duration: Duration) {
        state.withLock { $0.now = $0.now.advanced(by: duration) }
    }

    func sleep(for duration: Duration) async {
        state.withLock { $0.slept.append(duration) }
    }
}

/// A session over the in-memory service, with all that a test wants to look at.
struct Bench {
    let service: InMemoryWebhookService
    let journal: MemoryJournal
    let clock: StillClock
    let session: Session

    init(
        _ documents: [JSON] = (1...3).map { Samples.document($0) },
        journal: MemoryJournal = MemoryJournal(),
        arrival: @escaping @Sendable (InMemoryWebhookService.Request) async -> Void = { _ in },
        turn: @escaping @Sendable (InMemoryWebhookService.Request, Departure) async -> Void = { _, _ in }
    ) async throws {
        service = InMemoryWebhookService(documents, arrival: arrival, turn: turn)
        self.journal = journal
        clock = StillClock()
        session = Session(
            service: service, journal: journal, clock: clock,
            target: CommitTarget(profile: "test", host: "memory"))
        try await session.refresh()
    }

    /// Stages edits, one step each.
    func stage(_ edits: Edit..., on keys: Int...) async throws {
        for edit in edits {
            try await session.update { state in
                _ = try state.stage(edit, on: keys.map { Samples.key($0) })
            }
        }
    }

    func commit(_ change: (inout CommitOptions) -> Void = { _ in }) async throws -> CommitReport {
        var options = CommitOptions(secrets: .plain)
        change(&options)
        return try await session.commit(options)
    }

    /// What was asked of the service since the session listed it.
    var requests: [InMemoryWebhookService.Request] { Array(service.requests.dropFirst()) }
    var operations: [InMemoryWebhookService.Operation] { requests.map(\.operation) }
}
