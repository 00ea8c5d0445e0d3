import WebhookModel

/// Makes the client of a profile: the port to the API.
package protocol ServiceFactory: Sendable {
    /// A client that keeps to the profile's limits. It opens no connection before its first request.
    func service(for profile: Profile, key: Secret) throws(ServiceSetupError) -> any ProfileService
}

/// A client that knows what its server turned out to be, and that can be closed.
package protocol ProfileService: WebhookService {
    /// The list operation found, or fixed; nil before the first list.
    var knownDialect: Profile.Dialect? { get }
    /// What a sandbox does beside the API; nil for a client that cannot ask. Whether the server is one, its answers tell.
    var sandbox: (any SandboxService)? { get }
    /// Asks for the first few webhooks, once, and tells what came of it.
    func look() async -> ServerLook
    /// Closes idle connections.
    func close() async
}

extension ProfileService {
    package var sandbox: (any SandboxService)? { nil }
}

/// Why a client cannot be made from what a profile says.
package struct ServiceSetupError: Error, Hashable, Sendable {
    package enum Member: String, Hashable, Sendable { case base, key, proxy }

    package var profile: String
    package var member: Member
    package var reason: String

    package init(profile: String, member: Member, reason: String) {
        self.profile = profile
        self.member = member
        self.reason = reason
    }
}

/// Why there is no key to send.
package enum KeyFailure: Error, Hashable, Sendable {
    case none(profile: String)
    case commandFailed(profile: String, status: Int32)
    case empty(profile: String)
}
