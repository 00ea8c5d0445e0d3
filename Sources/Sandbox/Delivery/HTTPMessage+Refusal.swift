extension HTTPMessage {
    private static let methods: Set<String> = ["POST", "PUT", "PATCH"]
    /// Headers that the connection needs for itself.
    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "keep-alive", "expect",
        "proxy-connection", "x-mixpeek-signature",
    ]

    /// Why a message may not leave as it is; nil if it may.
    var refusal: String? {
        guard Self.methods.contains(method) else { return "the method \(method) is not sent" }
        for (name, value) in headers {
            guard HeaderRules.isName(name) else { return "a header's name is none" }
            guard HeaderRules.isValue(value) else { return "the header \(name) holds control characters" }
            guard !Self.reserved.contains(name.lowercased()) else {
                return "the header \(name) is not the webhook's to set"
            }
        }
        return nil
    }
}
