import Hummingbird
import HummingbirdCore
import Logging
import Sandbox
import ServiceLifecycle

/// A list of 1,000 webhooks and durable PUTs, beside routes of a bare Hummingbird server that answer as much.
enum RequestBench {
    private typealias Document = @Sendable (_ number: Int) -> String

    private static let webhooks = "/v1/organizations/webhooks"

    static func run() async throws {
        try await SandboxBench.withFile { storage in
            let server = SandboxServer(SandboxBench.configuration(storage, webhooks: 1_000))
            let address = try await server.start()
            try await LoadClient.with(address.base) { client in
                let page = String(buffer: try await client.send(.POST, "\(webhooks)/list?limit=1000"))
                let first = try await client.send(.GET, "\(webhooks)/wh_abc123def4")
                // Each PUT changes the document, of both servers alike.
                let parts = String(buffer: first).split(separator: "Engineering")
                let document: Document = { parts.joined(separator: "Team \($0) ") }
                let list = try await client.rate(400, tasks: 8) { client, _ in
                    try await client.send(.POST, "\(webhooks)/list?limit=1000")
                }
                let put = try await client.rate(8_000, tasks: 64) { client, number in
                    try await client.send(.PUT, "\(webhooks)/wh_abc123def4", document(number))
                }
                let bare = try await bareRates(page: page, document: document)
                SandboxBench.print(line("list of 1,000", list, bare.list))
                SandboxBench.print(line("durable PUT", put, bare.put))
            }
            await server.stop()
        }
    }

    private static func line(_ name: String, _ own: Double, _ bare: Double) -> String {
        "\(name): \(Int(own)) a second, bare route \(Int(bare)), \(Int(own / bare * 100)) %"
    }

    /// The same requests, answered from memory.
    private static func bareRates(
        page: String, document: @escaping Document
    ) async throws -> (list: Double, put: Double) {
        let router = Router()
        router.post("/list") { _, _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: page))) }
        router.put("/one") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            return Response(status: .ok, body: .init(byteBuffer: body))
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "bare") { _ in SwiftLogNoOpLogHandler() })
        let task = Task { try await application.run() }
        var iterator = ports.makeAsyncIterator()
        let base = "http://127.0.0.1:\(await iterator.next() ?? 0)"
        var rates = (list: 0.0, put: 0.0)
        try await LoadClient.with(base) { client in
            rates.list = try await client.rate(400, tasks: 8) { client, _ in try await client.send(.POST, "/list") }
            rates.put = try await client.rate(8_000, tasks: 64) { client, number in
                try await client.send(.PUT, "/one", document(number))
            }
        }
        task.cancel()
        _ = await task.result
        return rates
    }
}
