/// Starts and stops the embedded server: the port to the sandbox.
package protocol SandboxControl: Sendable {
    /// Starts it, or answers where it already runs.
    ///
    /// - Parameter database: a file to keep webhooks in; nil for one that is gone with the process.
    func start(database: String?) async throws(SandboxFailure) -> SandboxEndpoint
    func stop() async
}

package struct SandboxEndpoint: Hashable, Sendable {
    package var base: String
    package var key: Secret

    package init(base: String, key: Secret) {
        self.base = base
        self.key = key
    }
}

package struct SandboxFailure: Error, Hashable, Sendable {
    /// What the system or the database said.
    package var reason: String
    package var path: String?

    package init(reason: String, path: String?) {
        self.reason = reason
        self.path = path
    }
}
