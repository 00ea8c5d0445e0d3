import LosslessJSON
import Session
import WebhookModel

/// Finds out what a server does with secrets, on a paused webhook that it makes and removes again.
struct SecretsProbe: Sendable {
    struct Finding: Sendable {
        let capability: SecretsCapability
        /// What was seen, in a few words.
        let detail: String
        /// The probe's webhook, if it could not be removed.
        let leftBehind: WebhookID?
    }

    let service: any WebhookService
    /// Makes the name and the secret ones of their own.
    let stamp: String

    private static let secret: JSONPath = [
        .name(Member.channels), .index(0), .name(Member.configs), .name("bot_token"),
    ]

    private var token: String { "xoxb-hookline-probe-\(stamp)" }

    private var document: JSON {
        [
            Member.name: JSON("hookline probe \(stamp), to be deleted"),
            Member.eventTypes: ["object.created"],
            Member.channels: [
                [
                    Member.channelKind: "slack",
                    Member.configs: ["channel_id": "C0000000000", "bot_token": JSON(token)],
                ]
            ],
            Member.isActive: false,
        ]
    }

    func run() async throws(ServiceError) -> Finding {
        let made = try await service.create(document)
        guard let id = made.id else {
            return Finding(
                capability: .unknown, detail: "the new webhook came back without an identifier", leftBehind: nil)
        }
        let seen: (SecretsCapability, String)
        do throws(ServiceError) { seen = try await look(id) } catch {
            // Whoever was interrupted still removes what was made.
            _ = await Task { await remove(id) }.value
            throw error
        }
        return Finding(capability: seen.0, detail: seen.1, leftBehind: await remove(id) ? nil : id)
    }

    private func look(_ id: WebhookID) async throws(ServiceError) -> (SecretsCapability, String) {
        let read = try await service.get(id)
        let listed = try await service.list().first { $0.id == id } ?? read
        let shown = [read, listed].map { $0.document.value(at: Self.secret)?.string ?? "" }
        if shown.allSatisfy({ $0 == token }) { return (.plain, "secrets are read as they are") }
        guard shown[0] != token else { return (.unknown, "lists mask secrets, single reads don't") }
        return try await sendBack(read, id, mask: shown[0])
    }

    /// Sends the mask back, and looks whether it was taken for a secret.
    private func sendBack(
        _ read: Webhook, _ id: WebhookID, mask: String
    ) async throws(ServiceError) -> (SecretsCapability, String) {
        do throws(ServiceError) { _ = try await service.update(id, to: read.document) } catch {
            switch error.kind {
            case .invalid, .badRequest: break
            default: throw error
            }
            return (.lossy, "it masks secrets, and takes no mask in a write")
        }
        let again = try await service.get(id).document.value(at: Self.secret)?.string ?? ""
        if again != mask { return (.lossy, "it masks secrets, and stores a mask that is sent back") }
        return (.unknown, "it masks secrets, and nothing that can be read tells whether it stores a mask sent back")
    }

    private func remove(_ id: WebhookID) async -> Bool {
        do {
            try await service.delete(id)
            return true
        } catch { return false }
    }
}
