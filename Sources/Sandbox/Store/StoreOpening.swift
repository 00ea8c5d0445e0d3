import Digest
import GRDB
import WebhookModel

/// A store made ready, with the keys it knows.
struct OpenedStore: Sendable {
    let store: WebhookStore
    let keys: KeyRing
    /// How many organizations were new to the database, and were seeded.
    let seeded: Int
}

/// Opens a database: migrates it, registers the keys, seeds the organizations that are new to it.
struct StoreOpening: Sendable {
    private let storage: SandboxStorage
    private let keys: [SandboxKey]
    private let environment: SandboxEnvironment
    private let seed: SeedSource

    init(_ configuration: SandboxConfiguration) {
        storage = configuration.storage
        keys = configuration.effectiveKeys
        environment = configuration.environment
        seed = SeedSource(
            seed: configuration.seed, environment: configuration.environment, idFormat: configuration.idFormat)
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
            return try await openPatiently(path)
        }
    }

    /// Of servers that open a new file at the same instant, one may find it locked in a way that SQLite does not wait
    /// for (turning WAL on is such a one): it tries again, for some ten seconds.
    private func openPatiently(_ path: String) async throws(SandboxError) -> OpenedStore {
        var attempts = 0
        while true {
            do {
                return try openFile(path)
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
        return try prepare(DatabaseQueue(configuration: configuration))
    }

    /// A file, which other processes may open at the same time.
    private func openFile(_ path: String) throws -> OpenedStore {
        var configuration = Configuration()
        configuration.label = "sandbox"
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB sets NORMAL as it turns WAL on; a write that was answered is to survive a power cut.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return try prepare(pool)
    }

    /// In one write transaction, so that of servers that start at once each finds either nothing or all of it.
    private func prepare(_ database: any DatabaseWriter) throws -> OpenedStore {
        let (ring, seeded) = try database.write { database in
            try StoreSchema.migrate(database)
            let salt = try salt(in: database)
            var entries: [KeyRing.Entry] = []
            var seeded = 0
            for key in keys {
                let digest = KeyRing.digest(key.secret.utf8, salt: salt)
                let (organization, isNew) = try register(digest, in: database)
                if isNew {
                    for webhook in try seed.webhooks() {
                        try WebhookStore.insert(webhook, into: organization, in: database)
                    }
                    seeded += 1
                }
                entries.append(KeyRing.Entry(digest: digest, organization: organization))
            }
            return (KeyRing(salt: salt, entries: entries), seeded)
        }
        return OpenedStore(store: WebhookStore(migrated: database), keys: ring, seeded: seeded)
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
