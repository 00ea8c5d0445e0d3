import LosslessJSON
import Shell
import WebhookAPI
import WebhookModel

/// A sandbox's own operations over HTTP, as the shell's port wants them.
struct HTTPSandboxService: SandboxService {
    let service: HTTPWebhookService

    private static let root = "/v1/sandbox"

    /// An event without an id of its own would happen again if it were told of again.
    func emit(_ event: JSON) async throws(ServiceError) -> JSON {
        try await service.perform(
            SideCall(
                .post, Self.root + "/events", document: event, safety: event["event_id"] == nil ? .create : .write))
    }

    func deliveries(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage {
        try await page("/deliveries", query(question))
    }

    func dead(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage {
        try await page("/dead", query(question))
    }

    func outbox(_ question: SandboxQuestion) async throws(ServiceError) -> SandboxPage {
        let known = ["webhook_id", "since", "limit"]
        return try await page("/outbox", query(question).filter { known.contains($0.name) })
    }

    func replay(_ what: SandboxReplay) async throws(ServiceError) -> Int {
        var body = JSONObject()
        switch what {
        case .event(let id): body["event_id"] = JSON(id)
        case .dead(let webhook):
            body["dead"] = true
            if let webhook { body["webhook_id"] = JSON(webhook.rawValue) }
        }
        let answer = try await service.perform(
            SideCall(.post, Self.root + "/replay", document: JSON(body), safety: .create))
        return answer["deliveries"]?.number?.int ?? 0
    }

    func faults() async throws(ServiceError) -> JSON {
        try await service.perform(SideCall(.get, Self.root + "/faults", safety: .read))
    }

    func setFaults(_ plan: JSON?) async throws(ServiceError) -> JSON {
        if let plan {
            return try await service.perform(SideCall(.post, Self.root + "/faults", document: plan, safety: .write))
        }
        _ = try await service.perform(SideCall(.delete, Self.root + "/faults", safety: .write))
        return try await faults()
    }

    func health() async throws(ServiceError) -> JSON {
        try await service.perform(SideCall(.get, "/v1/health", safety: .read))
    }

    private func page(
        _ path: String, _ query: [(name: String, value: String)]
    ) async throws(ServiceError) -> SandboxPage {
        let answer = try await service.perform(SideCall(.get, Self.root + path, query: query, safety: .read))
        return SandboxPage(results: answer["results"]?.array ?? [], since: answer["since"]?.string ?? "")
    }

    private func query(_ question: SandboxQuestion) -> [(name: String, value: String)] {
        var query = [(name: "limit", value: "\(question.limit)")]
        if let webhook = question.webhook { query.append(("webhook_id", webhook.rawValue)) }
        if let event = question.event { query.append(("event_id", event)) }
        if let status = question.status { query.append(("status", status)) }
        if let since = question.since { query.append(("since", since)) }
        if question.settles { query.append(("settle", "true")) }
        return query
    }
}
