import LosslessJSON
import WebhookModel

/// One webhook that a commit writes: what is to be sent, over what, and how to judge it by a later reading.
package struct CommitItem: Hashable, Sendable {
    package enum Intent: Hashable, Sendable {
        /// Staged edits, to be merged into whatever the server has.
        case edits(Staged)
        /// Exactly this write over exactly that document, as a journal has it: anything else on the server is a conflict.
        case exact
    }

    package var write: CommitMachine.Write
    /// The server's copy that the write was made over; nil for a create.
    package var before: JSON?
    package var intent: Intent

    package init(write: CommitMachine.Write, before: JSON?, intent: Intent) {
        self.write = write
        self.before = before
        self.intent = intent
    }

    /// Nil for an entry that writes nothing.
    init?(_ entry: PlanEntry) {
        guard let write = CommitMachine.Write(entry) else { return nil }
        self.init(write: write, before: entry.live?.document, intent: .edits(entry.staged))
    }

    /// The name that it gives its webhook; nil for a delete.
    var name: String? { write.target.map { Webhook(document: $0).name } }

    var secrets: KnownSecrets {
        if case .edits(let staged) = intent { staged.knownSecrets } else { KnownSecrets() }
    }
}

/// What a reading of the server's copy makes of an item that was not sent yet.
enum ItemVerdict {
    case send(CommitItem)
    /// The server holds it already.
    case already(Webhook?)
    /// It is not sent, for this reason.
    case hold(CommitStatus)
}

extension CommitItem {
    /// Judges the item by the server's copy as it is now; nil when the webhook is gone.
    func judged(by live: Webhook?, planner: Planner) -> ItemVerdict {
        switch intent {
        case .exact: exactVerdict(live)
        case .edits(let staged): planner.verdict(on: staged, live: live)
        }
    }

    private func exactVerdict(_ live: Webhook?) -> ItemVerdict {
        // A create has no identifier to read by; the look at the list after an ambiguous answer is what protects it.
        if case .create = write { return .send(self) }
        guard let live else {
            if case .delete = write { return .already(nil) }
            return .hold(.conflict([conflict(live: nil)]))
        }
        // First of all: where a server hides secrets, what is as it was looks as if it had taken another secret.
        if let before, ServerOwned.isSame(before, live.document) { return .send(self) }
        if let target = write.target, Verification(sent: target, answer: live.document).isTaken(target, before: before)
        {
            return .already(live)
        }
        return .hold(.conflict([conflict(live: live.document)]))
    }

    /// The webhook as a whole is in conflict.
    func conflict(live: JSON?) -> Conflict {
        Conflict(path: .root, base: before, live: live, staged: write.target, secrets: secrets)
    }
}

extension Planner {
    func verdict(on staged: Staged, live: Webhook?) -> ItemVerdict {
        let entry = plan(staged, live: live)
        if let item = CommitItem(entry) { return .send(item) }
        if case .already = entry.action { return .already(live) }
        return .hold(entry.unsentStatus)
    }
}
