import Logging
import Synchronization
import Testing
import WebhookAPI
import WebhookModel

/// Keeps everything that is logged, as one text.
private final class LogBook: Sendable {
    private let lines = Mutex("")
    var text: String { lines.withLock { $0 } }

    func add(_ line: String) {
        lines.withLock { $0 += line + "\n" }
    }
}

private struct BookHandler: LogHandler {
    let book: LogBook
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = event.metadata ?? [:]
        book.add("\(event.message) \(metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })")
    }
}

@Suite("Logging", .overBothTransports, .timeLimit(.minutes(1)))
struct LoggingTests {
    @Test("the fullest log tells operations and statuses, and holds no key, no body, no query")
    func nothingSecret() async throws {
        let book = LogBook()
        let logger = Logger(label: "test") { _ in BookHandler(book: book) }
        let documents = (0..<3).map { Client.document("wh_\($0)", name: "private name") }
        try await WireServer.run(APIServer(documents, .init(pageSize: 2)).handle) { server in
            try await Client.run(Client.configuration(server.base), logger: logger) { client in
                _ = try await client.list()
                _ = try await client.update(WebhookID(rawValue: "wh_1")!, to: documents[1])
                _ = try? await client.get(Client.id)
            }
        }
        let dead = try Client.configuration("http://127.0.0.1:1")
        try await Client.run(dead, logger: logger) { client in _ = try? await client.list() }
        #expect(book.text.contains("operation=PUT /v1/organizations/webhooks/wh_1"))
        #expect(book.text.contains("status=404"))
        #expect(book.text.contains("failure="))
        for secret in ["sk_test", "private", "hooks.test", "cursor", "after-", "Bearer", "uthorization"] {
            #expect(!book.text.contains(secret), "\(secret)")
        }
    }
}
