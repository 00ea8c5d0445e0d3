import LosslessJSON
import Testing
import WebhookAPI
import WebhookModel

@Suite("Operations beside the webhooks", .timeLimit(.minutes(1)))
struct SideCallTests {
    @Test("path and query go below the base, escaped, with the key")
    func target() async throws {
        let transport = ScriptedTransport([.answer(200, #"{"results": []}"#)])
        let client = try Client.scripted(transport, base: "https://api.test/prefix")
        let answer = try await client.perform(
            SideCall(.get, "/v1/sandbox/deliveries", query: [("event_id", "a b&c=d"), ("limit", "1")], safety: .read))
        #expect(answer == ["results": []])
        #expect(
            transport.requests.first?.target == "/prefix/v1/sandbox/deliveries?event_id=a%20b%26c%3Dd&limit=1")
        #expect(transport.requests.first?.key == Client.key)
        #expect(transport.requests.first?.body == nil)
    }

    @Test("an answer without a body is null, and one that is no JSON an error")
    func bodies() async throws {
        let none = try Client.scripted(ScriptedTransport([.answer(204, "")]))
        #expect(try await none.perform(SideCall(.delete, "/v1/sandbox/faults", safety: .write)).isNull)
        let html = try Client.scripted(ScriptedTransport([.answer(200, "<html>")]))
        let error = await serviceError { try await html.perform(SideCall(.get, "/v1/health", safety: .read)) }
        guard case .unexpectedAnswer = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("what may not be done twice is not repeated, and what may is")
    func safety() async throws {
        let lost = TransportFailure(.lost("reset"), progress: .sent)
        let event: JSON = ["event_type": "object.created"]
        let once = ScriptedTransport([.failure(lost), .answer(201)])
        let error = await serviceError {
            try await Client.scripted(once).perform(
                SideCall(.post, "/v1/sandbox/events", document: event, safety: .create))
        }
        guard case .ambiguous = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(once.requests.count == 1)
        let again = ScriptedTransport([.failure(lost), .answer(200)])
        _ = try await Client.scripted(again).perform(SideCall(.get, "/v1/sandbox/faults", safety: .read))
        #expect(again.requests.count == 2)
    }

    @Test("a server without the operation says 404, which is the caller's to understand")
    func notThere() async throws {
        let client = try Client.scripted(ScriptedTransport([.answer(404, #"{"detail": "Not Found"}"#)]))
        let error = await serviceError { try await client.perform(SideCall(.get, "/v1/sandbox/dead", safety: .read)) }
        #expect(error?.status == 404)
        #expect(error?.operation == "GET /v1/sandbox/dead")
    }
}
