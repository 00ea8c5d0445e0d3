import LosslessJSON
import PluginProtocol

/// Answers what a plugin asks for in a call. The machine has checked the permissions and the context.
struct HostRequests: Sendable {
    let plugin: EnabledPlugin
    let tokens: SecretTokens
    let services: any PluginServices
    let states: any PluginStateStore
    let conversation: (any PluginConversation)?
    let partLimit: Int

    func answer(_ request: PluginRequest) async -> Result<JSON, RPCError> {
        switch request.method {
        case .listWebhooks: return await listWebhooks(request.params)
        case .getWebhook: return await getWebhook(request.params)
        case .print: return await print(request.params)
        case .confirm: return await confirm(request.params)
        case .getState: return getState()
        case .setState: return setState(request.params)
        default: return .failure(RPCError(.methodNotFound, "no method of the host"))
        }
    }

    private var visibility: DocumentEncoder.Visibility { plugin.visibility }

    /// `{offset?}` → `{webhooks: [{key, value}], next}`: as many as a part holds; `next` is the offset of the rest, or null.
    private func listWebhooks(_ params: JSON) async -> Result<JSON, RPCError> {
        let all = await services.webhooks()
        let start = max(0, params["offset"]?.number?.int ?? 0)
        var size = 0
        var listed: [JSON] = []
        var next = start
        while next < all.count {
            let document = encoded(all[next])
            size += document.bytes().count
            if size > partLimit, !listed.isEmpty { break }
            listed.append(document)
            next += 1
        }
        return .success(["webhooks": JSON(listed), "next": next < all.count ? JSON(next) : .null])
    }

    /// `{key}` → `{webhook: {key, value}}`, or null in it.
    private func getWebhook(_ params: JSON) async -> Result<JSON, RPCError> {
        guard let key = params["key"]?.string else { return .failure(RPCError(.invalidParams, "key is missing")) }
        let document = await services.webhook(key)
        return .success(["webhook": document.map(encoded) ?? .null])
    }

    private func encoded(_ document: KeyedDocument) -> JSON {
        ["key": JSON(document.key), "value": tokens.encoded(document.value, visibility)]
    }

    private func print(_ params: JSON) async -> Result<JSON, RPCError> {
        guard let text = params["text"]?.string else { return .failure(RPCError(.invalidParams, "text is missing")) }
        guard let conversation else { return .failure(RPCError(.denied, "nobody is listening")) }
        await conversation.print(PlainText.stripped(text))
        return .success([:])
    }

    /// `{question}` → `{answer}`.
    private func confirm(_ params: JSON) async -> Result<JSON, RPCError> {
        guard let question = params["question"]?.string else {
            return .failure(RPCError(.invalidParams, "question is missing"))
        }
        guard let conversation else { return .failure(RPCError(.denied, "nobody can be asked")) }
        return .success(["answer": JSON(await conversation.confirm(PlainText.stripped(question)))])
    }

    private func getState() -> Result<JSON, RPCError> {
        do { return .success(["value": try states.load(plugin.id)]) } catch {
            return .failure(RPCError(.internalError, "the state cannot be read"))
        }
    }

    private func setState(_ params: JSON) -> Result<JSON, RPCError> {
        guard let value = params["value"] else { return .failure(RPCError(.invalidParams, "value is missing")) }
        guard value.bytes().count <= Limits.state else {
            return .failure(RPCError(.invalidParams, "the state is larger than \(Limits.state) bytes"))
        }
        do { try states.save(value.detached(), of: plugin.id) } catch {
            return .failure(RPCError(.internalError, "the state cannot be written"))
        }
        return .success([:])
    }
}

extension EnabledPlugin {
    /// What of documents it sees as it is.
    var visibility: DocumentEncoder.Visibility {
        DocumentEncoder.Visibility(recipients: manifest.permissions.read.contains(.recipients))
    }
}
