import Logging
import WebhookModel

/// Everything a sandbox server is told when it is made: where it listens, where it keeps webhooks, whom it lets in, how
/// it behaves, and the clock and randomness it uses.
///
/// The defaults are those of the embedded server: a private Unix socket, an in-memory database that holds the sample
/// organization, the default key, and no rate limit.
package struct SandboxConfiguration: Sendable {
    /// Where requests are taken.
    package var listener: SandboxListener
    /// Where webhooks are kept.
    package var storage: SandboxStorage
    /// One organization each. Empty means `SandboxKey.standard` alone.
    package var keys: [SandboxKey]
    /// What an organization holds when the database first learns of it.
    package var seed: SandboxSeed
    /// How closely a document is checked before it is stored.
    package var schema: SandboxSchema
    /// Which list operations exist.
    package var dialect: SandboxDialect
    /// The form of identifiers given to new webhooks.
    package var idFormat: WebhookIDFormat
    /// Rate limits and their headers; nil for none.
    package var tier: SandboxTier?
    package var limits: SandboxLimits
    /// Holds the key under which the secrets of a database file are sealed; made (0600) where it is missing. Nil for the
    /// database's path with `.key` behind it.
    package var secretsKeyFile: String?
    /// What is done with events.
    package var delivery: SandboxDelivery
    /// What goes wrong on purpose, for every organization until it says otherwise.
    package var faults: FaultPlan
    package var environment: SandboxEnvironment
    package var logger: Logger

    package init(
        listener: SandboxListener,
        storage: SandboxStorage = .memory,
        keys: [SandboxKey] = [],
        seed: SandboxSeed = .samples,
        schema: SandboxSchema = .lenient,
        dialect: SandboxDialect = .both,
        idFormat: WebhookIDFormat = .alphanumeric,
        tier: SandboxTier? = nil,
        limits: SandboxLimits = SandboxLimits(),
        secretsKeyFile: String? = nil,
        delivery: SandboxDelivery = SandboxDelivery(),
        faults: FaultPlan = FaultPlan(),
        environment: SandboxEnvironment,
        logger: Logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.listener = listener
        self.storage = storage
        self.keys = keys
        self.seed = seed
        self.schema = schema
        self.dialect = dialect
        self.idFormat = idFormat
        self.tier = tier
        self.limits = limits
        self.secretsKeyFile = secretsKeyFile
        self.delivery = delivery
        self.faults = faults
        self.environment = environment
        self.logger = logger
    }

    /// The keys in force: those given, else the standard one.
    var effectiveKeys: [SandboxKey] { keys.isEmpty ? [.standard] : keys }
}

/// Where a sandbox server takes requests.
package enum SandboxListener: Hashable, Sendable {
    /// A socket in a fresh folder (0700) under this directory, both removed at stop. Where the path would exceed what a
    /// socket address holds, the folder is made under `/tmp` instead.
    case privateSocket(in: String)
    /// A socket at this path. Missing folders are made (0700); a socket that nobody answers is replaced.
    case socket(path: String)
    /// A TCP port; 0 takes any free one. A host wider than loopback is refused unless keys are given.
    case tcp(host: String = "127.0.0.1", port: Int = 0)
}

/// Where a sandbox keeps its webhooks.
package enum SandboxStorage: Hashable, Sendable {
    /// Gone when the server stops.
    case memory
    /// An SQLite file (made 0600, its folder 0700), which several servers may share at once.
    case file(path: String)
}

/// Which of the API's list operations a sandbox has.
package enum SandboxDialect: String, Hashable, Sendable, CaseIterable {
    case both
    /// `GET …/webhooks/` alone, as in the documents of 2025-11.
    case getList
    /// `POST …/webhooks/list` alone, as in those since 2026-01.
    case postList
}

/// How closely a sandbox checks a document before it stores it.
package enum SandboxSchema: Hashable, Sendable {
    /// Required members and their types only: the pages' own examples pass, and so does any event type, channel kind or
    /// config key.
    case lenient
    /// The schema of these documents at its word: the pages' Slack example, which lacks `webhook_url`, is refused.
    case strict(version: APIVersion)

    /// What `--strict-schema` means: the pages the product starts from.
    package static let strict = SandboxSchema.strict(version: .november2025)
}
