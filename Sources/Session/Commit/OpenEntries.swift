import LosslessJSON
import WebhookModel

/// Judges the open entries of a run by what the server has now.
struct OpenEntries {
    private let snapshot: LiveSnapshot
    private let others: OtherWebhooks
    /// Webhooks that entries of the run are known to have created.
    private var taken: Set<WebhookID>
    /// Names under which the run has created a webhook, perhaps, of which nobody can tell which one it is.
    private let unclear: Set<String>

    init(entries: [JournalEntry], others: OtherWebhooks, snapshot: LiveSnapshot) {
        self.snapshot = snapshot
        self.others = others
        let creates = entries.filter { $0.operation == .create }
        taken = Set(creates.compactMap(\.createdID))
        unclear = Set(creates.filter { $0.state == .conflict && $0.createdID == nil }.map(\.name))
    }

    mutating func planned(_ entry: JournalEntry) -> PlanEntry {
        let staged = Staged(journalled: entry)
        switch entry.operation {
        case .create: return create(entry, staged)
        case .update, .delete:
            let live = entry.key.id.flatMap { snapshot.webhooks[$0] }
            return plan(staged, entry, live: live, action(entry, live))
        }
    }

    private func action(_ entry: JournalEntry, _ live: Webhook?) -> PlanEntry.Action {
        guard let item = CommitItem(entry) else { return .already }
        switch item.judged(by: live, planner: Planner(secrets: .plain)) {
        case .send: return entry.target.map { .update($0) } ?? .delete
        case .already(let held):
            return entry.mayHaveBeenSent || isExactly(entry.target, held)
                ? .already : .conflict([item.conflict(live: held?.document)])
        case .hold(.conflict(let conflicts)): return .conflict(conflicts)
        case .hold: return .already
        }
    }

    /// What a server adds to a write tells nothing of one that it never got.
    private func isExactly(_ target: JSON?, _ live: Webhook?) -> Bool {
        guard let target, let live else { return target == nil && live == nil }
        return ServerOwned.isSame(target, live.document)
    }

    /// A create that may have been sent: one webhook that equals it, wasn't there before and is no other run's is what came
    /// of it. Where only one of its name has come, somebody may have changed it since, and where another create of its name
    /// ended in a conflict it may be that one's: nobody can tell, and nothing is sent. So it is where one that equals a
    /// create that wasn't sent has come: the same may have been committed again in another run.
    private mutating func create(_ entry: JournalEntry, _ staged: Staged) -> PlanEntry {
        guard let target = entry.target else { return plan(staged, entry, live: nil, .already) }
        let namesakes = namesakes(of: entry)
        let arrived = namesakes.filter { id in
            guard let webhook = snapshot.webhooks[id] else { return false }
            return Verification(sent: target, answer: webhook.document).isTaken(target, before: nil)
        }
        if (entry.mayHaveBeenSent ? namesakes : arrived).isEmpty {
            return plan(staged, entry, live: nil, .create(target))
        }
        let ours = arrived.filter { !others.created.contains($0) }
        guard entry.mayHaveBeenSent, ours.count == 1, let id = ours.first, !unclear.contains(entry.name) else {
            let conflict = Conflict(path: .root, base: nil, live: nil, staged: target)
            return plan(staged, entry, live: nil, .conflict([conflict]))
        }
        taken.insert(id)
        return plan(staged, entry, live: snapshot.webhooks[id], .already)
    }

    /// The webhooks of its name that have come since it was planned, and are no other entry's.
    private func namesakes(of entry: JournalEntry) -> [WebhookID] {
        let before = others.older.union(entry.equalBefore)
        return snapshot.ids.filter { id in
            !before.contains(id) && !taken.contains(id) && snapshot.webhooks[id]?.name == entry.name
        }
    }

    private func plan(
        _ staged: Staged, _ entry: JournalEntry, live: Webhook?, _ action: PlanEntry.Action
    ) -> PlanEntry {
        let changes = action.isWrite ? DocumentDiff.changes(from: entry.before, to: entry.target) : []
        return PlanEntry(staged: staged, live: live, action: action, changes: changes, warnings: [], overwritten: [])
    }
}

extension JournalEntry {
    fileprivate var mayHaveBeenSent: Bool { state == .sent || state == .unknown }
}

extension Staged {
    /// A journalled entry as edits over its before-image.
    init(journalled entry: JournalEntry) {
        self.init(key: entry.key, base: entry.before.map { Webhook(document: $0) })
        switch (entry.operation, entry.target) {
        case (.create, let target?): _ = try? append(.clone(of: entry.key, document: target))
        case (.update, let target?): _ = try? append(.become(target))
        case (.delete, _): _ = try? append(.delete)
        default: break
        }
    }
}

extension CommitItem {
    /// Exactly what a journal has of an entry.
    init?(_ entry: JournalEntry) {
        guard let write = CommitMachine.Write(entry.operation, entry.key, entry.target) else { return nil }
        self.init(write: write, before: entry.before, intent: .exact)
    }

    /// The same from a plan made of it.
    init?(journalled entry: PlanEntry) {
        let operation: WriteOperation =
            entry.staged.isDeleted ? .delete : entry.staged.isNew ? .create : .update
        guard let write = CommitMachine.Write(operation, entry.key, entry.staged.webhook?.document) else { return nil }
        self.init(write: write, before: entry.staged.base?.document, intent: .exact)
    }
}

extension CommitMachine.Write {
    init?(_ operation: WriteOperation, _ key: WebhookKey, _ target: JSON?) {
        switch (operation, key, target) {
        case (.create, _, let target?): self = .create(target)
        case (.update, .existing(let id), let target?): self = .update(id, target)
        case (.delete, .existing(let id), _): self = .delete(id)
        default: return nil
        }
    }
}
