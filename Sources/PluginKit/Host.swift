import LosslessJSON
import PluginProtocol

/// What a plugin can ask of the host while it answers a call.
public final class Host {
    private let connection: Connection
    private let call: RequestID

    init(_ connection: Connection, call: RequestID) {
        self.connection = connection
        self.call = call
    }

    /// Whether the user has cancelled the call. Look from time to time in what lasts, and throw `CancellationError`.
    public var isCancelled: Bool { connection.isCancelled(call) }

    /// Prints text for the user; only in a command.
    public func print(_ text: String) throws { _ = try ask(.print, ["text": JSON(text)]) }

    /// Asks the user a yes-or-no question; only in a command. False where nobody can be asked.
    public func confirm(_ question: String) throws -> Bool {
        try ask(.confirm, ["question": JSON(question)])["answer"]?.boolean ?? false
    }

    /// All webhooks, with what is staged; with the permission to read webhooks.
    public func webhooks() throws -> [Webhook] {
        var found: [Webhook] = []
        var offset: Int? = 0
        while let start = offset {
            let page = try ask(.listWebhooks, ["offset": JSON(start)])
            for element in page["webhooks"]?.array ?? [] {
                guard let key = element["key"]?.string, let value = element["value"] else { continue }
                found.append(Webhook(key: key, document: Value(value)))
            }
            offset = page["next"]?.number?.int
        }
        return found
    }

    public func webhook(_ key: String) throws -> Webhook? {
        let answer = try ask(.getWebhook, ["key": JSON(key)])["webhook"]
        guard let value = answer?["value"] else { return nil }
        return Webhook(key: key, document: Value(value))
    }

    /// What the plugin kept, null at first; with the permission `state`.
    public func state() throws -> Value { Value(try ask(.getState, [:])["value"] ?? .null) }

    /// Keeps a value of at most 1 MiB.
    public func setState(_ value: Value) throws { _ = try ask(.setState, ["value": value.json]) }

    /// Says how far a call is, which also gives it more time.
    public func progress(_ message: String, done: Double? = nil, total: Double? = nil) {
        var params: JSONObject = ["context": call.json, "message": JSON(message)]
        params["done"] = done.map { Value($0).json }
        params["total"] = total.map { Value($0).json }
        connection.send(.notification(method: Method.progress.rawValue, params: JSON(params)))
    }

    /// Writes to the plugin's log.
    public func log(_ message: String) {
        connection.send(.notification(method: Method.log.rawValue, params: ["message": JSON(message)]))
    }

    private func ask(_ method: Method, _ params: JSONObject) throws -> JSON {
        var params = params
        params["context"] = call.json
        switch connection.ask(method, JSON(params)) {
        case .success(let result): return result
        case .failure(let error): throw CallError(error.message)
        }
    }
}
