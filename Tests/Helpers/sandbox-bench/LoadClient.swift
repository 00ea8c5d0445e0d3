import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Sandbox

/// Sends requests from several tasks at once.
struct LoadClient: Sendable {
    let client: HTTPClient
    let base: String

    /// Runs with a client that is shut down after.
    static func with(_ base: String, _ body: (LoadClient) async throws -> Void) async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do { try await body(LoadClient(client: client, base: base)) } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    @discardableResult
    func send(_ method: HTTPMethod, _ path: String, _ body: String? = nil) async throws -> ByteBuffer {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(SandboxKey.standard.secret)")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await client.execute(request, timeout: .seconds(120))
        guard (200..<300).contains(response.status.code) else { throw BenchFailure(status: Int(response.status.code)) }
        return try await response.body.collect(upTo: 256 << 20)
    }

    /// Requests a second, `count` of them from `tasks` tasks.
    func rate(_ count: Int, tasks: Int, _ one: @escaping @Sendable (LoadClient, Int) async throws -> Void) async throws
        -> Double
    {
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    for number in stride(from: task, to: count, by: tasks) { try await one(self, number) }
                }
            }
            try await group.waitForAll()
        }
        return Double(count) / (start.duration(to: clock.now) / .seconds(1))
    }
}

struct BenchFailure: Error {
    let status: Int
}
