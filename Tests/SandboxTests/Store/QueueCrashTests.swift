import GRDB
import Glibc
import LosslessJSON
import Sandbox
import Synchronization
import Testing

/// Counts from 1.
private final class Tally: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

@Suite("The queue of deliveries, when its process is killed")
struct QueueCrashTests {
    private static func live(_ configuration: inout SandboxConfiguration, _ path: String) {
        configuration.storage = .file(path: path)
        configuration.delivery = SandboxDelivery(
            http: HTTPRoute(), retry: RetryPolicy(shortest: .milliseconds(1)), pauseAfter: nil,
            pollInterval: .milliseconds(5), allowsPrivateAddresses: true)
    }

    /// Tells of events from several tasks, and notes each one that was answered, until killed.
    private static func emitUntilKilled(_ path: String, _ log: String, round: Int) async throws {
        try await Harness.run(
            seed: .none, surroundings: Surroundings(seed: UInt64(round)), { live(&$0, path) }
        ) { sandbox async throws in
            let file = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let answered = Tally()
            await withTaskGroup(of: Void.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        for number in 0..<10_000 {
                            let id = "evt_\(round)_\(worker)_\(String(number + 10_000).dropFirst())"
                            guard
                                let told = try? await sandbox.emit([
                                    "event_type": "object.created", "event_id": JSON(id),
                                ]),
                                told == id
                            else { return }
                            let line = Array("\(id)\n".utf8)
                            _ = write(file, line, line.count)
                            if answered.next() == 60 { kill(getpid(), SIGKILL) }
                        }
                    }
                }
            }
        }
    }

    @Test("killed three times under load: no answered event is lost, and what comes twice has the same event id")
    func killed() async throws {
        let peer = HTTPPeer()
        try await Harness.withFolder { folder in
            let (path, log) = ("\(folder)/sandbox.db", "\(folder)/s")
            try await peer.serve { port in
                let document = httpDocument("http://127.0.0.1:\(port)/")
                try await Harness.run(seed: .none, { Self.live(&$0, path) }) { sandbox async throws in
                    _ = try await sandbox.create(document)
                }
                for round in 1...3 {
                    await #expect(processExitsWith: .signal(SIGKILL)) {
                        [path = path as String, log = log as String, round = round as Int] in
                        try await Self.emitUntilKilled(path, log, round: round)
                    }
                }
                let text = String(decoding: try bytes(log), as: UTF8.self)
                let answered = Set(text.split(separator: "\n").map(String.init))
                #expect(answered.count >= 150)
                try await Harness.run(
                    seed: .none, surroundings: Surroundings(seed: 99), { Self.live(&$0, path) }
                ) { sandbox async throws in
                    #expect(
                        try await sandbox.eventually {
                            try await sandbox.deliveries("status=pending&limit=1").isEmpty
                        })
                    #expect(try await sandbox.deliveries("status=dead").isEmpty)
                }
                let came = try peer.requests.map { try JSON(parsing: $0.body)["event_id"]?.string ?? "" }
                #expect(answered.subtracting(came).isEmpty)
                // Each body is whole and its own event's: twice is the same event, said once more.
                for id in Set(came) {
                    let bodies = Set(peer.requests.filter { $0.text.contains("\"\(id)\"") }.map(\.body))
                    #expect(bodies.count == 1)
                }
                // In the order of each teller, repetitions aside.
                for round in 1...3 {
                    for worker in 0..<4 {
                        var seen: Set<String> = []
                        let own = came.filter { $0.hasPrefix("evt_\(round)_\(worker)_") && seen.insert($0).inserted }
                        #expect(own == own.sorted())
                    }
                }
            }
        }
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }

    @Test("of two servers on one file one makes the deliveries; when it stops the other goes on")
    func twoServers() async throws {
        let peer = HTTPPeer()
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try await peer.serve { port in
                try await Harness.run(seed: .none, { Self.live(&$0, path) }) { first async throws in
                    _ = try await first.create(httpDocument("http://127.0.0.1:\(port)/"))
                    try await Harness.run(
                        seed: .none, surroundings: Surroundings(seed: 2), { Self.live(&$0, path) }
                    ) { second async throws in
                        for sandbox in [first, second] {
                            for _ in 0..<20 { _ = try await sandbox.emit(["event_type": "object.created"]) }
                        }
                        #expect(
                            try await second.eventually { try await second.deliveries("status=delivered").count == 40 })
                        #expect(peer.requests.count == 40)
                        await first.server.stop()
                        _ = try await second.emit(["event_type": "object.created"])
                        #expect(await second.eventually { peer.requests.count == 41 })
                    }
                }
            }
        }
    }

    @Test("old events go, the newest stay, and what is pending or dead stays with them")
    func pruning() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try await Harness.run(
                seed: .none,
                {
                    $0.storage = .file(path: path)
                    $0.delivery.keptEvents = 10
                    $0.delivery.pollInterval = .milliseconds(10)
                }
            ) { sandbox async throws in
                _ = try await sandbox.create(sampleDocument("w", events: ["*"]))
                let body = #"{"event_type":"object.created","count":3000}"#
                _ = try await sandbox.request("POST", "/v1/sandbox/events", body: body)
                let other = try DatabaseQueue(path: path)
                #expect(
                    try await sandbox.eventually {
                        try await other.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") ?? 0 } == 10
                    })
                let left = try await other.read { database in
                    try Int.fetchOne(database, sql: "SELECT count(*) FROM outbox") ?? 0
                }
                #expect(left == 10)
                try other.close()
            }
        }
    }
}
