import LosslessJSON
import WebhookModel

/// A session's readings, old or incomplete.
final class CarelessReader: WebhookService, @unchecked Sendable {
    private let inner: ObservedService
    private let mutation: Mutation?
    private let process: Process
    /// What was listed first; one thread, see `JobQueue`.
    private var first: [Webhook]?

    init(inner: ObservedService, mutation: Mutation?, process: Process) {
        self.inner = inner
        self.mutation = mutation
        self.process = process
    }

    func list() async throws(ServiceError) -> [Webhook] {
        if mutation == .skipRefresh, let first { return first }
        if mutation == .resumeBlindly, let known = process.world.beforeImages(of: process) { return known }
        let listed = try await inner.list()
        if first == nil { first = listed }
        return mutation == .lastPageLost ? listed.dropLast(process.world.scenario.pageSize) : listed
    }

    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        if mutation == .skipRefresh || mutation == .lookIsOld, let known = first?.first(where: { $0.id == id }) {
            return known
        }
        if mutation == .resumeBlindly,
            let known = process.world.beforeImages(of: process)?.first(where: { $0.id == id })
        {
            return known
        }
        return try await inner.get(id)
    }

    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        try await inner.create(document, leaving: departure)
    }

    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    {
        try await inner.update(id, to: document, leaving: departure)
    }

    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        try await inner.delete(id, leaving: departure)
    }
}

extension World {
    /// What the journal has of the webhooks of the run that a process is about to resume; nil when it resumes none.
    func beforeImages(of process: Process) -> [Webhook]? {
        guard let run = ledger.plans[process.number]?.resumes else { return nil }
        return ledger.runs[run]?.entries.compactMap { $0.before.map(Webhook.init(document:)) }
    }
}
