import LosslessJSON
import Synchronization
import WebhookModel

/// A service whose writes stay in this process: reads come from the server with what was written laid over them, so that
/// later commands of a dry run see the effect of earlier ones.
package final class DryRunService: WebhookService {
    private struct Overlay {
        /// What was written by identifier; nil for what was deleted.
        var written: [WebhookID: Webhook?] = [:]
        var created: [WebhookID] = []
        var count = 0
    }

    private let server: any WebhookService
    private let host: String
    private let clock: any SessionClock
    private let overlay = Mutex(Overlay())

    /// Reads go to `server`; `host` names it in errors, `clock` tells when something was created.
    package init(over server: any WebhookService, host: String, clock: any SessionClock) {
        self.server = server
        self.host = host
        self.clock = clock
    }

    package func list() async throws(ServiceError) -> [Webhook] {
        let listed = try await server.list()
        return overlay.withLock { overlay in
            let known = listed.compactMap { webhook -> Webhook? in
                guard let id = webhook.id, let written = overlay.written[id] else { return webhook }
                return written
            }
            return known + overlay.created.compactMap { overlay.written[$0].flatMap(\.self) }
        }
    }

    package func get(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        if let written = overlay.withLock({ $0.written[id] }) {
            guard let written else { throw ServiceError(.notFound, operation: "GET \(id)", host: host, status: 404) }
            return written
        }
        return try await server.get(id)
    }

    /// Takes the document as it is, with an identifier that no server gives.
    package func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        let now = JSON(clock.now().description)
        return overlay.withLock { overlay in
            overlay.count += 1
            guard let id = WebhookID(rawValue: "wh_dryrun\(overlay.count)") else { return Webhook(document: document) }
            let webhook = Self.written(
                document, owned: [Member.id: JSON(id.rawValue), Member.createdAt: now, Member.updatedAt: now])
            overlay.written[id] = .some(webhook)
            overlay.created.append(id)
            return webhook
        }
    }

    package func update(
        _ id: WebhookID, to document: JSON, leaving departure: Departure
    ) async throws(ServiceError) -> Webhook {
        let old = try await get(id).document.object ?? [:]
        let webhook = Self.written(document, owned: JSONObject(old.filter { Member.serverOwned.contains($0.name) }))
        overlay.withLock { $0.written[id] = .some(webhook) }
        return webhook
    }

    /// The document with `is_active` and what the server owns in it, as a server would keep it.
    private static func written(_ document: JSON, owned: JSONObject) -> Webhook {
        guard var members = document.object else { return Webhook(document: document) }
        if members[Member.isActive] == nil { members[Member.isActive] = true }
        for (name, value) in owned { members[name] = value }
        return Webhook(document: JSON(members))
    }

    package func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        overlay.withLock { $0.written[id] = .some(nil) }
    }
}
