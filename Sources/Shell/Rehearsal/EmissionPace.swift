/// In which portions events are emitted, and how long after each: as many as the server takes at once, or so many a
/// second.
struct EmissionPace: Hashable, Sendable {
    /// The most events of one request.
    static let largest = 10_000
    /// How often a second at most.
    static let portionsPerSecond = 10.0
    static let rates = 0.001...100_000.0

    private let count: Int
    private let rate: Double?
    private var sent = 0
    private var portions = 0

    init(count: Int, rate: Double?) {
        self.count = count
        self.rate = rate
    }

    /// From the beginning of one portion to that of the next; zero without a rate.
    var interval: Duration { rate.map { .seconds(1 / min($0, Self.portionsPerSecond)) } ?? .zero }

    /// The size of the next portion, 1…10,000; nil when all are sent.
    mutating func next() -> Int? {
        guard sent < count else { return nil }
        portions += 1
        var size = Self.largest
        if let rate {
            // What is due by now, so that a part of an event carries over.
            let due = (Double(portions) * rate / min(rate, Self.portionsPerSecond)).rounded()
            size = max(1, Int(due) - sent)
        }
        size = min(size, Self.largest, count - sent)
        sent += size
        return size
    }
}
