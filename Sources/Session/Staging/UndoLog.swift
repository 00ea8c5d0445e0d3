/// What can be undone and redone: for each step, the staging of the webhooks it touched as it was on the other side.
///
/// Values share their documents with the staging, so a step costs what it changed and not a copy of the session.
struct UndoLog: Sendable {
    struct Step: Sendable {
        var staged: [(key: WebhookKey, staged: Staged?)]
    }

    private(set) var undoable: [Step] = []
    private(set) var redoable: [Step] = []
    /// Whether a commit stands below the oldest step.
    private(set) var isBehindCommit = false

    /// A new step: what was undone before can't be redone any more.
    mutating func record(_ step: Step) {
        undoable.append(step)
        redoable.removeAll()
    }

    mutating func popUndo() -> Step? { undoable.popLast() }
    mutating func popRedo() -> Step? { redoable.popLast() }
    mutating func pushUndone(_ step: Step) { redoable.append(step) }
    mutating func pushRedone(_ step: Step) { undoable.append(step) }

    /// Nothing before a commit can be undone or redone.
    mutating func close() {
        self = UndoLog()
        isBehindCommit = true
    }
}
