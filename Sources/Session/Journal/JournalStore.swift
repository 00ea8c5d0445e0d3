import LosslessJSON
import WebhookModel

/// Where commits write down what they are about to do and what came of it: the port that the durable journal and the
/// in-memory one share.
///
/// A call that returns has made its change durable, as far as the store is durable at all; a call that throws has
/// changed nothing. Calls may come concurrently; a store may write several at once.
package protocol JournalStore: Sendable {
    /// Begins a run: all its entries with their before-images and targets, each `planned`. Nothing is sent before this
    /// returns.
    func begin(_ header: RunHeader, entries: [JournalEntry]) async throws(JournalError) -> RunID
    /// Notes a new state of one entry. `sent` is noted before the request leaves.
    func record(_ update: JournalUpdate, of run: RunID) async throws(JournalError)
    /// Notes that the run is over; entries that are still `planned` stay so, for a later resume.
    func finish(_ run: RunID, at time: Timestamp) async throws(JournalError)
    /// The runs, newest first, at most so many.
    func runs(limit: Int) async throws(JournalError) -> [RunSummary]
    /// The entries of a run in their order.
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry]
}

/// A run's number in its journal, from 1.
package struct RunID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package var description: String { String(rawValue) }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What is known of a run as a whole.
package struct RunHeader: Hashable, Sendable {
    package var startedAt: Timestamp
    package var profile: String
    package var host: String
    /// The script that ran the commit; nil for the prompt.
    package var script: String?

    package init(startedAt: Timestamp, profile: String, host: String, script: String? = nil) {
        self.startedAt = startedAt
        self.profile = profile
        self.host = host
        self.script = script
    }
}

/// One webhook of a run.
package struct JournalEntry: Hashable, Sendable {
    package var key: WebhookKey
    package var operation: WriteOperation
    /// The server's copy before; nil for a create.
    package var before: JSON?
    /// What is sent; nil for a delete.
    package var target: JSON?
    /// For a create: webhooks that equalled the target before it was sent.
    package var equalBefore: [WebhookID]
    package var state: JournalState
    /// For a create: what it became.
    package var createdID: WebhookID?
    /// What an error said, without secrets.
    package var detail: String?

    package init(
        key: WebhookKey, operation: WriteOperation, before: JSON?, target: JSON?, equalBefore: [WebhookID] = [],
        state: JournalState = .planned, createdID: WebhookID? = nil, detail: String? = nil
    ) {
        self.key = key
        self.operation = operation
        self.before = before
        self.target = target
        self.equalBefore = equalBefore
        self.state = state
        self.createdID = createdID
        self.detail = detail
    }
}

package enum WriteOperation: String, Hashable, Sendable, CaseIterable {
    case create, update, delete
}

/// How far an entry got.
package enum JournalState: String, Hashable, Sendable, CaseIterable {
    /// Not sent.
    case planned
    /// About to be sent, or sent: what came of it is not known yet.
    case sent
    case confirmed
    /// The server held it already.
    case already
    case conflict
    /// The API refused it.
    case refused
    /// It could not be sent, or was not taken.
    case failed
    /// It may have happened.
    case unknown

    /// Whether a resume has nothing to do for it.
    package var isFinal: Bool {
        switch self {
        case .confirmed, .already, .refused: true
        case .planned, .sent, .conflict, .failed, .unknown: false
        }
    }
}

/// A new state of the entry at a position of its run.
package struct JournalUpdate: Hashable, Sendable {
    package var position: Int
    package var state: JournalState
    package var createdID: WebhookID?
    package var detail: String?

    package init(position: Int, state: JournalState, createdID: WebhookID? = nil, detail: String? = nil) {
        self.position = position
        self.state = state
        self.createdID = createdID
        self.detail = detail
    }
}

package struct RunSummary: Hashable, Sendable {
    package var id: RunID
    package var header: RunHeader
    package var finishedAt: Timestamp?
    package var counts: [JournalState: Int]

    package init(id: RunID, header: RunHeader, finishedAt: Timestamp?, counts: [JournalState: Int]) {
        self.id = id
        self.header = header
        self.finishedAt = finishedAt
        self.counts = counts
    }
}

/// Why the journal could not do what was asked.
package enum JournalError: Error, Hashable, Sendable {
    case unknownRun(RunID)
    case unknownEntry(RunID, position: Int)
    /// The run was finished.
    case finished(RunID)
    /// The disk is full or read-only, the file is locked or damaged: what the store says of it.
    case unavailable(String)
}
