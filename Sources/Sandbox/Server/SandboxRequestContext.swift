import Hummingbird
import NIOCore

/// What a request brings beside itself: the connection it came on.
struct SandboxRequestContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }

    /// Closes the connection unless the operation ends in time; then whatever reads from it ends with an error.
    func closingConnection<Result>(
        after limit: Duration, unless operation: () async throws -> Result
    ) async throws -> Result {
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) { [channel] in
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        return try await operation()
    }
}
