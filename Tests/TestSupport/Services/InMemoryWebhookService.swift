import LosslessJSON
import Synchronization
import WebhookModel

/// The in-memory twin of the API: keeps webhooks of one organization by the rules its pages give, and misbehaves on
/// demand.
///
/// PUT replaces the whole webhook, an absent `is_active` falls back to true, `created_at` stays, `updated_at` moves when
/// events, channels or `is_active` change and not on a rename, DELETE succeeds on what is gone.
package final class InMemoryWebhookService: WebhookService {
    /// The webhooks, to be read and changed as by somebody else.
    package struct World: Sendable {
        package fileprivate(set) var order: [WebhookID] = []
        package fileprivate(set) var documents: [WebhookID: JSON] = [:]
        fileprivate var created = 0
        fileprivate var clock: Int64 = 1_735_689_600

        package subscript(id: WebhookID) -> JSON? {
            get { documents[id] }
            set {
                if newValue != nil, documents[id] == nil { order.append(id) }
                if newValue == nil { order.removeAll { $0 == id } }
                documents[id] = newValue
            }
        }

        package var webhooks: [Webhook] { order.compactMap { documents[$0] }.map(Webhook.init(document:)) }
    }

    /// A request as it arrived.
    package struct Request: Hashable, Sendable {
        package let operation: Operation
        package let id: WebhookID?
        package let body: JSON?
    }

    package enum Operation: String, Hashable, Sendable {
        case list, get, create, update, delete
        package var isWrite: Bool { self == .create || self == .update || self == .delete }
    }

    /// What goes wrong with a request.
    package enum Fault: Sendable {
        /// Answers with an error and does nothing.
        case refuse(ServiceError.Kind)
        /// Does it, and answers with an error all the same.
        case doAndFail(ServiceError.Kind)
        /// Does nothing, and leaves open whether it did.
        case loseRequest
        /// Does it, and leaves open whether it did.
        case loseAnswer
    }

    fileprivate struct State {
        var world = World()
        var requests: [Request] = []
        var faults: [(operation: Operation?, fault: Fault)] = []
        var before: [(operation: Operation, change: @Sendable (inout World) -> Void)] = []
        var answer: @Sendable (JSON) -> JSON = { $0 }
    }

    private struct Refusal: Error {
        let kind: ServiceError.Kind
    }

    private let state = Mutex(State())
    /// Called, outside of any lock, before each request is handled.
    private let arrival: @Sendable (Request) async -> Void
    /// Called before a write leaves; what may not leave by its end has not arrived.
    private let turn: @Sendable (Request, Departure) async -> Void

    package init(
        _ documents: [JSON] = [], arrival: @escaping @Sendable (Request) async -> Void = { _ in },
        turn: @escaping @Sendable (Request, Departure) async -> Void = { _, _ in }
    ) {
        self.arrival = arrival
        self.turn = turn
        state.withLock { state in
            for document in documents {
                guard let id = Webhook(document: document).id else { continue }
                state.world[id] = document
            }
        }
    }

    // MARK: For tests

    package var requests: [Request] { state.withLock(\.requests) }
    package var world: World { state.withLock(\.world) }
    package var webhooks: [Webhook] { world.webhooks }

    /// The bodies of the PUTs, in order.
    package var puts: [JSON] { requests.filter { $0.operation == .update }.compactMap(\.body) }

    /// Changes the webhooks as somebody else would.
    package func change(_ body: @Sendable (inout World) -> Void) { state.withLock { body(&$0.world) } }

    /// Lets the next request of a kind (nil: any) go wrong; several wait in line.
    package func failNext(_ operation: Operation?, _ fault: Fault) {
        state.withLock { $0.faults.append((operation, fault)) }
    }

    /// Changes the webhooks just before the next request of a kind is handled.
    package func beforeNext(_ operation: Operation, _ change: @escaping @Sendable (inout World) -> Void) {
        state.withLock { $0.before.append((operation, change)) }
    }

    /// Shows every document through this, as a server does that masks secrets or fills in defaults.
    package func answer(with transform: @escaping @Sendable (JSON) -> JSON) {
        state.withLock { $0.answer = transform }
    }

    // MARK: The service

    package func list() async throws(ServiceError) -> [Webhook] {
        try await handle(Request(operation: .list, id: nil, body: nil)) { (state) throws(Refusal) in
            state.world.order.compactMap { state.world[$0] }.map { Webhook(document: state.answer($0)) }
        }
    }

    package func get(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        try await handle(Request(operation: .get, id: id, body: nil)) { (state) throws(Refusal) in
            guard let document = state.world[id] else { throw Refusal(kind: .notFound) }
            return Webhook(document: state.answer(document))
        }
    }

    package func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        try await handle(Request(operation: .create, id: nil, body: document), departure) { (state) throws(Refusal) in
            try Self.check(document)
            let (id, created) = state.world.add(document)
            state.world[id] = created
            return Webhook(document: state.answer(created))
        }
    }

    package func update(
        _ id: WebhookID, to document: JSON, leaving departure: Departure
    ) async throws(ServiceError) -> Webhook {
        try await handle(Request(operation: .update, id: id, body: document), departure) { (state) throws(Refusal) in
            guard let old = state.world[id] else { throw Refusal(kind: .notFound) }
            try Self.check(document)
            let updated = state.world.replace(old, with: document)
            state.world[id] = updated
            return Webhook(document: state.answer(updated))
        }
    }

    package func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        try await handle(Request(operation: .delete, id: id, body: nil), departure) { (state) throws(Refusal) in
            state.world[id] = nil
        }
    }

    private func handle<Answer: Sendable>(
        _ request: Request, _ departure: Departure? = nil, _ body: (inout State) throws(Refusal) -> Answer
    ) async throws(ServiceError) -> Answer {
        if let departure {
            await turn(request, departure)
            if !departure.isAllowed(after: .zero) { throw Self.error(.overdue, request) }
        }
        await arrival(request)
        let result = state.withLock { state -> Result<Answer, Refusal> in
            state.requests.append(request)
            state.takeChange(before: request.operation)
            let fault = state.takeFault(for: request.operation)
            if let kind = fault?.kindWithoutEffect { return .failure(Refusal(kind: kind)) }
            let answer = Result { () throws(Refusal) in try body(&state) }
            if let kind = fault?.kindAfterEffect { return .failure(Refusal(kind: kind)) }
            return answer
        }
        do { return try result.get() } catch { throw Self.error(error.kind, request) }
    }

    private static func error(_ kind: ServiceError.Kind, _ request: Request) -> ServiceError {
        ServiceError(kind, operation: "\(request.operation) \(request.id?.rawValue ?? "")", host: "memory")
    }

    private static func check(_ document: JSON) throws(Refusal) {
        let problems = Validation.findings(in: document).filter { $0.severity == .error }.map {
            FieldProblem(path: $0.path, location: ["body"], message: "\($0.code)", type: "value_error")
        }
        if !problems.isEmpty { throw Refusal(kind: .invalid(problems)) }
    }
}

extension InMemoryWebhookService.Fault {
    fileprivate var kindWithoutEffect: ServiceError.Kind? {
        switch self {
        case .refuse(let kind): kind
        case .loseRequest: .ambiguous(reason: "connection reset")
        case .doAndFail, .loseAnswer: nil
        }
    }

    fileprivate var kindAfterEffect: ServiceError.Kind? {
        switch self {
        case .doAndFail(let kind): kind
        case .loseAnswer: .ambiguous(reason: "connection reset")
        case .refuse, .loseRequest: nil
        }
    }
}

extension InMemoryWebhookService.State {
    fileprivate mutating func takeFault(
        for operation: InMemoryWebhookService.Operation
    ) -> InMemoryWebhookService.Fault? {
        guard let position = faults.firstIndex(where: { $0.operation == nil || $0.operation == operation }) else {
            return nil
        }
        return faults.remove(at: position).fault
    }

    fileprivate mutating func takeChange(before operation: InMemoryWebhookService.Operation) {
        guard let position = before.firstIndex(where: { $0.operation == operation }) else { return }
        before.remove(at: position).change(&world)
    }
}

extension InMemoryWebhookService.World {
    /// The next moment, so that times differ.
    private mutating func tick() -> JSON {
        clock += 1
        return JSON(Timestamp(seconds: clock).description)
    }

    fileprivate mutating func add(_ document: JSON) -> (WebhookID, JSON) {
        created += 1
        let digits = String(created)
        let padded = "wh_" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        guard let id = WebhookID(rawValue: padded), var members = document.object else { preconditionFailure() }
        let now = tick()
        members[Member.id] = JSON(id.rawValue)
        if members[Member.isActive] == nil { members[Member.isActive] = true }
        members[Member.createdAt] = now
        members[Member.updatedAt] = now
        return (id, JSON(members))
    }

    fileprivate mutating func replace(_ old: JSON, with new: JSON) -> JSON {
        guard var members = new.object else { preconditionFailure() }
        if members[Member.isActive] == nil { members[Member.isActive] = true }
        members[Member.id] = old[Member.id]
        members[Member.createdAt] = old[Member.createdAt]
        let isMoved = [Member.eventTypes, Member.channels, Member.isActive].contains { members[$0] != old[$0] }
        members[Member.updatedAt] = isMoved ? tick() : old[Member.updatedAt]
        let isCleared = members[Member.isActive] == true
        members[Member.deliveryHealth] = isCleared ? nil : old[Member.deliveryHealth]
        return JSON(members)
    }
}
