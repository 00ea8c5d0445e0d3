import LosslessJSON
import WebhookModel

/// What a reading made on the way means: right before a write, right after it, of all that is left, and at the end.
extension CommitMachine {
    /// The webhook as it was right before its write: `--careful`, or what was read of it is too old.
    mutating func checked(_ position: Int, _ slot: Slot, _ result: Result<Webhook, ServiceError>) -> [Step] {
        switch result {
        case .success(let webhook): return judge(position, slot, by: webhook)
        case .failure(let error) where error.kind == .notFound: return judge(position, slot, by: nil)
        case .failure(let error):
            if error.kind == .cancelled { return close(position, .planned) }
            if case .fatal = WriteFailure(error, of: slot.write) { halt(.service(error)) }
            return close(position, .failed(error))
        }
    }

    private mutating func judge(_ position: Int, _ slot: Slot, by live: Webhook?) -> [Step] {
        if stop != nil { return close(position, .planned) }
        switch slot.item.judged(by: live, planner: planner) {
        case .send(let item):
            update(position, to: item)
            return [announce(position)]
        case .already(let webhook):
            slots[position].answer = webhook
            return close(position, .already)
        case .hold(let status): return close(position, status)
        }
    }

    private mutating func update(_ position: Int, to item: CommitItem) {
        if slots[position].item == item { return }
        slots[position].item = item
        slots[position].hasNewImages = true
    }

    /// `--careful`: the webhook as it was right after its write, which says more than the answer did.
    mutating func verified(_ position: Int, _ slot: Slot, _ result: Result<Webhook, ServiceError>) -> [Step] {
        switch result {
        case .success(let webhook):
            let status = CommitStatus.confirmed(verification(of: slot.write, webhook))
            // The journal takes the answer to the write itself: what a rollback goes by is what was ours.
            let steps = close(position, status)
            slots[position].answer = webhook
            return steps
        case .failure(let error) where error.kind == .notFound:
            let lost = Change(path: .root, before: slot.write.target, after: nil)
            return close(position, .confirmed(Verification(differences: [lost], unverifiable: [])))
        // The answer to the write was good; that it can't be read again takes nothing away from it.
        case .failure: return close(position, slot.status)
        }
    }

    /// A list: what was not sent yet is judged anew, unless a list that was asked for later has told of it already.
    /// `readAt` is nil for one that isn't complete; of a complete one, what it lacks is gone.
    mutating func rejudge(_ webhooks: [Webhook], _ list: Int, readAt: Timestamp? = nil) -> [Step] {
        var live: [WebhookID: Webhook] = [:]
        for webhook in webhooks { if let id = webhook.id { live[id] = webhook } }
        var steps: [Step] = []
        for position in slots.positions where slots[position].phase == .waiting {
            guard let id = slots[position].write.id, slots[position].judgedBy < list else { continue }
            slots[position].judgedBy = list
            slots[position].isPassedOver = readAt == nil && live[id] == nil
            if slots[position].isPassedOver { continue }
            if let readAt { slots[position].readAt = readAt }
            switch slots[position].item.judged(by: live[id], planner: planner) {
            case .send(let item): update(position, to: item)
            case .already(let webhook):
                slots[position].answer = webhook
                steps += settle(position, .already)
            case .hold(let status): steps += settle(position, status)
            }
        }
        return steps
    }

    /// The closing list: what was confirmed and is not so any more was lost to somebody else; what was unknown is looked
    /// at once more.
    mutating func compare(with webhooks: [Webhook]) -> [Step] {
        var live: [WebhookID: Webhook] = [:]
        for webhook in webhooks { if let id = webhook.id { live[id] = webhook } }
        var steps: [Step] = []
        for position in slots.positions {
            switch slots[position].status {
            case .confirmed(let verification): review(position, verification, live)
            case .unknown(let error):
                let slot = slots[position]
                guard let id = slot.write.id ?? slot.answer?.id else { continue }
                let status = reviewed(error, slot, live[id], position)
                steps += settle(position, status)
            default: break
            }
        }
        return steps
    }

    private mutating func review(_ position: Int, _ verification: Verification, _ live: [WebhookID: Webhook]) {
        let (write, answer) = (slots[position].write, slots[position].answer)
        guard let id = write.id ?? answer?.id else { return }
        let lost = lost(write, answer, live[id])
        if lost != verification.lost { slots[position].status = .confirmed(verification.losing(lost)) }
        if let webhook = live[id] { slots[position].answer = webhook }
    }

    /// What is different by the end from what the answer to a write showed.
    private func lost(_ write: Write, _ answer: Webhook?, _ live: Webhook?) -> [Change] {
        guard let target = write.target else {
            return live.map { [Change(path: .root, before: nil, after: $0.document)] } ?? []
        }
        guard let live else { return [Change(path: .root, before: target, after: nil)] }
        return DocumentDiff.changes(from: answer?.document ?? target, to: live.document)
    }

    private mutating func reviewed(
        _ error: ServiceError, _ slot: Slot, _ live: Webhook?, _ position: Int
    ) -> CommitStatus {
        guard let target = slot.write.target else {
            guard let live else { return .confirmed(.equal) }
            let isBefore = slot.before.map { ServerOwned.isSame($0, live.document) } ?? false
            return isBefore ? .failed(error) : .conflict([slot.item.conflict(live: live.document)])
        }
        guard let live else { return .conflict([slot.item.conflict(live: nil)]) }
        let verification = Verification(sent: target, answer: live.document)
        let isTaken = verification.isTaken(target, before: slot.before)
        if let before = slot.before, ServerOwned.isSame(before, live.document) {
            return isTaken ? .unknown(error) : .failed(error)
        }
        guard isTaken else { return .conflict([slot.item.conflict(live: live.document)]) }
        slots[position].answer = live
        return .confirmed(verification)
    }
}
