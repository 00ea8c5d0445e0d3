import Dispatch
import LosslessJSON
import Synchronization

/// A server of a few webhooks that holds every write until it is let through: a commit stands still where a test wants it.
final class GatedServer: Sendable {
    private let documents: Mutex<[String: JSON]>
    private let identifiers: [String]
    private let gate = DispatchSemaphore(value: 0)
    private let isOpen = Mutex(false)
    private let server = Mutex<CannedServer?>(nil)

    init(webhooks count: Int) throws {
        identifiers = (0..<count).map { "wh_gated0000\(10 + $0)" }
        var documents: [String: JSON] = [:]
        for (number, id) in identifiers.enumerated() {
            documents[id] = try JSON(
                parsing: """
                    {"webhook_id": "\(id)", "webhook_name": "Gated \(number)", "event_types": ["object.created"], \
                    "channels": [{"channel": "webhook", "configs": {"url": "https://example.com/\(number)"}}], \
                    "is_active": true}
                    """)
        }
        self.documents = Mutex(documents)
        let canned = try CannedServer { [weak self] request in self?.answer(request) ?? "" }
        server.withLock { $0 = canned }
    }

    deinit { open() }

    var base: String { server.withLock { $0?.base ?? "" } }
    /// What makes hookline work on it, for nobody who limits what a commit may do.
    var environment: [String: String?] {
        ["MIXPEEK_API_KEY": "sk_test_gated", "MIXPEEK_API_BASE": base]
    }
    var host: String { String(base.dropFirst(7)) }

    /// How many writes came, the one that is held among them.
    var writes: Int { server.withLock { $0 }?.requests.count { $0.line.hasPrefix("PUT") } ?? 0 }

    var descriptions: [String?] {
        documents.withLock { documents in identifiers.map { documents[$0]?["description"]?.string } }
    }

    /// Lets every write through from now on.
    func open() {
        isOpen.withLock { $0 = true }
        gate.signal()
    }

    /// Holds writes again, but for one perhaps.
    func close() { isOpen.withLock { $0 = false } }

    private func answer(_ request: CannedServer.Request) -> String {
        let words = request.line.split(separator: " ")
        let path = words.count > 1 ? words[1].split(separator: "?")[0] : ""
        let id = String(path.split(separator: "/").last ?? "")
        if request.line.hasPrefix("PUT"), let body = try? JSON(parsing: request.body) { return write(body, id) }
        if let document = documents.withLock({ $0[id] }) { return CannedServer.answer("200 OK", document.text()) }
        let all = documents.withLock { documents in identifiers.compactMap { documents[$0] } }
        return CannedServer.answer("200 OK", JSON(all).text())
    }

    private func write(_ body: JSON, _ id: String) -> String {
        if !isOpen.withLock({ $0 }) { gate.wait() }
        let result = documents.withLock { documents in
            var members = documents[id]?.object ?? [:]
            for (name, value) in body.object ?? [:] { members[name] = value }
            documents[id] = JSON(members)
            return JSON(members)
        }
        return CannedServer.answer("200 OK", result.text())
    }
}
