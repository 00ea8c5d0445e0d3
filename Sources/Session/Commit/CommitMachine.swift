import LosslessJSON
import WebhookModel

/// The sending half of a commit as a value: events in, steps out, no effects.
///
/// For each webhook: journal `sent`, send, judge the answer, journal what came of it. An answer that leaves open whether
/// the write happened is settled by waiting and looking. What stops the run lets all that is in flight come to its end.
package struct CommitMachine: Sendable {
    /// What to do; the position is that of the entry in the plan.
    package enum Step: Hashable, Sendable {
        case record(JournalUpdate)
        case send(position: Int, Write)
        case wait(position: Int, Duration)
        case read(position: Int, WebhookID)
        case list(position: Int)
    }

    package enum Write: Hashable, Sendable {
        case create(JSON)
        case update(WebhookID, JSON)
        case delete(WebhookID)
    }

    /// What happened.
    package enum Event: Sendable {
        case recorded(position: Int)
        case recordFailed(position: Int, JournalError)
        /// The answer to a write; nil for a delete.
        case answered(position: Int, Result<Webhook?, ServiceError>)
        case waited(position: Int)
        case read(position: Int, Result<Webhook, ServiceError>)
        case listed(position: Int, Result<[Webhook], ServiceError>)
        /// Send nothing more; let what is in flight come to its end.
        case cancel
        /// Don't wait for what is in flight either.
        case abandon
    }

    /// What ends a run before all is sent.
    package enum Stop: Hashable, Sendable {
        /// 401 or 403, or the server can't be talked to at all.
        case service(ServiceError)
        /// An entry went wrong, and `onError` is `stop`.
        case error
        case journal(JournalError)
        case cancelled
        case abandoned
    }

    private enum Phase: Hashable {
        case waiting
        /// `sent` is being journalled.
        case announcing
        case sending
        case settling(ServiceError)
        case looking(ServiceError)
        /// The outcome is being journalled.
        case closing
        case done
    }

    private struct Slot {
        let write: Write
        let before: JSON?
        let secrets: KnownSecrets
        var phase: Phase = .waiting
        var attempts = 0
        var status: CommitStatus = .planned
        /// What the server holds now, after a confirmation.
        var answer: Webhook?
        /// An entry that creates an equal webhook: only one of them may be in flight, or a look couldn't tell them apart.
        var follows: Int?
    }

    private let options: SendOptions
    private let knownIDs: Set<WebhookID>
    private var slots: [Int: Slot] = [:]
    private var queue: [Int]
    private var next = 0
    private var blocked: [Int: [Int]] = [:]
    private var released: [Int] = []
    private var inFlight = 0
    package private(set) var stop: Stop?

    /// `knownIDs` are the webhooks that there were before anything was sent.
    package init(entries: [PlanEntry], knownIDs: Set<WebhookID>, options: SendOptions) {
        self.options = options
        self.knownIDs = knownIDs
        queue = []
        var lastWithTarget: [JSON: Int] = [:]
        for (position, entry) in entries.enumerated() {
            guard let write = Write(entry) else { continue }
            var slot = Slot(
                write: write, before: entry.live?.document, secrets: entry.staged.result.knownSecrets)
            if case .create(let target) = write {
                slot.follows = lastWithTarget.updateValue(position, forKey: target)
            }
            slots[position] = slot
            if let follows = slot.follows {
                blocked[follows, default: []].append(position)
            } else {
                queue.append(position)
            }
        }
    }

    /// Whether nothing is in flight and nothing more will be sent.
    package var isFinished: Bool { stop == .abandoned || (inFlight == 0 && (stop != nil || !hasWork)) }

    private var hasWork: Bool { next < queue.count || !released.isEmpty }

    /// What came of the entry at a position; nil for one that doesn't write.
    package func status(at position: Int) -> CommitStatus? { slots[position]?.status }

    /// The status of an entry that is through; nil for one that isn't.
    func finishedStatus(at position: Int) -> CommitStatus? {
        slots[position].flatMap { $0.phase == .done ? $0.status : nil }
    }

    /// What the server holds now, after a confirmation that isn't a delete's.
    package func answer(at position: Int) -> Webhook? { slots[position]?.answer }

    /// How many entries there are to send, and how many of them are through.
    package var progress: (done: Int, total: Int) {
        (slots.values.count { $0.phase == .done }, slots.count)
    }

    // MARK: Events

    package mutating func start() -> [Step] { fill() }

    package mutating func handle(_ event: Event) -> [Step] {
        if stop == .abandoned { return [] }
        switch event {
        case .recorded(let position): return recorded(position)
        case .recordFailed(let position, let error): return recordFailed(position, error)
        case .answered(let position, let result): return answered(position, result)
        case .waited(let position): return waited(position)
        case .read(let position, let result): return read(position, result)
        case .listed(let position, let result): return listed(position, result)
        case .cancel:
            halt(.cancelled)
            return []
        case .abandon:
            abandon()
            return []
        }
    }

    private mutating func fill() -> [Step] {
        var steps: [Step] = []
        while stop == nil, inFlight < max(1, options.concurrency), let position = nextPosition() {
            inFlight += 1
            slots[position]?.phase = .announcing
            steps.append(.record(JournalUpdate(position: position, state: .sent)))
        }
        return steps
    }

    private mutating func nextPosition() -> Int? {
        if let position = released.popLast() { return position }
        guard next < queue.count else { return nil }
        defer { next += 1 }
        return queue[next]
    }

    private mutating func recorded(_ position: Int) -> [Step] {
        switch slots[position]?.phase {
        case .announcing:
            // Cancelled meanwhile: the journal goes back, and nothing leaves.
            return stop == nil ? send(position) : close(position, .planned)
        case .closing:
            finish(position)
            return fill()
        default: return []
        }
    }

    private mutating func recordFailed(_ position: Int, _ error: JournalError) -> [Step] {
        halt(.journal(error))
        finish(position)
        return []
    }

    private mutating func send(_ position: Int) -> [Step] {
        guard let write = slots[position]?.write else { return [] }
        slots[position]?.phase = .sending
        slots[position]?.attempts += 1
        return [.send(position: position, write)]
    }

    private mutating func answered(_ position: Int, _ result: Result<Webhook?, ServiceError>) -> [Step] {
        guard let slot = slots[position], slot.phase == .sending else { return [] }
        switch result {
        case .success(let answer):
            slots[position]?.answer = answer
            return close(position, .confirmed(verification(of: slot.write, answer)))
        case .failure(let error):
            return failed(position, slot.write, error.masked(sent: slot.write.target ?? slot.before, slot.secrets))
        }
    }

    private mutating func failed(_ position: Int, _ write: Write, _ error: ServiceError) -> [Step] {
        switch WriteFailure(error, of: write) {
        case .gone:
            if case .delete = write { return close(position, .confirmed(.equal)) }
            return close(position, .conflict([conflict(slots[position], live: nil)]))
        case .open:
            slots[position]?.phase = .settling(error)
            return [.wait(position: position, options.settleTime)]
        case .refused: return close(position, .refused(error))
        case .failed: return close(position, .failed(error))
        case .notSent: return close(position, .planned)
        case .fatal:
            halt(.service(error))
            return close(position, .failed(error))
        }
    }

    private mutating func waited(_ position: Int) -> [Step] {
        guard let slot = slots[position], case .settling(let error) = slot.phase else { return [] }
        slots[position]?.phase = .looking(error)
        switch slot.write {
        case .create: return [.list(position: position)]
        case .update(let id, _), .delete(let id): return [.read(position: position, id)]
        }
    }

    private mutating func read(_ position: Int, _ result: Result<Webhook, ServiceError>) -> [Step] {
        guard let slot = slots[position], case .looking(let error) = slot.phase else { return [] }
        switch result {
        case .failure(let problem) where problem.kind == .notFound:
            if case .delete = slot.write { return close(position, .confirmed(.equal)) }
            return close(position, .conflict([conflict(slot, live: nil)]))
        case .failure: return close(position, .unknown(error))
        case .success(let webhook): return found(webhook, position, slot, error)
        }
    }

    private mutating func found(_ webhook: Webhook, _ position: Int, _ slot: Slot, _ error: ServiceError) -> [Step] {
        if let before = slot.before, ServerOwned.isSame(before, webhook.document) {
            return sendAgain(position, error)
        }
        if let target = slot.write.target {
            let verification = Verification(sent: target, answer: webhook.document)
            if verification.isTaken(target, before: slot.before) {
                slots[position]?.answer = webhook
                return close(position, .confirmed(verification))
            }
        }
        return close(position, .conflict([conflict(slot, live: webhook.document)]))
    }

    private func conflict(_ slot: Slot?, live: JSON?) -> Conflict {
        Conflict(
            path: .root, base: slot?.before, live: live, staged: slot?.write.target,
            secrets: slot?.secrets ?? KnownSecrets())
    }

    private mutating func listed(_ position: Int, _ result: Result<[Webhook], ServiceError>) -> [Step] {
        guard let slot = slots[position], case .looking(let error) = slot.phase, let target = slot.write.target else {
            return []
        }
        guard case .success(let webhooks) = result else { return close(position, .unknown(error)) }
        let ours = createdIDs
        let arrived = webhooks.filter { webhook in
            guard let id = webhook.id, !knownIDs.contains(id), !ours.contains(id) else { return false }
            return Verification(sent: target, answer: webhook.document).isTaken(target, before: nil)
        }
        if arrived.isEmpty { return sendAgain(position, error) }
        guard arrived.count == 1 else { return close(position, .unknown(error)) }
        slots[position]?.answer = arrived[0]
        return close(position, .confirmed(Verification(sent: target, answer: arrived[0].document)))
    }

    private var createdIDs: Set<WebhookID> {
        Set(slots.values.compactMap { slot in if case .create = slot.write { slot.answer?.id } else { nil } })
    }

    /// The write did not happen: sends it again while that is allowed.
    private mutating func sendAgain(_ position: Int, _ error: ServiceError) -> [Step] {
        if stop != nil { return close(position, .planned) }
        if slots[position]?.attempts ?? 0 >= options.attempts { return close(position, .failed(error)) }
        return send(position)
    }

    // MARK: Outcomes

    private func verification(of write: Write, _ answer: Webhook?) -> Verification {
        guard let target = write.target, let answer else { return .equal }
        return Verification(sent: target, answer: answer.document)
    }

    private mutating func close(_ position: Int, _ status: CommitStatus) -> [Step] {
        slots[position]?.status = status
        slots[position]?.phase = .closing
        if options.onError == .stop, status.error != nil { halt(.error) }
        let update = JournalUpdate(
            position: position, state: status.journalState, createdID: createdID(at: position),
            detail: status.error?.detail)
        return [.record(update)]
    }

    private func createdID(at position: Int) -> WebhookID? {
        guard let slot = slots[position], case .create = slot.write else { return nil }
        return slot.answer?.id
    }

    private mutating func finish(_ position: Int) {
        slots[position]?.phase = .done
        inFlight -= 1
        released += blocked.removeValue(forKey: position)?.prefix(1) ?? []
    }

    /// The first reason counts.
    private mutating func halt(_ reason: Stop) {
        if stop == nil { stop = reason }
    }

    private mutating func abandon() {
        stop = .abandoned
        for (position, slot) in slots {
            switch slot.phase {
            case .sending, .settling, .looking:
                slots[position]?.status = .unknown(.abandoned(slot.write))
            case .waiting, .announcing, .closing, .done: break
            }
        }
    }
}
