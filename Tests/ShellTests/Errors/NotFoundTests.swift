import Testing
import WebhookModel

@testable import Shell

@Suite("What is said of a 404")
struct NotFoundTests {
    @Test(
        "a webhook that is gone is one, and an address without webhooks another",
        arguments: [
            ("PUT /v1/organizations/webhooks/wh_abc123def4", "has no such webhook"),
            ("GET /v1/organizations/webhooks/", "has nothing there"),
            ("POST /v1/organizations/webhooks/list", "has nothing there"),
        ])
    func operations(_ operation: String, _ message: String) {
        let error = ServiceError(.notFound, operation: operation, host: "api.example", status: 404)
        let sentence = ServiceSentences.problem(error)
        #expect(sentence.message.hasPrefix("api.example \(message)"))
    }
}
