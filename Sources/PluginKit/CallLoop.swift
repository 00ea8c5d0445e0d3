import LosslessJSON
import PluginProtocol

/// Answers the host's calls, one after the other.
struct CallLoop {
    let plugin: Plugin
    let connection: Connection
    private var isInitialized = false
    /// Parts of a policy's batch so far.
    private var changes: [Change] = []

    init(plugin: Plugin, connection: Connection) {
        self.plugin = plugin
        self.connection = connection
    }

    mutating func run() {
        while let call = connection.nextCall() {
            defer { connection.forget(call.id) }
            if call.method == Method.shutdown.rawValue { return connection.send(.result(id: call.id, .null)) }
            do {
                if connection.isCancelled(call.id) { throw CancellationError() }
                connection.send(.result(id: call.id, try answer(call)))
            } catch {
                connection.send(.failure(id: call.id, Self.rpcError(error)))
            }
        }
    }

    private static func rpcError(_ error: any Error) -> RPCError {
        switch error {
        case let error as RPCError: error
        case is CancellationError: RPCError(.cancelled, "cancelled")
        case let error as ShapeError: RPCError(.invalidParams, "\(error.path): \(error.expected) expected")
        case let error as CallError: RPCError(.internalError, error.message)
        default: RPCError(.internalError, "\(error)")
        }
    }

    private mutating func answer(_ call: (id: RequestID, method: String, params: JSON)) throws -> JSON {
        guard let method = Method(rawValue: call.method) else { throw RPCError(.methodNotFound, call.method) }
        if method == .initialize { return try initialize(call.params) }
        guard isInitialized else { throw RPCError(.notInitialized, "initialize comes first") }
        let host = Host(connection, call: call.id)
        switch method {
        case .runCommand: return try runCommand(call.params, host)
        case .complete: return try complete(call.params)
        case .renderFormat: return try render(call.params)
        case .validateChannel: return try validate(call.params)
        case .checkPolicy: return try checkPolicy(call.params)
        case .applyTransform: return try transform(call.params, host)
        case .eventCommitted: return try committed(call.params)
        case .lowerChannel: return try lower(call.params)
        case .recognizeChannel: return try recognize(call.params)
        default: throw RPCError(.methodNotFound, call.method)
        }
    }

    private mutating func initialize(_ params: JSON) throws -> JSON {
        let params = try InitializeParams(params)
        guard let version = ProtocolVersion.highestCommon(with: params.protocols) else {
            let supported = JSON(ProtocolVersion.supported.map { JSON($0) })
            throw RPCError(.noCommonVersion, "no common version", data: ["supported": supported])
        }
        isInitialized = true
        return InitializeResult(
            protocolVersion: version, version: plugin.version, implements: plugin.implements.map(\.rawValue)
        ).json
    }

    // MARK: Calls

    private func named<T>(_ name: String, in table: [String: T]) throws -> T {
        guard let entry = table[name] else { throw RPCError(.invalidParams, "\(name) is not contributed") }
        return entry
    }

    private func runCommand(_ params: JSON, _ host: Host) throws -> JSON {
        let params = try CommandParams(params)
        let result = try named(params.name, in: plugin.commands)(CommandCall(params, host))
        return PluginProtocol.CommandResult(
            exit: result.exit, text: result.text, json: result.json?.json, edits: result.edits.map(\.edit)
        ).message
    }

    private func complete(_ params: JSON) throws -> JSON {
        let params = try CompletionParams(params)
        let call = CompletionCall(command: params.command, arguments: params.argv, word: params.word)
        let candidates = try plugin.completion?(call) ?? []
        return CompletionResult(
            candidates: candidates.map { CompletionCandidate(value: $0.value, description: $0.description) }
        ).json
    }

    private func render(_ params: JSON) throws -> JSON {
        let params = try FormatParams(params)
        let call = RenderCall(
            format: params.format, webhooks: params.webhooks.map(Value.init), width: params.width,
            usesColor: params.color)
        return FormatResult(text: try named(params.format, in: plugin.formats)(call)).json
    }

    private func validate(_ params: JSON) throws -> JSON {
        let params = try ValidateParams(params)
        let items = params.items.map { ChannelToCheck(key: $0.key, index: $0.index, configs: Value($0.configs)) }
        return FindingsResult(findings: try named(params.kind, in: plugin.validators)(items).map(\.finding)).json
    }

    /// Collects the parts and judges behind the last.
    private mutating func checkPolicy(_ json: JSON) throws -> JSON {
        let params = try PolicyParams(json)
        if params.part == 1 { changes = [] }
        changes += params.changes.map(Change.init)
        guard params.part == params.of else { return FindingsResult(findings: []).json }
        defer { changes = [] }
        let asked = json["policies"]?.array?.compactMap(\.string)
        var findings: [Finding] = []
        for (name, check) in plugin.policies where asked?.contains(name) ?? true { findings += try check(changes) }
        return FindingsResult(findings: findings.map(\.finding)).json
    }

    private func transform(_ params: JSON, _ host: Host) throws -> JSON {
        let params = try TransformParams(params)
        let body = try named(params.name, in: plugin.transforms)
        var edits: [PluginEdit] = []
        for webhook in params.webhooks {
            if host.isCancelled { throw CancellationError() }
            let proposed = try body(Value(JSON(params.args)), Webhook(webhook))
            if !proposed.isEmpty { edits.append(PluginEdit(key: webhook.key, patch: proposed.map(\.operation))) }
        }
        return EditsResult(edits: edits).json
    }

    private func committed(_ params: JSON) throws -> JSON {
        let params = try CommittedParams(params)
        let results = params.results.map {
            CommittedRun.Result(key: $0.key, operation: $0.operation.rawValue, status: $0.status)
        }
        try plugin.listener?(CommittedRun(run: params.run, results: results))
        return [:]
    }

    private func lower(_ params: JSON) throws -> JSON {
        let params = try LowerParams(params)
        let channel = try named(params.kind, in: plugin.lowering)(Value(params.configs))
        return ChannelValue(kind: channel.kind, configs: channel.configs.json).json
    }

    private func recognize(_ params: JSON) throws -> JSON {
        let shape = Shape(params)
        let kind = try shape.text("kind")
        let channel = try shape.member("channel", .object)
        let given = Channel(
            kind: try channel.text("channel"), configs: Value(try channel.member("configs", .object).json))
        let found = try named(kind, in: plugin.recognizing)(given)
        guard let found else { return ["channel": nil] }
        return ChannelValue(kind: found.kind, configs: found.configs.json).json
    }
}
