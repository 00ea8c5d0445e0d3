import Dispatch
import Synchronization

/// Makes values on another thread, one ahead of the one that is used.
enum Ahead {
    /// Uses what `make` makes of 0, 1 and so on, in that order.
    static func forEach<Value: Sendable>(
        _ count: Int, make: @escaping @Sendable (Int) -> Value, use: (Value) throws -> Void
    ) throws {
        var next: Made<Value>?
        for index in 0..<count {
            let value = next?.value() ?? make(index)
            next = index + 1 < count ? Made { make(index + 1) } : nil
            try use(value)
        }
    }

    /// A value that another thread makes, or whoever wants it first: it is never waited for a thread.
    private final class Made<Value: Sendable>: Sendable {
        private let make: @Sendable () -> Value
        private let isBegun = Atomic(false)
        private let result = Mutex<Value?>(nil)
        private let isMade = DispatchSemaphore(value: 0)

        init(_ make: @escaping @Sendable () -> Value) {
            self.make = make
            DispatchQueue.global(qos: .userInitiated).async { self.begin() }
        }

        func value() -> Value {
            begin()
            isMade.wait()
            guard let value = result.withLock({ $0 }) else { preconditionFailure("signalled once it is made") }
            return value
        }

        private func begin() {
            if isBegun.exchange(true, ordering: .relaxed) { return }
            let value = make()
            result.withLock { $0 = value }
            isMade.signal()
        }
    }
}
