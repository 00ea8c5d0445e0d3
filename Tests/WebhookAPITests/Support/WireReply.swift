import LosslessJSON

/// What a test server does with a request, byte for byte.
struct WireReply: Sendable {
    enum Ending: Sendable {
        case keepAlive
        case close
        /// RST: the connection is gone without a word.
        case reset
        /// Nothing more comes, and the connection stays.
        case silence
    }

    var bytes: [UInt8]
    var ending = Ending.keepAlive

    static let reset = WireReply(bytes: [], ending: .reset)
    static let close = WireReply(bytes: [], ending: .close)
    static let silence = WireReply(bytes: [], ending: .silence)

    /// An answer as written, line ends included.
    static func raw(_ text: String, _ ending: Ending = .keepAlive) -> WireReply {
        WireReply(bytes: Array(text.utf8), ending: ending)
    }

    /// A whole answer with its length.
    static func answer(
        _ status: Int, _ body: String = "", type: String? = "application/json",
        headers: [(String, String)] = [], ending: Ending = .keepAlive
    ) -> WireReply {
        var head = "HTTP/1.1 \(status) Status\r\n"
        if let type, !body.isEmpty { head += "Content-Type: \(type)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if status != 204 { head += "Content-Length: \(body.utf8.count)\r\n" }
        return raw(head + "\r\n" + body, ending)
    }

    static func json(_ json: JSON, status: Int = 200, headers: [(String, String)] = []) -> WireReply {
        answer(status, json.text(), headers: headers)
    }

    static func redirect(_ status: Int, to location: String) -> WireReply {
        answer(status, headers: [("Location", location)])
    }

    /// The API's error envelope.
    static func failure(_ status: Int, _ type: String, _ message: String, headers: [(String, String)] = []) -> WireReply
    {
        let error: JSON = ["type": JSON(type), "message": JSON(message)]
        return json(["success": false, "status": JSON(status), "error": error], status: status, headers: headers)
    }
}
