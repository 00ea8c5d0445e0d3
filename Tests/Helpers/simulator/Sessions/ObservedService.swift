import LosslessJSON
import WebhookModel

/// The API client as a session calls it, with everything that it read or was about to write noted.
struct ObservedService: WebhookService {
    let process: Process
    let inner: any WebhookService

    private var world: World { process.world }

    func list() async throws(ServiceError) -> [Webhook] {
        let began = world.kernel.now
        let webhooks = try await inner.list()
        await process.gate()
        world.noteReading(of: webhooks, by: process, began: began)
        return webhooks
    }

    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        let began = world.kernel.now
        do throws(ServiceError) {
            let webhook = try await inner.get(id)
            await process.gate()
            world.noteReading(of: id, as: webhook.document, by: process, began: began)
            return webhook
        } catch {
            if error.kind == .notFound, error.serverType != nil {
                world.noteReading(of: id, as: nil, by: process, began: began)
            }
            throw error
        }
    }

    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        let result = await write(.create, id: nil, document) { () throws(ServiceError) -> Webhook in
            try await inner.create(document, leaving: departure)
        }
        return try result.get()
    }

    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    {
        let result = await write(.update, id: id, document) { () throws(ServiceError) -> Webhook in
            try await inner.update(id, to: document, leaving: departure)
        }
        return try result.get()
    }

    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        let result = await write(.delete, id: id, nil) { () throws(ServiceError) -> Void in
            try await inner.delete(id, leaving: departure)
        }
        return try result.get()
    }

    private enum Kind { case create, update, delete }

    private func write<Value: Sendable>(
        _ kind: Kind, id: WebhookID?, _ document: JSON?, _ body: () async throws(ServiceError) -> Value
    ) async -> Result<Value, ServiceError> {
        await process.gate()
        let context = world.beginWrite(by: process, id: id, document)
        return await WriteContext.$current.withValue(context) {
            do throws(ServiceError) { return .success(try await body()) } catch { return .failure(error) }
        }
    }
}
