import HTTPTypes
import Hummingbird

/// Thrown in place of an answer, to have the connection reset.
struct ConnectionReset: Error {}

extension Response {
    /// What a proxy answers for a server that fails.
    static var proxyPage: Response {
        Response(
            status: .badGateway, headers: [.contentType: "text/html"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(
                    string: "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>")))
    }

    /// The answer with its length told and half of its body sent, then the connection closed.
    func truncated() async throws -> Response {
        let collector = BodyCollector()
        try await body.write(collector)
        let bytes = collector.bytes
        var response = self
        response.body = ResponseBody(contentLength: max(bytes.readableBytes, 1)) { writer in
            try await writer.write(bytes.getSlice(at: bytes.readerIndex, length: bytes.readableBytes / 2) ?? bytes)
            throw ConnectionReset()
        }
        response.headers[.contentLength] = nil
        return response
    }
}
