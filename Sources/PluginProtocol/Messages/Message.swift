import LosslessJSON

/// One message of JSON-RPC 2.0, as it stands on a line.
package enum Message: Sendable {
    /// Asks for an answer.
    case request(id: RequestID, method: String, params: JSON)
    /// Tells something; nobody answers.
    case notification(method: String, params: JSON)
    case result(id: RequestID, JSON)
    /// `id` is nil where the other side could not read the id that it answers.
    case failure(id: RequestID?, RPCError)
}

/// What names a request for its answer.
package enum RequestID: Hashable, Sendable {
    case number(Int)
    case text(String)

    package var json: JSON {
        switch self {
        case .number(let number): JSON(number)
        case .text(let text): JSON(text)
        }
    }

    /// Nil unless `json` is text or a whole number.
    package init?(_ json: JSON) {
        if let number = json.number?.int {
            self = .number(number)
        } else if let text = json.string {
            self = .text(text)
        } else {
            return nil
        }
    }
}

extension Message {
    /// Reads a message. Members that JSON-RPC does not know are passed over.
    package init(_ json: JSON) throws(MessageFault) {
        guard json.kind == .object else {
            throw json.kind == .array ? .batch : .notAnObject(json.kind)
        }
        guard json["jsonrpc"]?.string == "2.0" else { throw .wrongVersion }
        if let method = json["method"] {
            self = try Self.call(method, json)
        } else {
            self = try Self.answer(json)
        }
    }

    private static func call(_ method: JSON, _ json: JSON) throws(MessageFault) -> Message {
        guard let name = method.string else { throw .invalidMethod }
        let params = json["params"] ?? JSON(JSONObject())
        guard params.kind.isContainer else { throw .invalidParams }
        guard let id = json["id"] else { return .notification(method: name, params: params) }
        guard let id = RequestID(id) else { throw .invalidID }
        return .request(id: id, method: name, params: params)
    }

    private static func answer(_ json: JSON) throws(MessageFault) -> Message {
        guard let id = json["id"] else { throw .shapeless }
        let requestID = RequestID(id)
        guard requestID != nil || id.isNull else { throw .invalidID }
        switch (json["result"], json["error"]) {
        case (let result?, nil):
            guard let requestID else { throw .invalidID }
            return .result(id: requestID, result)
        case (nil, let error?):
            guard let error = RPCError(error) else { throw .invalidError }
            return .failure(id: requestID, error)
        case (nil, nil), (_?, _?):
            throw .shapeless
        }
    }
}
