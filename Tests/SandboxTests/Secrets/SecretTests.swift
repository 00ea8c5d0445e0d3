import GRDB
import Glibc
import LosslessJSON
import Testing

@testable import Sandbox

@Suite("Secrets at rest")
struct SecretTests {
    private let box = SecretBox(
        key: [UInt8](repeating: 7, count: 32), randomBytes: Surroundings().environment.randomBytes)

    @Test("what is sealed opens for its owner alone, and not after any change")
    func sealing() throws {
        for length in [0, 1, 31, 32, 33, 500] {
            let plain = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            let sealed = box.seal(plain, for: "1/wh_a")
            #expect(try box.open(sealed, for: "1/wh_a") == plain)
            #expect(throws: SecretBox.Failure.self) { try box.open(sealed, for: "1/wh_b") }
            for index in stride(from: 0, to: sealed.count, by: 7) {
                var changed = sealed
                changed[index] ^= 1
                #expect(throws: SecretBox.Failure.self) { try box.open(changed, for: "1/wh_a") }
            }
            #expect(throws: SecretBox.Failure.self) { try box.open(Array(sealed.dropLast()), for: "1/wh_a") }
        }
        #expect(box.seal([1, 2, 3], for: "x") != box.seal([1, 2, 3], for: "x"))
    }

    @Test(
        "a document is stored without its secrets and read as it was",
        arguments: [
            #"{"a":1}"#, #"{"bot_token":"xoxb-1","n":[1,{"password":12,"x":null}]}"#,
            #"{"headers":{"A":"one","B":["two",true]},"url":"https://u:p@h/?k=v"}"#,
            #"{"bot_token":"[sealed]","b":"[sealed]"}"#, #"{"token":"quote \" and \\ and é"}"#,
            #"{"\u0074oken":"hidden"}"#, #"{"note":"see https:\/\/h\/?key=v now"}"#, #"{"token":""}"#,
            #"{"note":"https://hooks.slack.com/services/T0/B0/hookpath"}"#,
        ])
    func documents(text: String) throws {
        let vault = DocumentVault(box: box)
        let document = try JSON(parsing: text).text(.compact)
        let stored = vault.store(document, for: "o")
        #expect(try vault.document(stored.document, secrets: stored.secrets, for: "o") == document)
        #expect((try? JSON(parsing: stored.document)) != nil)
        for secret in ["xoxb", "one", "two", "u:p", "k=v", "quote", "hidden", "key=v", "hookpath"] {
            #expect(!stored.document.contains(secret))
        }
    }

    @Test("no byte of a database file holds a secret, in a webhook or the outbox; the server shows it as before")
    func file() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            let document = httpDocument(
                "https://user:hunter2secret@h.example/in?token=querysecret",
                ["headers": ["X-Auth": "headersecret"], "signing_secret": "signingsecret"])
            var id = ""
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { sandbox async throws in
                id = try await sandbox.create(document)
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(try await sandbox.outbox().count == 1)
                let text = try await sandbox.request("GET", "/v1/sandbox/outbox").text
                for secret in ["hunter2secret", "querysecret", "headersecret", "signingsecret"] {
                    #expect(!text.contains(secret))
                }
            }
            for name in ["sandbox.db", "sandbox.db-wal"] {
                guard let bytes = try? PrivateFiles.read("\(folder)/\(name)", limit: 1 << 26) else { continue }
                let text = String(decoding: bytes, as: UTF8.self)
                for secret in ["hunter2secret", "querysecret", "headersecret", "signingsecret"] {
                    #expect(!text.contains(secret))
                }
            }
            #expect(mode("\(path).key") == 0o600)
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { sandbox async throws in
                #expect(try await sandbox.webhook(id)["channels"] == document["channels"])
                #expect(try await sandbox.listAll()[0]["channels"] == document["channels"])
            }
        }
    }

    @Test("a database doesn't open with another key, nor with one that others may read")
    func keys() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { _ in }
            let other = "\(folder)/s"
            await #expect(throws: SandboxError.fileSystem(path: other, reason: "it is not the key of this database")) {
                try await Harness.run(
                    seed: .none, surroundings: Surroundings(seed: 2),
                    {
                        $0.storage = .file(path: path)
                        $0.secretsKeyFile = other
                    }
                ) { _ in }
            }
            chmod("\(path).key", 0o644)
            await #expect(throws: SandboxError.self) {
                try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { _ in }
            }
        }
    }

    @Test("a database from before secrets were sealed is sealed when it is opened")
    func older() async throws {
        try await Harness.withFolder { folder in
            let path = "\(folder)/sandbox.db"
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { _ in }
            let queue = try DatabaseQueue(path: path)
            try await queue.write { database in
                try database.execute(sql: "DELETE FROM setting WHERE name = 'secrets_key_check'")
                try database.execute(
                    sql: """
                        INSERT INTO webhook (organization, webhook_id, is_active, document) VALUES (1, 'wh_old', 1, \
                        '{"webhook_id":"wh_old","bot_token":"xoxb-old"}')
                        """)
            }
            try queue.close()
            try await Harness.run(seed: .none, { $0.storage = .file(path: path) }) { sandbox async throws in
                #expect(try await sandbox.webhook("wh_old")["bot_token"] == "xoxb-old")
            }
            let bytes = try await DatabaseQueue(path: path).read {
                try String.fetchOne($0, sql: "SELECT document FROM webhook WHERE webhook_id = 'wh_old'")
            }
            #expect(bytes == #"{"webhook_id":"wh_old","bot_token":"[sealed]"}"#)
        }
    }

    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }
}
