import Synchronization

/// Steers a running commit from outside: pause and go on, or let go of it. Cancelling its task stops further sends and
/// waits for what is in flight; `abandon` stops waiting as well. The journal is right either way.
package final class CommitControl: Sendable {
    private struct State {
        var isAbandoned = false
        var isPaused = false
        var send: (@Sendable (CommitMachine.Event) -> Void)?
        var onDrained: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    package func abandon() {
        tell(.abandon) { $0.isAbandoned = true }
    }

    /// Sends nothing more until `proceed`; what is in flight comes to its end, and then `action` is called once.
    package func pause(then action: (@Sendable () -> Void)? = nil) {
        tell(.pause) { state in
            state.isPaused = true
            state.onDrained = action
        }
    }

    package func proceed() {
        tell(.proceed) { $0.isPaused = false }
    }

    package var isPaused: Bool { state.withLock(\.isPaused) }

    /// Hands what was asked for so far, and from now on, to a run.
    func attach(_ send: @escaping @Sendable (CommitMachine.Event) -> Void) {
        let (isAbandoned, isPaused) = state.withLock { state in
            state.send = send
            return (state.isAbandoned, state.isPaused)
        }
        if isPaused { send(.pause) }
        if isAbandoned { send(.abandon) }
    }

    func detach() {
        state.withLock { $0.send = nil }
    }

    /// Nothing is in flight any more.
    func drained() {
        let action = state.withLock { state in
            guard state.isPaused else { return nil as (@Sendable () -> Void)? }
            defer { state.onDrained = nil }
            return state.onDrained
        }
        action?()
    }

    private func tell(_ event: CommitMachine.Event, _ note: (inout State) -> Void) {
        let send = state.withLock { state in
            note(&state)
            return state.send
        }
        send?(event)
    }
}
