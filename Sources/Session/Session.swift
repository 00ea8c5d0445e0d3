import LosslessJSON
import WebhookModel

/// A session with one organization's webhooks: the state beside the ports through which it is read and committed.
///
/// All decisions are the values' (`SessionState`, `Planner`, `CommitMachine`); the actor only keeps them in step with
/// the server. While a commit is under way the state can be looked at, and edits staged meanwhile are kept.
package actor Session {
    package internal(set) var state = SessionState()
    /// The runs that were begun here: their `new:N` are those of the staging.
    var begun: Set<RunID> = []
    package nonisolated let target: CommitTarget
    let service: any WebhookService
    package nonisolated let journal: any JournalStore
    let clock: any SessionClock

    package init(
        service: any WebhookService, journal: any JournalStore, clock: any SessionClock, target: CommitTarget
    ) {
        self.service = service
        self.journal = journal
        self.clock = clock
        self.target = target
    }

    /// Changes the state; whatever `body` throws or answers comes back.
    package func update<Value: Sendable, Failure: Error>(
        _ body: @Sendable (inout SessionState) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(&state)
    }

    // MARK: Reading

    /// Lists the organization anew. Staged edits keep their bases.
    package func refresh() async throws(ServiceError) {
        let webhooks = try await service.list()
        state.refresh(webhooks, at: clock.now())
    }

    /// Lists the organization unless it was listed before.
    package func load() async throws(ServiceError) {
        if state.listing.listedAt == nil { try await refresh() }
    }

    /// Reads one webhook from the server.
    @discardableResult
    package func read(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        do throws(ServiceError) {
            let webhook = try await service.get(id)
            state.refresh(webhook)
            return webhook
        } catch {
            if error.kind == .notFound { state.forget(id) }
            throw error
        }
    }
}
