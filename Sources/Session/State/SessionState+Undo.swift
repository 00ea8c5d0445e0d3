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
        var report = UndoReport()
        while report.steps < count {
            guard let step = undoLog.popUndo() else {
                report.stop = undoLog.isBehindCommit ? .commit : .nothingLeft
                break
            }
            undoLog.pushUndone(swap(step))
            report.add(step)
        }
        forgetGone()
        return report
    }

    /// Brings back what was undone last.
    package mutating func redo(_ count: Int = 1) -> UndoReport {
        var report = UndoReport()
        while report.steps < count {
            guard let step = undoLog.popRedo() else {
                report.stop = .nothingLeft
                break
            }
            undoLog.pushRedone(swap(step))
            report.add(step)
        }
        forgetGone()
        return report
    }
}

extension UndoReport {
    fileprivate mutating func add(_ step: UndoLog.Step) {
        steps += 1
        keys = (keys + step.staged.map(\.key)).uniqued()
    }
}
