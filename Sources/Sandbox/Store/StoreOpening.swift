import Digest
import GRDB
import WebhookModel

/// A store made ready, with the keys it knows.
struct OpenedStore: Sendable {
    let store: WebhookStore
    let deliveries: DeliveryStore
    let keys: KeyRing
    /// For a file, which other servers may share.
    let dispatchLock: DispatchLock?
    /// How many organizations were new to the database, and were seeded.
    let seeded: Int
}

/// The key under which a database's secrets are sealed, and where it came from.
private struct SecretsKey {
    let path: String
    let bytes: [UInt8]
}

/// Opens a database: migrates it, registers the keys, seeds the organizations that are new to it.
struct StoreOpening: Sendable {
    private let storage: SandboxStorage
    private let keys: [SandboxKey]
    private let environment: SandboxEnvironment
    private let seed: SeedSource
    private let keyFile: String?

    init(_ configuration: SandboxConfiguration) {
        storage = configuration.storage
        keys = configuration.effectiveKeys
        environment = configuration.environment
        seed = SeedSource(
            seed: configuration.seed, environment: configuration.environment, idFormat: configuration.idFormat)
        keyFile = configuration.secretsKeyFile
    }

    func open() async throws(SandboxError) -> OpenedStore {
        switch storage {
        case .memory:
            do {
                return try openInMemory()
            } catch {
                throw Self.failure(error, path: ":memory:")
            }
        case .file(let path):
            try PrivateFiles.makeParent(of: path)
            try PrivateFiles.makeDatabase(at: path)
            let keyPath = keyFile ?? path + ".key"
            let key = try KeyFile(path: keyPath).key(orNew: environment.randomBytes)
            return try await openPatiently(path, SecretsKey(path: keyPath, bytes: key))
        }
    }

    /// Of servers that open a new file at the same instant, one may find it locked in a way that SQLite does not wait
    /// for (turning WAL on is such a one): it tries again, for some ten seconds.
    private func openPatiently(_ path: String, _ key: SecretsKey) async throws(SandboxError) -> OpenedStore {
        var attempts = 0
        while true {
            do {
                return try openFile(path, key)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempts < 500 {
                attempts += 1
                try? await Task.sleep(for: .milliseconds(20))
            } catch {
                throw Self.failure(error, path: path)
            }
        }
    }

    /// A database of this process's own.
    private func openInMemory() throws -> OpenedStore {
        var configuration = Configuration()
        configuration.label = "sandbox"
        return try prepare(DatabaseQueue(configuration: configuration), nil)
    }

    /// A file, which other processes may open at the same time.
    private func openFile(_ path: String, _ key: SecretsKey) throws -> OpenedStore {
        var configuration = Configuration()
        configuration.label = "sandbox"
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB sets NORMAL as it turns WAL on; a write that was answered is to survive a power cut.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return try prepare(pool, key)
    }

    /// In one write transaction, so that of servers that start at once each finds either nothing or all of it.
    private func prepare(_ database: any DatabaseWriter, _ key: SecretsKey?) throws -> OpenedStore {
        let box = key.map { SecretBox(key: $0.bytes, randomBytes: environment.randomBytes) }
        let store = WebhookStore(migrated: database, vault: DocumentVault(box: box))
        let (ring, seeded) = try database.write { database in
            try StoreSchema.migrate(database)
            if let key { try check(key, store, in: database) }
            let salt = try salt(in: database)
            var entries: [KeyRing.Entry] = []
            var seeded = 0
            for key in keys {
                let digest = KeyRing.digest(key.secret.utf8, salt: salt)
                let (organization, isNew) = try register(digest, in: database)
                if isNew {
                    for webhook in try seed.webhooks() {
                        try store.insert(webhook, into: organization, in: database)
                    }
                    seeded += 1
                }
                entries.append(KeyRing.Entry(digest: digest, organization: organization))
            }
            return (KeyRing(salt: salt, entries: entries), seeded)
        }
        return OpenedStore(
            store: store, deliveries: DeliveryStore(webhooks: store), keys: ring,
            dispatchLock: key.map { DispatchLock(path: $0.path) }, seeded: seeded)
    }

    /// Holds a database against the key of its secrets. One that has none yet is given this: what lies in it is sealed.
    private func check(_ key: SecretsKey, _ store: WebhookStore, in database: Database) throws {
        let check = Hexadecimal.text(HMAC.code(for: "sandbox key check".utf8, key: key.bytes))
        let known = try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'secrets_key_check'")
        if let known {
            guard known == check else {
                throw SandboxError.fileSystem(path: key.path, reason: "it is not the key of this database")
            }
            return
        }
        try store.sealAll(in: database)
        try database.execute(
            sql: "INSERT INTO setting (name, value) VALUES ('secrets_key_check', ?)", arguments: [check])
    }

    /// What the keys of this database are digested with; made once.
    private func salt(in database: Database) throws -> [UInt8] {
        let stored = try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'key_salt'")
        let salt = stored ?? Hexadecimal.text(environment.randomBytes(16))
        if stored == nil {
            try database.execute(sql: "INSERT INTO setting (name, value) VALUES ('key_salt', ?)", arguments: [salt])
        }
        return Array(salt.utf8)
    }

    private func register(
        _ digest: KeyRing.Digest, in database: Database
    ) throws -> (organization: OrganizationID, isNew: Bool) {
        let text = Hexadecimal.text(digest)
        let known = try Int64.fetchOne(
            database, sql: "SELECT id FROM organization WHERE key_digest = ?", arguments: [text])
        if let known { return (OrganizationID(row: known), false) }
        try database.execute(
            sql: "INSERT INTO organization (key_digest, created_at) VALUES (?, ?)",
            arguments: [text, environment.now().description])
        return (OrganizationID(row: database.lastInsertedRowID), true)
    }

    private static func failure(_ error: any Error, path: String) -> SandboxError {
        switch error {
        case let error as SandboxError: error
        case StoreSchemaError.foreign: .notASandboxDatabase(path: path)
        case StoreSchemaError.newer(let version):
            .newerDatabase(path: path, version: version, supported: StoreSchema.version)
        case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB: .notASandboxDatabase(path: path)
        default: .database(path: path, reason: StoreFailure(error).reason)
        }
    }
}
