import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import WebhookModel

/// Finds out what is wrong with a certificate that was not accepted, of which the TLS library says no more than that.
///
/// A second connection gets as far as the server's certificate and is broken off there: nothing of a request is sent.
enum CertificateProbe {
    /// What is wrong with it in a few words; nil where the server shows none within two seconds.
    static func fault(host: String, port: Int, on group: any EventLoopGroup) async -> String? {
        guard let certificate = await leaf(host: host, port: port, on: group) else { return nil }
        return fault(from: certificate.notValidBefore, until: certificate.notValidAfter, now: time(nil))
    }

    /// By its dates, in seconds since 1970.
    static func fault(from begin: Int, until end: Int, now: Int) -> String {
        if now > end { return "it expired on \(day(end))" }
        if now < begin { return "it is not valid before \(day(begin)), by this machine's clock" }
        return "no authority that is known here vouches for it"
    }

    private static func day(_ time: Int) -> String {
        String(Timestamp(seconds: Int64(time)).description.prefix(10))
    }

    private static func leaf(host: String, port: Int, on group: any EventLoopGroup) async -> NIOSSLCertificate? {
        guard let context = try? NIOSSLContext(configuration: .makeClientConfiguration()) else { return nil }
        let shown = group.next().makePromise(of: NIOSSLCertificate?.self)
        // Whatever comes first counts: a promise keeps its first value.
        let timer = group.next().scheduleTask(in: patience) { shown.succeed(nil) }
        let connection = ClientBootstrap(group: group).connectTimeout(patience)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(
                        context: context, serverHostname: name(host),
                        customVerificationCallback: { chain, verdict in
                            shown.succeed(chain.first)
                            verdict.succeed(.failed)
                        })
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(host: Endpoint.address(ofHost: host), port: port)
        connection.whenFailure { _ in shown.succeed(nil) }
        // A group that is shut down meanwhile rings no timer any more, but closes its connections.
        connection.whenSuccess { $0.closeFuture.whenComplete { _ in shown.succeed(nil) } }
        let certificate = try? await shown.futureResult.get()
        timer.cancel()
        connection.whenSuccess { $0.close(promise: nil) }
        return certificate ?? nil
    }

    /// What a server of several names is asked for: no address (RFC 6066, section 3).
    private static func name(_ host: String) -> String? {
        let isAddress = host.first == "[" || host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
        return isAddress ? nil : host
    }

    private static let patience = TimeAmount.seconds(2)
}
