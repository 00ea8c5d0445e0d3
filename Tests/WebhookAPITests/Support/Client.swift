import Logging
import LosslessJSON
import Testing
import WebhookAPI
import WebhookModel

/// The real client against a test's server or script.
enum Client {
    /// Over which of the transports a client of a server on this machine goes; to others there is one only.
    enum Route: CaseIterable {
        case local, library

        func transport(to endpoint: Endpoint, _ configuration: TransportConfiguration) -> any Transport {
            switch self {
            case .local: LocalTransport(to: endpoint, configuration) ?? AsyncHTTPTransport(configuration)
            case .library: AsyncHTTPTransport(configuration)
            }
        }
    }

    @TaskLocal static var route = Route.local

    static let key = try! APIKey("sk_test_0123456789abcdef")

    static func configuration(_ base: String, retry: RetryPolicy = .never) throws -> ServiceConfiguration {
        ServiceConfiguration(endpoint: try Endpoint(parsing: base), key: key, retry: retry, tier: .unlimited)
    }

    /// Runs `body` with a client over real sockets.
    static func run<Result>(
        _ configuration: ServiceConfiguration, transport: TransportConfiguration = TransportConfiguration(),
        logger: Logger = silent, onDialect: @escaping @Sendable (ListDialect) -> Void = { _ in },
        _ body: (HTTPWebhookService) async throws -> Result
    ) async throws -> Result {
        let service = HTTPWebhookService(
            configuration,
            environment: ServiceEnvironment(
                transport: route.transport(to: configuration.endpoint, transport), time: SystemTime(), draw: { 0 },
                logger: logger, onDialect: onDialect))
        do {
            let result = try await body(service)
            await service.shutdown()
            return result
        } catch {
            await service.shutdown()
            throw error
        }
    }

    /// A client of `server` that repeats nothing.
    static func run<Result>(
        _ server: WireServer, _ body: (HTTPWebhookService) async throws -> Result
    ) async throws -> Result {
        try await run(configuration(server.base), body)
    }

    /// A client over a scripted transport and a virtual clock.
    static func scripted(
        _ transport: ScriptedTransport, time: any TimeSource = VirtualTime(), retry: RetryPolicy = RetryPolicy(),
        tier: RateTier = .unlimited, base: String = "https://api.test", draw: @escaping @Sendable () -> Double = { 0.5 }
    ) throws -> HTTPWebhookService {
        var configuration = try configuration(base, retry: retry)
        configuration.tier = tier
        return HTTPWebhookService(
            configuration,
            environment: ServiceEnvironment(transport: transport, time: time, draw: draw, logger: silent))
    }

    static let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }

    static let id = WebhookID(rawValue: "wh_abc123def4")!

    static func document(_ id: String = "wh_abc123def4", name: String = "a", isActive: Bool = false) -> JSON {
        [
            "webhook_id": JSON(id), "webhook_name": JSON(name), "event_types": ["object.created"],
            "channels": [["channel": "webhook", "configs": ["url": "https://hooks.test/x"]]],
            "is_active": JSON(isActive),
        ]
    }
}

/// The error that `body` throws; a recorded issue and nil when it throws none, or one of another type.
func serviceError<Value>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async -> ServiceError? {
    do {
        let value = try await body()
        Issue.record("no error but \(value)", sourceLocation: sourceLocation)
    } catch let error as ServiceError {
        return error
    } catch {
        Issue.record("another error: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}
