import Hummingbird

/// Reads a request's body within a limit of size. Its time is the connection's affair: one that is closed meanwhile ends
/// the reading with an error.
struct RequestBodyReader {
    let limits: SandboxLimits

    func read(_ request: Request) async throws -> [UInt8] {
        let declared = request.headers[.contentLength].flatMap(Int.init) ?? 0
        var isTooLarge = declared > limits.bodyBytes
        // Who asks before sending is told at once.
        if isTooLarge, request.expectsContinue { throw APIProblem.bodyTooLarge(limit: limits.bodyBytes) }

        var body: [UInt8] = []
        var length = 0
        for try await part in request.body {
            length += part.readableBytes
            isTooLarge = isTooLarge || length > limits.bodyBytes
            // Some more is read and dropped: a client that is still sending would miss the answer if the connection
            // closed under it.
            if length > limits.bodyBytes * 8 { break }
            if !isTooLarge { body += part.readableBytesView }
        }
        if isTooLarge { throw APIProblem.bodyTooLarge(limit: limits.bodyBytes) }
        return body
    }
}

extension Request {
    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool {
        headers[.expect]?.lowercased() == "100-continue"
    }
}
