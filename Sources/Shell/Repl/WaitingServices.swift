import LosslessJSON
import WebhookModel

/// Clients that say what they wait for.
package struct WaitingServices: ServiceFactory {
    private let services: any ServiceFactory
    private let spinner: Spinner

    package init(_ services: any ServiceFactory, spinner: Spinner) {
        self.services = services
        self.spinner = spinner
    }

    package func service(for profile: Profile, key: Secret) throws(ServiceSetupError) -> any ProfileService {
        WaitingService(
            service: try services.service(for: profile, key: key),
            host: profile.isSandbox ? "the sandbox" : profile.host,
            spinner: spinner)
    }
}

private struct WaitingService: ProfileService {
    let service: any ProfileService
    let host: String
    let spinner: Spinner

    var knownDialect: Profile.Dialect? { service.knownDialect }

    /// It answers at once or is followed for long; neither is waited for.
    var sandbox: (any SandboxService)? { service.sandbox }

    func close() async { await service.close() }

    func look() async -> ServerLook {
        await spinner.waiting(for: host) { await service.look() }
    }

    func list() async throws(ServiceError) -> [Webhook] {
        try await spinner.waiting(for: "the list of webhooks from \(host)") { () async throws(ServiceError) in
            try await service.list()
        }
    }

    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        try await spinner.waiting(for: "\(id) from \(host)") { () async throws(ServiceError) in
            try await service.get(id)
        }
    }

    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        try await spinner.waiting(for: "\(host) to create a webhook") { () async throws(ServiceError) in
            try await service.create(document, leaving: departure)
        }
    }

    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    {
        try await spinner.waiting(for: "\(host) to take \(id)") { () async throws(ServiceError) in
            try await service.update(id, to: document, leaving: departure)
        }
    }

    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        try await spinner.waiting(for: "\(host) to delete \(id)") { () async throws(ServiceError) in
            try await service.delete(id, leaving: departure)
        }
    }
}
