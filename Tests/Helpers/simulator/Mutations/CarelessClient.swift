import LosslessJSON
import WebhookModel

/// A client that sends something else than it was given, or makes up an answer.
struct CarelessClient: WebhookService {
    let inner: any WebhookService
    let mutation: Mutation?

    func list() async throws(ServiceError) -> [Webhook] { try await inner.list() }

    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook { try await inner.get(id) }

    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        do throws(ServiceError) { return try await inner.create(document, leaving: departure) } catch {
            guard case .ambiguous = error.kind, mutation == .resendCreate else { throw error }
            return try await inner.create(document, leaving: departure)
        }
    }

    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    {
        let departure = mutation == .leaveLate ? .free : departure
        do throws(ServiceError) { return try await inner.update(id, to: changed(document), leaving: departure) } catch {
            switch (error.kind, mutation) {
            case (.ambiguous, .resendWrite): return try await inner.update(id, to: document, leaving: departure)
            case (.ambiguous, .confirmBlindly): return Webhook(document: document)
            default: throw error
            }
        }
    }

    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        let departure = mutation == .leaveLate ? .free : departure
        do throws(ServiceError) { try await inner.delete(id, leaving: departure) } catch {
            if error.status == 404, mutation == .takeRoutersWord { return }
            if case .ambiguous = error.kind, mutation == .confirmBlindly { return }
            throw error
        }
    }

    private func changed(_ document: JSON) -> JSON {
        guard var members = document.object else { return document }
        switch mutation {
        case .dropIsActive: members[Member.isActive] = nil
        case .dropUnknownMembers: for name in members.keys where name.hasPrefix("x_") { members[name] = nil }
        case .writeOverBase:
            guard let staged = WriteContext.current?.intent?.staged?.object else { return document }
            for name in members.keys + staged.keys where !Member.serverOwned.contains(name) {
                members[name] = staged[name]
            }
        default: break
        }
        return JSON(members)
    }
}
