import Synchronization

/// Steers a running commit from outside: pause and go on, or let go of it. Cancelling its task stops further sends and
/// waits for what is in flight; `abandon` stops waiting as well. The journal is right either way.
package final class CommitControl: Sendable {
    /// Who may hold a commit: each lets go of what it holds itself, and nothing is sent while anybody holds.
    package enum Holder: Hashable, Sendable {
        case suspension, pauseFile
    }

    private struct State {
        var isAbandoned = false
        var holders: Set<Holder> = []
        var send: (@Sendable (CommitMachine.Event) -> Void)?
        var onDrained: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    package func abandon() {
        tell(.abandon) { $0.isAbandoned = true }
    }

    /// Sends nothing more until `proceed`; what is in flight comes to its end, and then `action` is called once.
    package func pause(by holder: Holder, then action: (@Sendable () -> Void)? = nil) {
        tell(.pause) { state in
            state.holders.insert(holder)
            if let action { state.onDrained = action }
        }
    }

    /// Goes on, unless somebody else holds it.
    package func proceed(by holder: Holder) {
        tell(.proceed) { $0.holders.remove(holder) }
    }

    package var isPaused: Bool { state.withLock { !$0.holders.isEmpty } }

    /// Hands what was asked for so far, and from now on, to a run.
    func attach(_ send: @escaping @Sendable (CommitMachine.Event) -> Void) {
        state.withLock { state in
            state.send = send
            if !state.holders.isEmpty { send(.pause) }
            if state.isAbandoned { send(.abandon) }
        }
    }

    func detach() {
        state.withLock { $0.send = nil }
    }

    /// Nothing is in flight any more.
    func drained() {
        let action = state.withLock { state in
            defer { state.onDrained = nil }
            return state.onDrained
        }
        action?()
    }

    /// Under the lock, so that the run hears of what happens in the order in which it does.
    private func tell(_ event: CommitMachine.Event, _ note: (inout State) -> Void) {
        state.withLock { state in
            note(&state)
            if case .proceed = event, !state.holders.isEmpty { return }
            state.send?(event)
        }
    }
}
