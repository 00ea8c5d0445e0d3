import GRDB
import Glibc
import LosslessJSON
import Testing

@testable import Sandbox

@Suite("A database file")
struct PersistenceTests {
    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test("webhooks, their order and their spelling outlive the server")
    func persistence() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            let body =
                #"{"webhook_name":"caf\u00e9","n":1.0,"event_types":["a"],"channels":[{"channel":"x","configs":{}}]}"#
            var before: [UInt8] = []
            try await Harness.run(seed: .samples, { $0.storage = .file(path: path) }) { sandbox in
                _ = try await sandbox.request("POST", "/", body: body)
                _ = try await sandbox.request("DELETE", "/wh_abc123def4")
                before = try await sandbox.request("GET", "/").body
            }
            try await Harness.run(seed: .samples, { $0.storage = .file(path: path) }) { sandbox in
                let after = try await sandbox.request("GET", "/").body
                #expect(after == before)
                #expect(String(decoding: after, as: UTF8.self).contains(#""webhook_name":"caf\u00e9","n":1.0"#))
                let page = try await sandbox.request("POST", "/list", body: #"{"event_type":"a"}"#)
                #expect(page.json?["total"] == 1)
            }
        }
    }

    @Test("an organization that the file knows is not seeded again, one that it does not is")
    func seededOnce() async throws {
        try await Harness.withFolder { folder in
            func run(_ key: String, _ body: (Harness) async throws -> Void) async throws {
                try await Harness.run(
                    seed: .generated(count: 2),
                    {
                        $0.storage = .file(path: "\(folder)/sandbox.db")
                        $0.keys = [SandboxKey(key)!]
                    }, body)
            }
            try await run("sk_a") { sandbox in
                for webhook in try await sandbox.listAll(key: "sk_a") {
                    _ = try await sandbox.request("DELETE", "/\(webhook["webhook_id"]?.string ?? "")", key: "sk_a")
                }
            }
            try await run("sk_a") { sandbox in
                let webhooks = try await sandbox.listAll(key: "sk_a")
                #expect(webhooks.isEmpty)
            }
            try await run("sk_b") { sandbox in
                let webhooks = try await sandbox.listAll(key: "sk_b")
                #expect(webhooks.count == 2)
                #expect(try await sandbox.request("GET", "/", key: "sk_a").status == 401)
            }
        }
    }

    @Test("file and folder are private, and no key stands in the file")
    func privacy() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/deep/sandbox.db"
            defer { for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) } }
            try await Harness.run(
                seed: .none,
                {
                    $0.storage = .file(path: path)
                    $0.keys = [SandboxKey("sk_in_the_clear")!]
                }
            ) { sandbox in
                _ = try await sandbox.create(sampleDocument(), key: "sk_in_the_clear")
                #expect(mode("\(folder)/deep") == 0o700)
                for suffix in ["", "-wal", "-shm"] { #expect(mode(path + suffix) == 0o600) }
                for suffix in ["", "-wal"] {
                    let bytes = try PrivateFiles.read(path + suffix, limit: 1 << 24)
                    #expect(!String(decoding: bytes, as: UTF8.self).contains("in_the_clear"))
                }
            }
        }
    }

    @Test("a file that others could read is narrowed")
    func narrowing() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try writeFile("", to: path)
            chmod(path, 0o644)
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { _ in
                #expect(mode(path) == 0o600)
            }
        }
    }

    @Test("writes are flushed to the disk before they are answered")
    func durability() async throws {
        try await Harness.withFolder { folder in
            let configuration = SandboxConfiguration(
                listener: .tcp(), storage: .file(path: "\(folder)/sandbox.db"), seed: .none,
                environment: Surroundings().environment)
            let opened = try await StoreOpening(configuration).open()
            let (synchronous, journal) = try await opened.store.database.write { database in
                (
                    try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                    try String.fetchOne(database, sql: "PRAGMA journal_mode")
                )
            }
            // 2 is FULL.
            #expect(synchronous == 2)
            #expect(journal == "wal")
            try opened.store.close()
        }
    }

    @Test("another program's database, a text and a folder are refused and left as they are")
    func foreign() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            func refused() async throws {
                await #expect(throws: SandboxError.notASandboxDatabase(path: path)) {
                    try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { _ in }
                }
            }
            try writeFile("just a text", to: path)
            try await refused()
            #expect(try PrivateFiles.read(path, limit: 100) == Array("just a text".utf8))
            unlink(path)

            let other = try DatabaseQueue(path: path)
            try await other.write { try $0.execute(sql: "CREATE TABLE theirs (id INTEGER)") }
            try other.close()
            let before = try PrivateFiles.read(path, limit: 1 << 20)
            try await refused()
            #expect(try PrivateFiles.read(path, limit: 1 << 20) == before)

            // In WAL mode the header alone does not tell.
            let pool = try DatabasePool(path: path)
            try pool.close()
            try await refused()

            await #expect(throws: SandboxError.self) {
                try await Harness.run(seed: .none, { $0.storage = .file(path: folder) }) { _ in }
            }
        }
    }

    @Test("a database of a later version is refused")
    func newer() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { _ in }
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
            try queue.close()
            await #expect(throws: SandboxError.newerDatabase(path: path, version: 99, supported: StoreSchema.version)) {
                try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { _ in }
            }
        }
    }

    @Test("a database from before totals were kept has them once it is opened")
    func totalsOfOlder() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try await Harness.run(seed: .generated(count: 12), { $0.storage = .file(path: path) }) { _ in }
            let queue = try DatabaseQueue(path: path)
            try await queue.write { database in
                for trigger in ["webhook_added", "webhook_removed", "webhook_switched"] {
                    try database.execute(sql: "DROP TRIGGER \(trigger)")
                }
                try database.execute(sql: "DROP TABLE webhook_count; PRAGMA user_version = 3")
            }
            try queue.close()
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { sandbox async throws in
                _ = try await sandbox.create(sampleDocument())
                let reply = try await sandbox.request("POST", "/list?limit=1", body: "{}")
                #expect(reply.json?["total"] == 13)
            }
        }
    }

    @Test("a folder that cannot be made is an error with the system's reason")
    func unwritable() async throws {
        await #expect(throws: SandboxError.fileSystem(path: "/proc/none", reason: "No such file or directory")) {
            try await Harness.run(seed: .none, { $0.storage = .file(path: "/proc/none/sandbox.db") }) { _ in }
        }
    }
}
