import Synchronization

/// Waits on a thread of one's own, which may block, for what a task does.
enum Waiting {
    /// nil if the process has no descriptors left.
    static func result<Value: Sendable>(of body: @escaping @Sendable () async -> Value) -> Value? {
        guard let pipe = WakePipe() else { return nil }
        let box = Box<Value>()
        Task {
            let value = await body()
            box.value.withLock { $0 = value }
            pipe.wake()
        }
        let poll = InputPoll(descriptor: -1, pipe: pipe)
        while true {
            if let value = box.value.withLock({ $0 }) { return value }
            _ = poll.wait()
        }
    }

    private final class Box<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }
}
