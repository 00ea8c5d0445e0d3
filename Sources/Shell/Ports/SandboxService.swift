import LosslessJSON
import WebhookModel

/// What a sandbox does beside the API: events in, deliveries out, faults. The port to `/v1/sandbox/…` of the server in use.
///
/// Objects are as the server spells them; members that are unknown here are kept. A server that is no sandbox answers
/// with `ServiceError.Kind.notFound` or `.notAllowed`.
package protocol SandboxService: Sendable {
    /// Tells of an event, or of `count` alike. Answers `{results, total, warnings}` once they are stored.
    func emit(_ event: JSON) async throws(ServiceError) -> JSON
    /// What has become of deliveries.
    func deliveries(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage
    /// Deliveries that were given up.
    func dead(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage
    /// What would have been sent.
    func outbox(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage
    /// Delivers once more; answers how many deliveries that makes.
    func replay(_ what: SandboxReplay) async throws(ServiceError) -> Int
    /// What goes wrong on purpose: `{seed, rules}`.
    func faults() async throws(ServiceError) -> JSON
    /// Sets that, nil for nothing; answers what is in force.
    func setFaults(_ plan: JSON?) async throws(ServiceError) -> JSON
    /// Whether the server does its work: `{status, uptime_seconds, …}`.
    func health() async throws(ServiceError) -> JSON
}

/// Which deliveries or messages are asked for.
package struct SandboxQuestion: Hashable, Sendable {
    package var webhook: WebhookID?
    package var event: String?
    /// `pending`, `delivered`, `captured`, `dead`, `cancelled`.
    package var status: String?
    /// The `since` of the page before: only what came later, in its order. Nil for the latest, newest first.
    package var since: String?
    /// 1…1000.
    package var limit: Int
    /// Whether the server first waits for what is due, for up to 5 seconds.
    package var settles: Bool

    package init(
        webhook: WebhookID? = nil, event: String? = nil, status: String? = nil, since: String? = nil, limit: Int = 100,
        settles: Bool = false
    ) {
        self.webhook = webhook
        self.event = event
        self.status = status
        self.since = since
        self.limit = limit
        self.settles = settles
    }
}

/// Objects of a list, and where it goes on.
package struct SandboxPage: Hashable, Sendable {
    package var results: [JSON]
    package var since: String

    package init(results: [JSON], since: String) {
        self.results = results
        self.since = since
    }
}

package enum SandboxReplay: Hashable, Sendable {
    /// An event, to the webhooks that receive it now.
    case event(String)
    /// What was given up, of one webhook or of all.
    case dead(webhook: WebhookID?)
}
