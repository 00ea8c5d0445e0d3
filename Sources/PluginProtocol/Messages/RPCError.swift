import LosslessJSON

/// An answer that is no result: `{code, message, data?}`.
package struct RPCError: Error, Hashable, Sendable {
    package var code: Int
    /// For people; stripped of control characters wherever it is shown.
    package var message: String
    package var data: JSON?

    package init(_ code: ErrorCode, _ message: String, data: JSON? = nil) {
        self.init(code: code.rawValue, message: message, data: data)
    }

    package init(code: Int, message: String, data: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    package init?(_ json: JSON) {
        guard let code = json["code"]?.number?.int, let message = json["message"]?.string else { return nil }
        self.init(code: code, message: message, data: json["data"])
    }

    package var json: JSON {
        var members: JSONObject = ["code": JSON(code), "message": JSON(message)]
        members["data"] = data
        return JSON(members)
    }

    /// The code, if it is one of the protocol's.
    package var known: ErrorCode? { ErrorCode(rawValue: code) }
}

/// The codes of JSON-RPC and of this protocol.
package enum ErrorCode: Int, Hashable, Sendable, CaseIterable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case internalError = -32603
    /// The permissions don't cover it.
    case denied = -32001
    /// A call came before `initialize` was answered.
    case notInitialized = -32002
    /// No version in common; `data` is `{supported: [1]}`.
    case noCommonVersion = -32003
    /// `context` names no call in flight.
    case noSuchContext = -32004
    /// Answers a request that `$/cancel` named.
    case cancelled = -32800
}
