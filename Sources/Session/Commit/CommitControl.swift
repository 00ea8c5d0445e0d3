import Synchronization

/// Lets go of a running commit: cancelling its task stops further sends and waits for what is in flight; `abandon` stops
/// waiting as well. The journal is right either way.
package final class CommitControl: Sendable {
    private struct State {
        var isAbandoned = false
        var abandon: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    package func abandon() {
        let action = state.withLock { state in
            state.isAbandoned = true
            return state.abandon
        }
        action?()
    }

    func attach(_ action: @escaping @Sendable () -> Void) {
        let isAbandoned = state.withLock { state in
            state.abandon = action
            return state.isAbandoned
        }
        if isAbandoned { action() }
    }
}
