import Synchronization

/// Counts what the server does since its start.
final class Meter: Sendable {
    struct RequestLabel: Hashable, Comparable {
        let operation: String
        let status: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.operation, left.status) < (right.operation, right.status)
        }
    }

    struct DeliveryLabel: Hashable, Comparable {
        let kind: String
        let outcome: String

        static func < (left: Self, right: Self) -> Bool { (left.kind, left.outcome) < (right.kind, right.outcome) }
    }

    /// How many took at most so long, by upper bounds in seconds; the last bound is infinite.
    struct Histogram {
        static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        var counts = [Int](repeating: 0, count: bounds.count + 1)
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            sum += seconds
        }
    }

    struct Counts {
        var requests: [RequestLabel: Int] = [:]
        var durations = Histogram()
        var events = 0
        var deliveries: [DeliveryLabel: Int] = [:]
        var faults = 0
    }

    private static let kinds: Set<String> = ["slack", "email", "webhook", "sms"]

    private let counts = Mutex(Counts())

    var current: Counts { counts.withLock { $0 } }

    func request(_ operation: String, status: Int, took duration: Duration) {
        let seconds = duration / .seconds(1)
        counts.withLock { counts in
            counts.requests[RequestLabel(operation: operation, status: status), default: 0] += 1
            counts.durations.add(seconds)
        }
    }

    func events(_ count: Int) { counts.withLock { $0.events += count } }

    func faults(_ count: Int) { counts.withLock { $0.faults += count } }

    func delivery(_ kind: String, _ result: DeliveryResult) {
        let outcome = result.status == .pending ? "failed" : result.status.name
        // A kind is what a webhook says it is: unknown ones share a label, lest there be one for each.
        let label = DeliveryLabel(kind: Self.kinds.contains(kind) ? kind : "other", outcome: outcome)
        counts.withLock { $0.deliveries[label, default: 0] += 1 }
    }
}
