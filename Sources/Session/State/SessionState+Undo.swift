/// How far an undo or redo went.
package struct UndoReport: Hashable, Sendable {
    package var steps = 0
    /// The webhooks whose staging changed.
    package var keys: [WebhookKey] = []
    package var stop: Stop?

    /// Why fewer steps were taken than asked for.
    package enum Stop: Hashable, Sendable {
        case nothingLeft
        /// A commit lies before what is left: a rollback goes further.
        case commit
    }
}

extension SessionState {
    package var canUndo: Bool { !undoLog.undoable.isEmpty }
    package var canRedo: Bool { !undoLog.redoable.isEmpty }

    /// Takes back the last commands that staged or discarded something.
    package mutating func undo(_ count: Int = 1) -> UndoReport {
        step(count, stop: undoLog.isBehindCommit ? .commit : .nothingLeft) { state in
            guard let step = state.undoLog.popUndo() else { return nil }
            state.undoLog.pushUndone(state.swap(step))
            return step
        }
    }

    /// Brings back what was undone last.
    package mutating func redo(_ count: Int = 1) -> UndoReport {
        step(count, stop: .nothingLeft) { state in
            guard let step = state.undoLog.popRedo() else { return nil }
            state.undoLog.pushRedone(state.swap(step))
            return step
        }
    }

    private mutating func step(
        _ count: Int, stop: UndoReport.Stop, _ take: (inout SessionState) -> UndoLog.Step?
    ) -> UndoReport {
        var report = UndoReport()
        var keys = Selection()
        while report.steps < count {
            guard let step = take(&self) else {
                report.stop = stop
                break
            }
            report.steps += 1
            keys.add(step.staged.lazy.map(\.key))
        }
        report.keys = keys.keys
        forgetGone()
        return report
    }
}
