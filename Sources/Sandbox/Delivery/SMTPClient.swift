import NIOCore
import NIOPosix
import NIOSSL

/// Submits mails to a relay, each over a connection of its own: does what `SMTPSession` says.
struct SMTPClient: Sendable {
    private static let timeout = TimeAmount.seconds(30)

    /// PEM files of certificates that are trusted beside the system's.
    let trustedCertificates: [String]

    func submit(_ submission: SMTPSubmission) async throws(DeliveryFailure) {
        do {
            try await connected(submission)
        } catch let failure as DeliveryFailure {
            throw failure
        } catch is NIOConnectionError {
            throw DeliveryFailure("SMTP: the relay was not reached")
        } catch is NIOSSLError {
            throw DeliveryFailure("SMTP: the relay's certificate is not to be trusted")
        } catch {
            throw DeliveryFailure("SMTP: the connection broke off")
        }
    }

    private func connected(_ submission: SMTPSubmission) async throws {
        let relay = submission.relay
        let tls = try relay.security == .none ? nil : context()
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(10))
            .connect(host: relay.host, port: relay.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if relay.security == .implicit, let tls {
                        try channel.pipeline.syncOperations.addHandler(Self.handler(tls, relay.host))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let deadline = client.channel.eventLoop.scheduleTask(in: Self.timeout) { [channel = client.channel] in
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        try await client.executeThenClose { inbound, outbound in
            try await converse(submission, client.channel, tls, inbound, outbound)
        }
    }

    private func converse(
        _ submission: SMTPSubmission, _ channel: any Channel, _ tls: NIOSSLContext?,
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        var session = SMTPSession(submission)
        var reader = SMTPReplyReader()
        for try await part in inbound {
            for reply in try reader.received(part.readableBytesView) {
                switch try session.received(reply) {
                case .send(let bytes): try await outbound.write(ByteBuffer(bytes: bytes))
                case .startTLS:
                    // What came in the clear behind the reply could be anybody's.
                    guard reader.isEmpty, let tls else { throw DeliveryFailure("SMTP: text before TLS") }
                    let host = submission.relay.host
                    try await channel.eventLoop.submit {
                        try channel.pipeline.syncOperations.addHandler(Self.handler(tls, host), position: .first)
                    }.get()
                    guard case .send(let bytes) = session.secured() else { continue }
                    try await outbound.write(ByteBuffer(bytes: bytes))
                case .done:
                    // The message is the relay's now, whatever becomes of the farewell.
                    try? await outbound.write(ByteBuffer(string: "QUIT\r\n"))
                    return
                }
            }
        }
        throw DeliveryFailure("SMTP: the relay closed the connection")
    }

    private func context() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.additionalTrustRoots = trustedCertificates.map { .file($0) }
        return try NIOSSLContext(configuration: configuration)
    }

    private static func handler(_ context: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        // A name is asked for and verified; an address is verified as the one connected to.
        try NIOSSLClientHandler(context: context, serverHostname: IPAddress(host) == nil ? host : nil)
    }
}
