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
    private let overlay = Mutex(Overlay())

    /// Reads go to `server`; `host` names it in errors.
    package init(over server: any WebhookService, host: String) {
        self.server = server
        self.host = host
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
    package func create(_ document: JSON) async throws(ServiceError) -> Webhook {
        overlay.withLock { overlay in
            overlay.count += 1
            let id = WebhookID(rawValue: "wh_dryrun\(overlay.count)")
            var webhook = Webhook(document: document)
            if let id {
                try? webhook.document.set(JSON(id.rawValue), at: [.name(Member.id)])
                overlay.written[id] = webhook
                overlay.created.append(id)
            }
            return webhook
        }
    }

    package func update(_ id: WebhookID, to document: JSON) async throws(ServiceError) -> Webhook {
        _ = try await get(id)
        let webhook = Webhook(document: document)
        overlay.withLock { $0.written[id] = .some(webhook) }
        return webhook
    }

    package func delete(_ id: WebhookID) async throws(ServiceError) {
        overlay.withLock { $0.written[id] = .some(nil) }
    }
}
