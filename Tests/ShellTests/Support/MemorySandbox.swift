import LosslessJSON
import Synchronization
import TestSupport
import WebhookModel

@testable import Shell

/// The in-memory twin of a sandbox's own operations: events become captured deliveries of the webhooks that receive them.
final class MemorySandbox: SandboxService {
    struct State: Sendable {
        var events: [JSON] = []
        /// Each with the revision at which it changed.
        var deliveries: [(revision: Int, object: JSON)] = []
        var outbox: [JSON] = []
        var plan: JSON = ["seed": 0, "rules": []]
        var questions: [SandboxQuestion] = []
        var failure: ServiceError?
    }

    private let webhooks: InMemoryWebhookService
    private let state = Mutex(State())

    init(_ webhooks: InMemoryWebhookService) { self.webhooks = webhooks }

    var events: [JSON] { state.withLock { $0.events } }
    var plan: JSON { state.withLock { $0.plan } }
    var questions: [SandboxQuestion] { state.withLock { $0.questions } }

    /// From now on every operation fails so.
    func fail(_ error: ServiceError?) { state.withLock { $0.failure = error } }

    /// A delivery that somebody else caused.
    func add(_ event: String, _ webhook: String, status: String = "delivered", error: String? = nil) {
        state.withLock { Self.add(&$0, event, "object.created", webhook, "webhook", status, error) }
    }

    func emit(_ event: JSON) async throws(ServiceError) -> JSON {
        try check()
        let receivers = webhooks.world.webhooks.filter { webhook in
            let type = event["event_type"]?.string ?? ""
            return webhook.isActive && (webhook.eventTypes.contains(type) || webhook.eventTypes.contains("*"))
        }
        return state.withLock { state in
            var results: [JSON] = []
            let type = event["event_type"]?.string ?? ""
            for _ in 0..<(event["count"]?.number?.int ?? 1) {
                let id = event["event_id"]?.string ?? "evt_\(state.events.count + 1)"
                state.events.append(event)
                for webhook in receivers {
                    for channel in webhook.channels {
                        Self.add(&state, id, type, webhook.id!.rawValue, channel.kind, "captured", nil)
                        state.outbox.append([
                            "event_id": JSON(id), "event_type": JSON(type), "webhook_id": JSON(webhook.id!.rawValue),
                            "delivery_id": "dlv_1", "captured_at": "2026-01-01T00:00:00Z",
                            "message": Self.message(channel),
                        ])
                    }
                }
                results.append([
                    "event_id": JSON(id), "event_type": JSON(type), "deliveries": JSON(receivers.count), "is_new": true,
                ])
            }
            let warnings: JSON =
                Catalogue.isKnownEventType(type) ? [] : [["event_type": JSON(type), "nearest": "object.created"]]
            return ["results": JSON(results), "total": JSON(results.count), "warnings": warnings]
        }
    }

    private static func message(_ channel: Channel) -> JSON {
        // A server that masks nothing.
        [
            "kind": JSON(channel.kind), "url": channel.config("url") ?? JSON.null, "configs": channel.document,
            "headers": [
                ["name": "Authorization", "value": "Bearer canary-0123456789"],
                ["name": "X-Team", "value": "••••t001"], ["name": "Content-Type", "value": "application/json"],
            ],
        ]
    }

    private static func add(
        _ state: inout State, _ event: String, _ type: String, _ webhook: String, _ channel: String, _ status: String,
        _ error: String?
    ) {
        let revision = state.deliveries.count + 1
        state.deliveries.append(
            (
                revision,
                [
                    "delivery_id": JSON("dlv_\(revision)"), "event_id": JSON(event), "event_type": JSON(type),
                    "webhook_id": JSON(webhook), "channel": JSON(channel), "status": JSON(status), "attempts": 1,
                    "last_attempt_at": "2026-01-01T00:00:00Z", "last_error": error.map { JSON($0) } ?? JSON.null,
                ]
            ))
    }

    func deliveries(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage {
        try check()
        return state.withLock { state in
            state.questions.append(question)
            let since = question.since.flatMap { Int($0) }
            var found = state.deliveries.filter { row in
                row.revision > since ?? 0
                    && (question.webhook.map { row.object["webhook_id"]?.string == $0.rawValue } ?? true)
                    && (question.event.map { row.object["event_id"]?.string == $0 } ?? true)
                    && (question.status.map { row.object["status"]?.string == $0 } ?? true)
            }
            if since == nil { found.reverse() }
            return SandboxPage(
                results: found.prefix(question.limit).map(\.object), since: "\(state.deliveries.count)")
        }
    }

    func dead(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage {
        var question = question
        question.status = "dead"
        return try await deliveries(question)
    }

    func outbox(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage {
        try check()
        return state.withLock { state in
            SandboxPage(results: state.outbox.reversed(), since: "\(state.outbox.count)")
        }
    }

    func replay(_ what: SandboxReplay) async throws(ServiceError) -> Int {
        try check()
        let deliveries = state.withLock { $0.deliveries }
        switch what {
        case .dead: return deliveries.count { $0.object["status"]?.string == "dead" }
        case .event(let id):
            let count = deliveries.count { $0.object["event_id"]?.string == id }
            guard count > 0 else { throw Self.notFound("Event not found") }
            return count
        }
    }

    func faults() async throws(ServiceError) -> JSON {
        try check()
        return plan
    }

    func setFaults(_ plan: JSON?) async throws(ServiceError) -> JSON {
        try check()
        state.withLock { $0.plan = plan ?? ["seed": 0, "rules": []] }
        return self.plan
    }

    func health() async throws(ServiceError) -> JSON {
        try check()
        return ["status": "ok", "uptime_seconds": 61, "channels_waiting": 2]
    }

    static func notFound(_ message: String) -> ServiceError {
        ServiceError(
            .notFound, operation: "GET /v1/sandbox", host: "127.0.0.1:1", status: 404, serverType: "NotFoundError",
            serverMessage: message)
    }

    private func check() throws(ServiceError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
