import ArgumentParser
import Sandbox

/// `hookline sandbox serve`: the embedded server for other programs, on loopback.
struct ServeArguments: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookline sandbox serve",
        abstract: "Serves the sandbox to other programs until it is interrupted.",
        discussion: "The first line on standard output is JSON: where it listens.")

    @Option(help: ArgumentHelp("Listen on this port; 0 takes any free one.", valueName: "n"))
    var port = 0

    @Option(help: ArgumentHelp("Listen on this address; wider than loopback needs --key.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("Listen on a Unix socket instead.", valueName: "path"))
    var socket: String?

    @Option(
        help: ArgumentHelp("Keep webhooks in this SQLite file; without it they are gone at the end.", valueName: "file")
    )
    var db: String?

    @Option(help: ArgumentHelp("Accept this API key; each is an organization of its own.", valueName: "key"))
    var key: [String] = []

    @Option(
        help: ArgumentHelp(
            "What a new organization holds: samples, samples:N, none, or a JSON file.", valueName: "seed"))
    var seed = "samples"

    @Option(help: ArgumentHelp("Which list operations exist: both, get-list, post-list.", valueName: "dialect"))
    var dialect = SandboxDialect.both

    @Option(
        help: ArgumentHelp("Identifiers of new webhooks: alphanumeric (wh_ + 10), hex (wh_ + 16).", valueName: "format")
    )
    var idFormat = WebhookIDFormat.alphanumeric

    @Option(help: ArgumentHelp("Keep to the rate limits of a tier: free, pro.", valueName: "tier"))
    var tier: ServeTier?

    @OptionGroup(title: "Deliveries and faults")
    var delivery: ServeDelivery

    @Flag(help: "Take the API's schema at its word.")
    var strictSchema = false

    @Flag(name: .shortAndLong, help: "Log requests to standard error.")
    var verbose = false

    /// - Parameter variables: the process's environment.
    func configuration(
        environment: SandboxEnvironment, variables: [String: String]
    ) throws(ValidationError) -> SandboxConfiguration {
        var configuration = SandboxConfiguration(
            listener: socket.map { .socket(path: $0) } ?? .tcp(host: host, port: port), environment: environment)
        if let db { configuration.storage = .file(path: db) }
        configuration.keys = try keys()
        configuration.seed = try seedChoice()
        configuration.dialect = dialect
        configuration.idFormat = idFormat
        configuration.tier = tier?.limits
        if strictSchema { configuration.schema = .strict }
        configuration.delivery = try delivery.configuration(variables)
        configuration.faults = try delivery.faultPlan()
        return configuration
    }

    func validate() throws {
        if socket?.isEmpty ?? false { throw ValidationError("--socket takes a path") }
        guard (0...65535).contains(port) else { throw ValidationError("--port is 0 to 65535, not \(port)") }
    }

    private func keys() throws(ValidationError) -> [SandboxKey] {
        var keys: [SandboxKey] = []
        for text in key {
            // The key itself is not repeated: it is a secret.
            guard let key = SandboxKey(text) else {
                throw ValidationError("a --key is 1 to 512 visible ASCII characters")
            }
            keys.append(key)
        }
        return keys
    }

    private func seedChoice() throws(ValidationError) -> SandboxSeed {
        switch seed {
        case "samples": return .samples
        case "none": return .none
        case let text where text.hasPrefix("samples:"):
            guard let count = Int(text.dropFirst(8)), (0...1_000_000).contains(count) else {
                throw ValidationError("--seed samples:N takes a number from 0 to 1000000")
            }
            return .generated(count: count)
        case let path: return .file(path: path)
        }
    }
}

enum ServeTier: String, ExpressibleByArgument, CaseIterable {
    case free, pro

    var limits: SandboxTier { self == .free ? .free : .pro }
}

extension SandboxDialect: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "both": self = .both
        case "get-list": self = .getList
        case "post-list": self = .postList
        default: return nil
        }
    }

    public static var allValueStrings: [String] { ["both", "get-list", "post-list"] }
    public var defaultValueDescription: String { "both" }
}

extension WebhookIDFormat: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "alphanumeric": self = .alphanumeric
        case "hex": self = .hexadecimal
        default: return nil
        }
    }

    public static var allValueStrings: [String] { ["alphanumeric", "hex"] }
    public var defaultValueDescription: String { "alphanumeric" }
}
