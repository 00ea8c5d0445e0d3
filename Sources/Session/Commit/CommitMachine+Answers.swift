import LosslessJSON
import WebhookModel

/// What an answer to a write means, and how an open one is settled.
extension CommitMachine {
    mutating func answered(_ position: Int, _ result: Result<Webhook?, ServiceError>) -> [Step] {
        guard slots[position].phase == .sending else { return [] }
        if case .failure(let error) = result, error.kind == .overdue { return postpone(position, error) }
        if !returns.isEmpty { returns = [:] }
        switch result {
        case .success(let answer): return succeeded(position, answer)
        case .failure(let error):
            let slot = slots[position]
            let shown = error.masked(
                sent: slot.write.target ?? slot.before, before: slot.before, slot.item.secrets)
            return failed(position, slot, shown)
        }
    }

    private mutating func succeeded(_ position: Int, _ answer: Webhook?) -> [Step] {
        let write = slots[position].write
        slots[position].answer = answer
        let verification = verification(of: write, answer)
        guard options.isCareful, let id = write.id, write.target != nil else {
            return close(position, .confirmed(verification), isAsSent: verification == .equal)
        }
        slots[position].status = .confirmed(verification)
        slots[position].phase = .verifying
        return [.read(position: position, id)]
    }

    private mutating func failed(_ position: Int, _ slot: Slot, _ error: ServiceError) -> [Step] {
        switch WriteFailure(error, of: slot.write) {
        case .gone: return gone(position, slot)
        case .open:
            slots[position].phase = .settling(error)
            return [.wait(position: position, options.settleTime)]
        case .refused: return close(position, .refused(error))
        case .failed: return close(position, .failed(error))
        case .notSent: return close(position, .planned)
        case .fatal:
            halt(.service(error))
            return close(position, .failed(error))
        }
    }

    /// The journal says again that it was not sent; then it waits in line, for a newer reading or for whoever holds the
    /// run. One for which there is never a turn in time would wait for ever.
    private mutating func postpone(_ position: Int, _ error: ServiceError) -> [Step] {
        if let doubt = doubts[position] { return close(position, .unknown(doubt)) }
        if !isHeld { returns[position, default: 0] += 1 }
        if returns[position, default: 0] >= Self.returnsAtMost { halt(.service(error)) }
        slots[position].attempts -= 1
        slots[position].phase = .returning
        return [.record(JournalUpdate(position: position, state: .planned))]
    }

    private static let returnsAtMost = 10

    private mutating func gone(_ position: Int, _ slot: Slot) -> [Step] {
        if case .delete = slot.write { return close(position, .confirmed(.equal)) }
        return close(position, .conflict([slot.item.conflict(live: nil)]))
    }

    // MARK: Settling

    mutating func waited(_ position: Int) -> [Step] {
        let slot = slots[position]
        guard case .settling(let error) = slot.phase else { return [] }
        slots[position].phase = .looking(error)
        return slot.write.id.map { [.read(position: position, $0)] } ?? lookForCreate(position)
    }

    private mutating func lookForCreate(_ position: Int) -> [Step] {
        let list = nextList()
        slots[position].list = list
        return [.list(position: position)]
    }

    mutating func read(_ position: Int, _ result: Result<Webhook, ServiceError>, _ now: Timestamp) -> [Step] {
        let slot = slots[position]
        switch slot.phase {
        case .checking:
            slots[position].readAt = now
            slots[position].isPassedOver = false
            return checked(position, slot, result)
        case .looking(let error):
            slots[position].readAt = now
            return looked(position, slot, result, error)
        case .verifying: return verified(position, slot, result)
        default: return []
        }
    }

    private mutating func looked(
        _ position: Int, _ slot: Slot, _ result: Result<Webhook, ServiceError>, _ error: ServiceError
    ) -> [Step] {
        switch result {
        case .failure(let problem) where problem.kind == .notFound: return gone(position, slot)
        case .failure: return close(position, .unknown(error))
        case .success(let webhook):
            let confirmation = confirmation(of: slot, by: webhook)
            if let before = slot.before, ServerOwned.isSame(before, webhook.document) {
                // As it was, and as it is to be: hidden secrets are all that tells the two apart. Sending it again harms
                // nobody.
                doubts[position] = confirmation.map { _ in error }
                if confirmation != nil, stop != nil || slot.attempts >= options.attempts {
                    return close(position, .unknown(error))
                }
                return sendAgain(position, error)
            }
            guard let confirmation else {
                return close(position, .conflict([slot.item.conflict(live: webhook.document)]))
            }
            slots[position].answer = webhook
            return close(position, confirmation)
        }
    }

    /// The confirmation, when the server holds what was to be written.
    private func confirmation(of slot: Slot, by webhook: Webhook) -> CommitStatus? {
        guard let target = slot.write.target else { return nil }
        let verification = Verification(sent: target, answer: webhook.document)
        return verification.isTaken(target, before: slot.before) ? .confirmed(verification) : nil
    }

    mutating func listed(_ position: Int, _ result: Result<[Webhook], ServiceError>) -> [Step] {
        let slot = slots[position]
        guard case .looking(let error) = slot.phase, let target = slot.write.target else { return [] }
        guard case .success(let webhooks) = result else { return close(position, .unknown(error)) }
        // What it shows of others counts as well.
        return settleCreate(position, slot, target, error, webhooks) + rejudge(webhooks, slot.list)
    }

    /// What came of a create whose answer was lost, by the list.
    private mutating func settleCreate(
        _ position: Int, _ slot: Slot, _ target: JSON, _ error: ServiceError, _ webhooks: [Webhook]
    ) -> [Step] {
        let namesakes = arrivals(of: slot, in: webhooks)
        if namesakes.isEmpty, !slot.hasLooked {
            // A list read in pages may pass over a webhook while others come and go.
            slots[position].hasLooked = true
            return lookForCreate(position)
        }
        if namesakes.isEmpty { return sendAgain(position, error) }
        // One of its name that is different is perhaps ours, and somebody has changed it since.
        let arrived = namesakes.filter {
            Verification(sent: target, answer: $0.document).isTaken(target, before: nil)
        }
        guard arrived.count == 1, !hasUnclearNamesake(slot) else { return close(position, .unknown(error)) }
        slots[position].answer = arrived[0]
        return close(position, .confirmed(Verification(sent: target, answer: arrived[0].document)))
    }

    /// Whether another create of its name may have happened, and nobody knows what came of it.
    private func hasUnclearNamesake(_ slot: Slot) -> Bool {
        let name = slot.item.name
        return slots.values.contains { other in
            guard other.isCreate, other.answer == nil, other.attempts > 0 || other.status.kind == .conflict else {
                return false
            }
            return [.unknown, .conflict].contains(other.status.kind) && other.item.name == name
        }
    }

    /// The webhooks of the name of one to create that were not there before, and are not another entry's.
    private func arrivals(of slot: Slot, in webhooks: [Webhook]) -> [Webhook] {
        guard let name = slot.item.name else { return [] }
        let ours = Set(slots.values.compactMap { $0.isCreate ? $0.answer?.id : nil })
        return webhooks.filter { webhook in
            guard let id = webhook.id, !knownIDs.contains(id), !ours.contains(id) else { return false }
            return webhook.name == name
        }
    }

    /// The write did not happen: sends it again while that is allowed.
    private mutating func sendAgain(_ position: Int, _ error: ServiceError) -> [Step] {
        if stop != nil { return close(position, .planned) }
        if slots[position].attempts >= options.attempts { return close(position, .failed(error)) }
        return send(position)
    }

    func verification(of write: Write, _ answer: Webhook?) -> Verification {
        guard let target = write.target, let answer else { return .equal }
        return Verification(sent: target, answer: answer.document)
    }
}
