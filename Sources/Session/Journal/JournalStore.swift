import LosslessJSON
import WebhookModel

/// Where commits write down what they are about to do and what came of it: the port that the durable journal and the
/// in-memory one share.
///
/// A call that returns has made its change durable, as far as the store is durable at all; a call that throws has
/// changed nothing. Calls may come concurrently; a store may write several at once.
///
/// While a run is open it holds a lease on each webhook that it writes, so that two sessions of hookline exclude each
/// other; `mark` and `begin(since:)` together see to it that no run goes by a reading that another run has overtaken.
package protocol JournalStore: Sendable {
    /// Where the journal stands: taken before the server is read, given to `begin` with what was made of that reading.
    func mark() async throws(JournalError) -> JournalMark
    /// Begins a run: all its entries with their before-images and targets. Nothing is sent before this returns.
    ///
    /// - Throws: `leased` while another run holds one of the webhooks that are to be written; `overtaken` when another
    ///   run may have written one of them since the mark: then read again, and begin with that; `unsettled` when a
    ///   process died while it wrote one of them: then wait first.
    func begin(
        _ header: RunHeader, entries: [JournalEntry], since mark: JournalMark
    ) async throws(JournalError) -> RunID
    /// Goes on with a run that is not finished: takes the leases of what is open in it, as `begin` does. A run that
    /// another living process has open is `leased`, whatever is left to do in it. A target that is not the one that the
    /// run was made with, since its key is another one, excludes sessions of either.
    func reopen(_ run: RunID, for target: CommitTarget, since mark: JournalMark) async throws(JournalError)
    /// Notes new states of entries, together in one change. `sent` is noted before the request leaves. Answers what came
    /// of each, in their order: one that can't be noted fails by itself, a disk that fails does so for all.
    func record(_ updates: [JournalUpdate], of run: RunID) async -> [Result<Void, JournalError>]
    /// Gives up a run's leases and leaves it open, for a later resume.
    func release(_ run: RunID) async throws(JournalError)
    /// Notes that the run is over, and gives up its leases.
    func finish(_ run: RunID, at time: Timestamp) async throws(JournalError)
    /// The runs that were begun, newest first, at most so many.
    func runs(limit: Int) async throws(JournalError) -> [RunSummary]
    func run(_ id: RunID) async throws(JournalError) -> RunSummary
    /// The entries of a run in their order.
    func entries(of run: RunID) async throws(JournalError) -> [JournalEntry]
    /// What the journal knows of webhooks that are certainly none that this run created.
    func webhooks(besides run: RunID) async throws(JournalError) -> OtherWebhooks
    /// Forgets runs that were finished before a time, and answers how many.
    func prune(before time: Timestamp) async throws(JournalError) -> Int
}

extension JournalStore {
    /// Notes a new state of one entry.
    package func record(_ update: JournalUpdate, of run: RunID) async throws(JournalError) {
        for result in await record([update], of: run) { try result.get() }
    }
}

/// Webhooks on a run's host that another run of the journal wrote.
package struct OtherWebhooks: Hashable, Sendable {
    /// Those that runs before it changed or deleted: they were there before it began.
    package var older: Set<WebhookID>
    /// Those that another run created, before it or after.
    package var created: Set<WebhookID>

    package init(older: Set<WebhookID> = [], created: Set<WebhookID> = []) {
        self.older = older
        self.created = created
    }

    /// Takes in an entry of another run.
    package mutating func add(_ entry: (id: WebhookID?, created: WebhookID?), isOlder: Bool) {
        if isOlder, let id = entry.id { older.insert(id) }
        if let id = entry.created { created.insert(id) }
    }
}

/// What is known of a journal's other runs when the server is read.
package struct JournalMark: Hashable, Sendable {
    /// Where the journal stood: a place in the order of all that its runs did.
    package let place: Int64
    /// The holders of leases that had died by then: the reading shows all that they wrote, but for what was under way.
    package let dead: Set<String>
    /// Those of them whose last writes had the time to arrive before the reading.
    package var settled: Set<String> = []

    package init(place: Int64, dead: Set<String> = []) {
        self.place = place
        self.dead = dead
    }
}

/// Why the journal could not do what was asked.
package enum JournalError: Error, Hashable, Sendable {
    case unknownRun(RunID)
    case unknownEntry(RunID, position: Int)
    /// The run was finished.
    case finished(RunID)
    /// Another run, by a process that lives, is writing these.
    case leased(by: RunID, [LeasedName])
    /// Another run has, or may have, written these since they were read.
    case overtaken([LeasedName])
    /// Processes that died had sent writes of these runs, which may still be on their way.
    case unsettled([RunID])
    /// The file or its folder may be read by others: it holds secrets, and is not used before that is mended.
    case exposed(path: String, mode: UInt32)
    /// It was written by a newer version of this program.
    case newer(path: String)
    /// The disk is full or read-only, the file is locked or damaged: what the store says of it.
    case unavailable(String)
}

/// What a lease is on: a webhook, or the creation of webhooks in an organization, which only one run at a time may do.
package enum LeasedName: Hashable, Comparable, Sendable, CustomStringConvertible {
    case webhook(WebhookID)
    case creation

    package var description: String {
        switch self {
        case .webhook(let id): id.rawValue
        case .creation: "new webhooks"
        }
    }

    package init(_ key: WebhookKey) { self = key.id.map { .webhook($0) } ?? .creation }
}
