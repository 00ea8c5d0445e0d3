import Session
import Synchronization
import WebhookModel

/// Shows how far a commit is: one line that is written over on a terminal, plain lines at intervals elsewhere.
final class ProgressMeter: Sendable {
    private struct State {
        var total: Int
        var done = 0
        var startedAt: Timestamp
        var shownAt: Timestamp?
        var remark: String?
        /// Why nothing is sent for now.
        var hold: String?
        var isShown = false
    }

    private let shell: Shell
    private let isLine: Bool
    private let state: Mutex<State>

    /// How often a line is written: on a terminal, and elsewhere.
    private static let intervals = (line: Duration.milliseconds(100), plain: Duration.seconds(10))

    init(shell: Shell, total: Int) {
        self.shell = shell
        isLine = shell.environment.terminal.errorIsTerminal && !shell.environment.terminal.isDumb
        state = Mutex(State(total: total, startedAt: shell.environment.now()))
    }

    static func awaiting(_ run: RunID, _ duration: Duration) -> String {
        "A write of run \(run) may still be on its way; looking again in \(DurationText.short(duration))."
    }

    func note(_ progress: CommitProgress) {
        if case .awaiting(let run, let duration) = progress {
            return shell.messages.note(Self.awaiting(run, duration))
        }
        let now = shell.environment.now()
        let text = state.withLock { state -> String? in
            switch progress {
            case .refreshing, .planned, .awaiting: return nil
            case .started(_, let total):
                state.total = total
                state.startedAt = now
                state.shownAt = now
                return nil
            case .finished(_, _, let done, let total):
                (state.done, state.total, state.remark) = (done, total, nil)
            case .settling(let key, let duration):
                state.remark = "\(key): no answer; looking in \(DurationText.short(duration))"
            case .rereading: state.remark = "reading again"
            case .reviewing: state.remark = "checking"
            }
            let interval = isLine ? Self.intervals.line : Self.intervals.plain
            guard let shown = state.shownAt, now.since(shown) >= interval, state.done < state.total else { return nil }
            state.shownAt = now
            state.isShown = true
            return Self.text(state, now)
        }
        if let text { shell.messages.progress(text, overwrites: isLine) }
    }

    /// Says at once why nothing is sent for now; nil when sending goes on.
    func hold(_ reason: String?) {
        let now = shell.environment.now()
        let text = state.withLock { state -> String? in
            state.hold = reason
            guard reason != nil else { return nil }
            state.shownAt = now
            state.isShown = true
            return Self.text(state, now)
        }
        if let text { shell.messages.progress(text, overwrites: isLine) }
    }

    /// Takes the line away again.
    func end() {
        let isShown = state.withLock { state in
            defer { state.isShown = false }
            return state.isShown
        }
        if isShown, isLine { shell.messages.progress("", overwrites: true) }
    }

    /// `120 of 1000, 48/s, 18s left`
    private static func text(_ state: State, _ now: Timestamp) -> String {
        var text = "\(state.done) of \(state.total)"
        let (seconds, attoseconds) = now.since(state.startedAt).components
        let elapsed = Double(seconds) + Double(attoseconds) / 1e18
        if elapsed > 0, state.done > 0 {
            let rate = Double(state.done) / elapsed
            text += rate >= 10 ? ", \(Int(rate))/s" : ", \(Int(rate * 60))/min"
            text += ", \(DurationText.short(seconds: Double(state.total - state.done) / rate)) left"
        }
        for remark in [state.remark, state.hold].compactMap(\.self) { text += "; \(remark)" }
        return text
    }
}
