import Logging
import Shell
import WebhookAPI

/// Makes HTTP clients for profiles: the shell's port to the API.
struct HTTPServices: ServiceFactory {
    let environment: [String: String]
    let logger: Logger
    var budgets: SharedBudgets?

    func service(for profile: Profile, key: Secret) throws(ServiceSetupError) -> any ProfileService {
        let endpoint = try endpoint(of: profile)
        let connections = try transportConfiguration(profile, endpoint: endpoint)
        let transport: any Transport =
            LocalTransport(to: endpoint, connections) ?? AsyncHTTPTransport(connections)
        var configuration = ServiceConfiguration(endpoint: endpoint, key: try apiKey(key, of: profile))
        configuration.allowsInsecure = profile.allowsPlainHTTP
        configuration.userAgent = "hookline/" + Version.current
        configuration.tier = tier(of: profile)
        if let dialect = profile.dialect { configuration.dialect = .fixed(ListDialect(dialect)) }
        if let timeout = profile.requestTimeout {
            configuration.timeouts = ServiceConfiguration.Timeouts(request: timeout, list: max(timeout, .seconds(120)))
        }
        if let timeout = profile.listTimeout { configuration.timeouts.list = timeout }
        // Nobody shares a server on this machine, and connections to it cost little.
        if transport is LocalTransport { configuration.concurrent = 64 }
        configuration.concurrent = OpenFiles.connections(atMost: configuration.concurrent, bothEnds: profile.isSandbox)
        let environment = ServiceEnvironment(
            transport: transport, time: SystemTime(), draw: { Double.random(in: 0..<1) }, logger: logger,
            budget: budgets?.budget(of: profile, key: key))
        return HTTPProfileService(
            service: HTTPWebhookService(configuration, environment: environment),
            proxy: connections.proxy.map { "\($0.host):\($0.port)" })
    }

    private func endpoint(of profile: Profile) throws(ServiceSetupError) -> Endpoint {
        do { return try Endpoint(parsing: profile.base) } catch {
            throw ServiceSetupError(profile: profile.name, member: .base, reason: "\(error)")
        }
    }

    private func apiKey(_ key: Secret, of profile: Profile) throws(ServiceSetupError) -> APIKey {
        do { return try APIKey(key.reveal()) } catch {
            let reason =
                switch error {
                case .empty: "it is empty"
                case .tooLong: "it is longer than 4096 characters"
                case .invalidCharacter(let offset): "character \(offset + 1) is not visible ASCII"
                }
            throw ServiceSetupError(profile: profile.name, member: .key, reason: reason)
        }
    }

    private func transportConfiguration(
        _ profile: Profile, endpoint: Endpoint
    ) throws(ServiceSetupError) -> TransportConfiguration {
        var configuration = TransportConfiguration(caFile: profile.caFile)
        if let timeout = profile.connectTimeout { configuration.connectTimeout = timeout }
        do {
            configuration.proxy =
                try profile.proxy.map { text throws(ProxyError) in try ProxySettings(parsing: text) }
                ?? ProxySettings.named(by: environment, for: endpoint)
        } catch {
            throw ServiceSetupError(profile: profile.name, member: .proxy, reason: "it is no http:// URL of a proxy")
        }
        return configuration
    }

    private func tier(of profile: Profile) -> RateTier {
        switch profile.tier {
        case .free: .free
        case .pro: .pro
        case .unlimited: profile.isSandbox ? .unlimited : .automatic
        case .custom(let perMinute):
            .custom(RateLimits(perMinute: perMinute, burst: max(1, perMinute / 3), concurrent: 32))
        }
    }
}

extension ListDialect {
    fileprivate init(_ dialect: Profile.Dialect) {
        self = dialect == .array ? .array : .paged
    }
}
