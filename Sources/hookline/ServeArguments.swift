import ArgumentParser
import Sandbox
import Shell

/// `hookline sandbox serve`: the embedded server for other programs, on loopback.
struct ServeArguments: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookline sandbox serve",
        abstract: "Serves the sandbox to other programs until it is interrupted.",
        discussion: "The first line on standard output is JSON: where it listens.")

    @Option(help: .serve(.port))
    var port = 0

    @Option(help: .serve(.host))
    var host = "127.0.0.1"

    @Option(help: .serve(.socket))
    var socket: String?

    @Option(help: .serve(.db))
    var db: String?

    @Option(help: .serve(.key))
    var key: [String] = []

    @Option(help: .serve(.seed))
    var seed = "samples"

    @Option(help: .serve(.dialect))
    var dialect = SandboxDialect.both

    @Option(help: .serve(.idFormat))
    var idFormat = WebhookIDFormat.alphanumeric

    @Option(help: .serve(.tier))
    var tier: ServeTier?

    @OptionGroup(title: "Deliveries and faults")
    var delivery: ServeDelivery

    @Flag(help: .serve(.strictSchema))
    var strictSchema = false

    @Flag(name: .shortAndLong, help: .serve(.verbose))
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
