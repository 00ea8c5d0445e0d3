import Session

/// One organization to work on: where it is, how to get its key, and how to treat it.
package struct Profile: Hashable, Sendable {
    /// Where the key comes from, asked for only when a request needs it.
    package enum KeySource: Hashable, Sendable {
        case none
        /// Written in the configuration, whose file must then be 0600.
        case literal(Secret)
        /// A shell command line whose first line of output is the key.
        case command(String)
        case environment(variable: String)
        case sandbox
    }

    /// Requests a minute that the client keeps to.
    package enum Tier: Hashable, Sendable {
        case unlimited, free, pro
        case custom(perMinute: Int)
    }

    package enum Dialect: String, CaseIterable, Sendable {
        /// `GET /v1/organizations/webhooks/`, a bare array.
        case array = "get-list"
        /// `POST /v1/organizations/webhooks/list`, pages.
        case paged = "post-list"
    }

    package var name: String
    package var base: String
    package var key: KeySource
    package var isProduction = false
    package var tier = Tier.unlimited
    /// nil: found by asking.
    package var dialect: Dialect?
    package var proxy: String?
    package var caFile: String?
    package var connectTimeout: Duration?
    package var requestTimeout: Duration?
    /// For one page of the list; two minutes, or `requestTimeout` if that is longer, where nothing is said.
    package var listTimeout: Duration?
    package var allowsPlainHTTP = false
    /// What the server does with secrets on reads.
    package var secrets = SecretsCapability.unknown
    /// What one commit may do at most.
    package var limits = CommitLimits.standard

    package init(name: String, base: String, key: KeySource) {
        self.name = name
        self.base = base
        self.key = key
    }

    package static let defaultBase = "https://api.mixpeek.com"
    package static let sandboxName = "sandbox"

    package var isSandbox: Bool { key == .sandbox }

    /// The host that requests go to, as the prompt and the confirmation name it.
    package var host: String { isSandbox ? "sandbox" : Profile.host(of: base) }

    /// Requests a minute that the tier allows; nil where nothing is known.
    package var requestsPerMinute: Int? {
        switch tier {
        case .free: 60
        case .pro: 600
        case .custom(let perMinute): perMinute
        case .unlimited: nil
        }
    }

    static func host(of base: String) -> String {
        guard let scheme = base.firstRange(of: "://") else { return base }
        let rest = base[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(rest.split(separator: "@").last ?? rest)
    }
}
