import Dispatch
import Synchronization

/// Makes values on another thread, one ahead of the one that is used.
enum Ahead {
    /// Uses what `make` makes of 0, 1 and so on, in that order. The first one is made here.
    static func forEach<Value: Sendable>(
        _ count: Int, make: @escaping @Sendable (Int) -> Value, use: (Value) throws -> Void
    ) throws {
        if count == 0 { return }
        var value = make(0)
        for index in 0..<count {
            let next = index + 1 < count ? Made { make(index + 1) } : nil
            try use(value)
            if let next { value = next.wait() }
        }
    }

    private final class Made<Value: Sendable>: Sendable {
        private let value = Mutex<Value?>(nil)
        private let isMade = DispatchSemaphore(value: 0)

        init(_ make: @escaping @Sendable () -> Value) {
            DispatchQueue.global(qos: .userInitiated).async {
                self.value.withLock { $0 = make() }
                self.isMade.signal()
            }
        }

        func wait() -> Value {
            isMade.wait()
            guard let value = value.withLock({ $0 }) else { preconditionFailure("signalled once it is made") }
            return value
        }
    }
}
