import Session

/// What `config.yaml` may say at its top: the reader takes these and no others.
package enum ConfigurationKey: String, CaseIterable, Sendable {
    case defaultProfile = "default"
    case profiles
    case secretCommand = "secret_command"

    static let names = allCases.map(\.rawValue)

    /// What the reference says of it.
    package var entry: KeyEntry {
        switch self {
        case .defaultProfile:
            KeyEntry(
                "a profile's name, or sandbox", "the sandbox", "the profile used when none is named",
                overriddenBy: ["--profile", "--sandbox", "--api-base", "MIXPEEK_API_KEY", "MIXPEEK_API_BASE"],
                examples: ["sandbox"])
        case .profiles:
            KeyEntry(
                "NAME: and the members of a profile", "none",
                "the organizations to work on; a name is 1 to 64 letters, digits, - _ and ., and begins with a letter, "
                    + "a digit or _",
                examples: ["{}"])
        case .secretCommand:
            KeyEntry(
                "a shell command line", "none",
                "prints the secret whose name it is given as its last word; then secrets.json is not read",
                examples: ["pass show"])
        }
    }
}

/// What a profile in `config.yaml` may say: the reader takes these and no others.
package enum ProfileKey: String, CaseIterable, Sendable {
    case base, key
    case keyCommand = "key_command"
    case production, tier, dialect, proxy
    case caFile = "ca_file"
    case connectTimeout = "connect_timeout"
    case requestTimeout = "request_timeout"
    case listTimeout = "list_timeout"
    case insecureHTTP = "insecure_http"
    case secrets
    case maxChanges = "max_changes"
    case maxPercent = "max_percent"
    case allow

    static let names = allCases.map(\.rawValue)

    private static let duration =
        "a duration, 500ms, 30s or 2m; a number alone is seconds; from 1 to 86400000 of its unit"
    private static let boolean = "true or false"

    /// What the reference says of it.
    package var entry: KeyEntry {
        switch self {
        case .base:
            KeyEntry(
                "a URL: https://HOST, http://HOST:PORT or http+unix://PATH", Profile.defaultBase,
                "where the API is; no user information in it, and a path may follow",
                overriddenBy: ["--api-base (the same host only)"],
                examples: ["https://api.mixpeek.com", "http://127.0.0.1:8080"])
        case .key:
            KeyEntry(
                "text, visible ASCII", "none",
                "the API key; the file must then be readable by its owner alone (0600). login writes it. Not together "
                    + "with key_command", examples: ["sk_example"])
        case .keyCommand:
            KeyEntry(
                "a shell command line", "none",
                "the first line that it prints is the API key; it runs when a request first needs one",
                examples: ["pass show mixpeek"])
        case .production:
            KeyEntry(
                Self.boolean, "false", "the prompt shows the name in red, and a commit asks for it",
                examples: ["true", "false"])
        case .tier:
            KeyEntry(
                "free (60), pro (600), unlimited, or a number of requests a minute from 1", "unlimited",
                "how many requests a minute are sent at most; with unlimited, what the server's answers say of its limits",
                examples: ["free", "pro", "unlimited", "300"])
        case .dialect:
            KeyEntry(
                Profile.Dialect.allCases.map(\.rawValue).joined(separator: " or "), "found by asking",
                "which list operation the server has", examples: Profile.Dialect.allCases.map(\.rawValue))
        case .proxy:
            KeyEntry(
                "a URL, http://HOST:PORT", "what the environment names",
                "the HTTP proxy to go through; it goes before HTTPS_PROXY and its like, and NO_PROXY does not count for it",
                examples: ["http://proxy.example:3128"])
        case .caFile:
            KeyEntry(
                "a path", "none", "a PEM file of certificate authorities to trust beside the system's",
                examples: ["/etc/ssl/own.pem"])
        case .connectTimeout:
            KeyEntry(Self.duration, "10s", "how long connecting may take", examples: ["500ms", "5s"])
        case .requestTimeout:
            KeyEntry(
                Self.duration, "30s", "how long one exchange may take, from connecting to the last byte",
                examples: ["45s", "2m", "90"])
        case .listTimeout:
            KeyEntry(
                Self.duration, "2m, or request_timeout if that is longer", "the same for one page of the list",
                examples: ["3m"])
        case .insecureHTTP:
            KeyEntry(
                Self.boolean, "false", "allows plain http to hosts other than loopback",
                overriddenBy: ["--insecure-http"], examples: ["true", "false"])
        case .secrets:
            KeyEntry(
                "plain, keep, lossy or unknown", "unknown",
                "what the server does with secrets: reads give them (plain); a mask sent back keeps the stored one (keep), "
                    + "or overwrites it (lossy). profile test --write finds out and writes it",
                examples: ["plain", "keep", "lossy", "unknown"])
        case .maxChanges:
            KeyEntry(
                "a number of webhooks from 1, or none", "\(CommitLimits.standard.maximumCount ?? 0)",
                "how many webhooks one commit may write", overriddenBy: ["commit --max-changes N"],
                examples: ["100", "none"])
        case .maxPercent:
            KeyEntry(
                "a share from 0 to 100, with % or without, or none",
                "\(Int(CommitLimits.standard.maximumPercent ?? 0))",
                "the same as a share of the organization; counts from \(CommitLimits.percentFrom) webhooks on",
                overriddenBy: ["commit --max-changes N%"], examples: ["30", "12.5%", "none"])
        case .allow:
            KeyEntry(
                "a list, or names with commas: "
                    + CommitLimits.Allowance.allCases.map(\.rawValue).joined(separator: ", "),
                "nothing", "what a commit may do without being told each time", overriddenBy: ["commit --allow (adds)"],
                examples: ["[delete, pause]", "enable"])
        }
    }
}

/// What the reference says of a member of `config.yaml`.
package struct KeyEntry: Sendable {
    /// Kind of value, unit and range.
    package let values: String
    package let fallback: String
    package let meaning: String
    /// Flags and variables that count instead.
    package let overriddenBy: [String]
    /// Values that the reader takes.
    package let examples: [String]

    init(
        _ values: String, _ fallback: String, _ meaning: String, overriddenBy: [String] = [], examples: [String]
    ) {
        self.values = values
        self.fallback = fallback
        self.meaning = meaning
        self.overriddenBy = overriddenBy
        self.examples = examples
    }
}
