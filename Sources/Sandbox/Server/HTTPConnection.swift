import Glibc
import Hummingbird
import HummingbirdCore
import NIOCore

/// What happens to each request of a connection, around its responder.
struct HTTPConnection: Sendable {
    let responder: SandboxResponder

    /// Thrown once a response is written, to have the connection closed: what the client sent was not read to the end.
    private struct Finished: Error {}

    @Sendable
    func answer(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        if request.expectsContinue, isWelcome(request) {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let response: Response
        do {
            response = try await responder.respond(to: request)
            try await writer.write(response: response.head, body: response.body)
        } catch is ConnectionReset {
            // Without lingering, closing sends a reset over TCP.
            if let provider = channel as? any SocketOptionProvider {
                try? await provider.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            }
            try? await channel.close()
            throw Finished()
        }
        if response.headers[.connection] == "close" { throw Finished() }
    }

    private func isWelcome(_ request: Request) -> Bool {
        (request.headers[.contentLength].flatMap(Int.init) ?? 0) <= responder.configuration.limits.bodyBytes
    }
}
