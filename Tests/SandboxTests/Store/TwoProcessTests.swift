import GRDB
import Glibc
import LosslessJSON
import Testing

@testable import Sandbox

@Suite("Processes that share a database file")
struct TwoProcessTests {
    /// Creates webhooks one after another through a server of this process's own.
    private static func write(_ count: Int, named prefix: String, seed: UInt64, to path: String) async throws {
        let storage = SandboxStorage.file(path: path)
        try await Harness.run(
            seed: .generated(count: 20), surroundings: Surroundings(seed: seed), { $0.storage = storage }
        ) {
            sandbox in
            for index in 0..<count { _ = try await sandbox.create(sampleDocument("\(prefix)\(index)")) }
        }
    }

    @Test("processes that start at once on a new file and write at once lose nothing and seed once")
    func writeAtOnce() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            async let first = #expect(processExitsWith: .success) { [path = path as String] in
                try await Self.write(30, named: "a", seed: 11, to: path)
            }
            async let second = #expect(processExitsWith: .success) { [path = path as String] in
                try await Self.write(30, named: "b", seed: 12, to: path)
            }
            try await Self.write(30, named: "c", seed: 13, to: path)
            _ = await (first, second)
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { sandbox in
                let names = try await sandbox.listAll().compactMap { $0["webhook_name"]?.string }
                #expect(names.count == 20 + 90)
                for prefix in ["a", "b", "c"] {
                    let own = names.filter { $0.hasPrefix(prefix) }
                    #expect(own == (0..<30).map { "\(prefix)\($0)" })
                }
            }
        }
    }

    @Test("what a process was answered before it is killed is there afterwards")
    func killed() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let storage = SandboxStorage.file(path: path)
                try await Harness.run(seed: .none, { $0.storage = storage }) { sandbox in
                    for index in 0..<20 { _ = try await sandbox.create(sampleDocument("n\(index)")) }
                    kill(getpid(), SIGKILL)
                }
            }
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { sandbox in
                let names = try await sandbox.listAll().compactMap { $0["webhook_name"]?.string }
                #expect(names == (0..<20).map { "n\($0)" })
            }
        }
    }
}
