import WebhookModel

extension PreparedCommit {
    /// Where each entry of the plan stands in the journal's run.
    var positions: [Int] {
        if case .resume(_, let positions) = source { positions } else { Array(plan.entries.indices) }
    }

    var keysByPosition: [Int: WebhookKey] {
        Dictionary(zip(positions, plan.entries.map(\.key)), uniquingKeysWith: { first, _ in first })
    }
}

extension CommitMachine {
    /// The machine for a plan. In a resume everything is settled, what needs no sending too, since the journal has it as
    /// open.
    init(_ prepared: PreparedCommit) {
        var items: [Int: CommitItem] = [:]
        var decided: [Int: Decision] = [:]
        for (position, entry) in zip(prepared.positions, prepared.plan.entries) {
            if case .resume = prepared.source, let item = CommitItem(journalled: entry) {
                items[position] = item
                if !entry.action.isWrite { decided[position] = Decision(entry) }
            } else if let item = CommitItem(entry) {
                items[position] = item
            }
        }
        var options = prepared.options.send
        // One list at the end tells of everything only where one at the beginning did.
        options.reviews = prepared.snapshot.isComplete
        self.init(
            items: items, decided: decided, knownIDs: prepared.seenBefore.union(prepared.snapshot.ids),
            readAt: prepared.snapshot.readAt, planner: prepared.options.planner, options: options)
    }

    /// What is known of an entry before anything is sent.
    struct Decision: Sendable {
        let status: CommitStatus
        let answer: Webhook?

        init(_ entry: PlanEntry) {
            let isHeld = entry.action.kind == .already
            status = isHeld ? .confirmed(.equal) : entry.unsentStatus
            answer = entry.live
        }
    }
}
