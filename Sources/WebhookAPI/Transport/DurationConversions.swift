import NIOCore

extension Duration {
    /// Seconds as a floating-point number.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

    /// Whole nanoseconds; what is beyond 292 years is 292 years.
    var nanoseconds: Int64 {
        let (whole, overflow) = components.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return components.seconds < 0 ? .min : .max }
        let (sum, isOver) = whole.addingReportingOverflow(components.attoseconds / 1_000_000_000)
        return isOver ? (whole < 0 ? .min : .max) : sum
    }
}

extension TimeAmount {
    /// Whole nanoseconds between nothing and a year: deadlines are sums, and must not overflow.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = min(max(duration, .zero), .seconds(31_536_000)).components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
