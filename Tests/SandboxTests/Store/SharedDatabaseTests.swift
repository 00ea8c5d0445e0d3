import GRDB
import LosslessJSON
import Testing

@testable import Sandbox

@Suite("Servers that share a database file")
struct SharedDatabaseTests {
    @Test("servers that start at once on a new file make it once and seed it once", arguments: 0..<3)
    func racedStart(round: Int) async throws {
        try await Harness.withFolder { folder in
            let servers = (0..<6).map { index in
                SandboxServer(
                    SandboxConfiguration(
                        listener: .privateSocket(in: "/tmp"), storage: .file(path: "\(folder)/sandbox.db"),
                        seed: .generated(count: 50), environment: Surroundings(seed: UInt64(index)).environment))
            }
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for server in servers {
                    group.addTask {
                        let client = RawClient(address: try await server.start())
                        return try await Harness(server: server, client: client, surroundings: Surroundings())
                            .listAll().count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts == [50, 50, 50, 50, 50, 50])
            for server in servers { await server.stop() }
        }
    }

    @Test("what one server writes the other reads, and writes of both at once are all kept")
    func bothWrite() async throws {
        try await Harness.withFolder { folder in
            let share: (inout SandboxConfiguration) -> Void = { $0.storage = .file(path: "\(folder)/sandbox.db") }
            try await Harness.run(seed: .none, surroundings: Surroundings(seed: 1), share) { first in
                try await Harness.run(seed: .none, surroundings: Surroundings(seed: 2), share) { second in
                    let id = try await first.create(sampleDocument("first"))
                    #expect(try await second.request("GET", "/\(id)").status == 200)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for index in 0..<40 {
                            let server = index.isMultiple(of: 2) ? first : second
                            group.addTask { _ = try await server.create(sampleDocument("n\(index)")) }
                        }
                        try await group.waitForAll()
                    }
                    let names = try await first.listAll().compactMap { $0["webhook_name"]?.string }
                    #expect(Set(names) == Set((0..<40).map { "n\($0)" } + ["first"]))
                    #expect(names.count == 41)
                    #expect(try await second.listAll().compactMap { $0["webhook_name"]?.string } == names)
                }
            }
        }
    }

    @Test("a write waits for another process's transaction, and goes through once that ends")
    func waitsForLock() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { sandbox in
                var configuration = Configuration()
                configuration.allowsUnsafeTransactions = true
                let other = try DatabaseQueue(path: path, configuration: configuration)
                try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                async let created = sandbox.create(sampleDocument("waited"))
                #expect(try await sandbox.listAll().isEmpty)
                try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
                #expect(try await created.hasPrefix("wh_"))
                #expect(try await sandbox.listAll().count == 1)
                try other.close()
            }
        }
    }

    @Test("a request in hand at stop is finished and answered")
    func gracefulStop() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
            try await Harness.run(
                seed: .none,
                {
                    let randomBytes = $0.environment.randomBytes
                    $0.storage = .file(path: path)
                    $0.environment.randomBytes = { count in
                        // A request asks for eight, for its name.
                        if count == 8 { arrived.yield() }
                        return randomBytes(count)
                    }
                }
            ) { sandbox in
                var configuration = Configuration()
                configuration.allowsUnsafeTransactions = true
                let other = try DatabaseQueue(path: path, configuration: configuration)
                try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
                async let reply = sandbox.request("POST", "/", body: sampleDocument("late").text(.compact))
                var iterator = arrivals.makeAsyncIterator()
                await iterator.next()
                async let stopped: Void = sandbox.server.stop(within: .seconds(60))
                while (try? await sandbox.request("GET", "/wh_none")) != nil { await Task.yield() }
                try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
                #expect(try await reply.status == 201)
                await stopped
                let count = try await other.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM webhook") }
                #expect(count == 1)
                try other.close()
            }
        }
    }
}
