import Synchronization

/// The effects of a commit that can be let go of while they are under way: all but those on the journal.
final class UnderWay: Sendable {
    private struct State {
        var last = 0
        var tasks: [Int: Task<Void, Never>] = [:]
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Does something in a task of its own.
    func begin(_ body: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            state.last += 1
            let number = state.last
            // It ends behind this lock at the earliest, so that it is never noted after it was forgotten.
            state.tasks[number] = Task { [self] in
                await body()
                end(number)
            }
            if state.isCancelled { state.tasks[number]?.cancel() }
        }
    }

    /// Cancels what is under way, and whatever begins afterwards.
    func cancel() {
        let tasks = state.withLock { state in
            state.isCancelled = true
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
    }

    private func end(_ number: Int) {
        state.withLock { $0.tasks[number] = nil }
    }
}
