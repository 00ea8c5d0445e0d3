import LosslessJSON
import TestSupport
import Testing
import WebhookModel

@Suite("The in-memory service")
struct InMemoryServiceTests {
    @Test("conforms", arguments: WebhookServiceConformance.checks)
    func conforms(_ check: WebhookServiceConformance.Check) async throws {
        try await check.run(InMemoryWebhookService())
    }

    @Test("re-enables a paused webhook when is_active is left out, as the API does")
    func reenables() async throws {
        let service = InMemoryWebhookService([Samples.rich])
        let id = try #require(WebhookID(rawValue: "wh_abc123def4"))
        #expect(try await !service.get(id).isActive)
        #expect(try await service.update(id, to: Samples.valid()).isActive)
    }

    @Test("does not move updated_at on a rename")
    func rename() async throws {
        let service = InMemoryWebhookService([Samples.rich])
        let id = try #require(WebhookID(rawValue: "wh_abc123def4"))
        var document = Samples.rich
        try document.set("Renamed", at: ["webhook_name"])
        let renamed = try await service.update(id, to: document)
        #expect(renamed.updatedAt == Webhook(document: Samples.rich).updatedAt)
        try document.set(["object.created"], at: ["event_types"])
        #expect(try await service.update(id, to: document).updatedAt != renamed.updatedAt)
    }

    @Test("does or does not do what it fails at, as told")
    func faults() async throws {
        let service = InMemoryWebhookService()
        service.failNext(.create, .loseRequest)
        service.failNext(.create, .loseAnswer)
        service.failNext(.create, .refuse(.serverError))
        for _ in 1...3 {
            await #expect(throws: ServiceError.self) { try await service.create(Samples.valid()) }
        }
        #expect(service.webhooks.count == 1)
        #expect(service.requests.count == 3)
    }
}
