/// How many requests may be under way: halves when the server pushes back, grows by one a round of good answers.
package struct AdaptiveConcurrency: Hashable, Sendable {
    package let ceiling: Int
    private var allowance: Double
    /// Push-backs to requests admitted before this are echoes of one that was heard already.
    private var lastCut: Duration?

    package init(ceiling: Int) {
        self.ceiling = max(1, ceiling)
        allowance = Double(self.ceiling)
    }

    package var limit: Int { max(1, min(ceiling, Int(allowance))) }

    package mutating func succeeded() {
        allowance = min(Double(ceiling), allowance + 1 / max(1, allowance))
    }

    /// A 429 or 503 came to a request that was admitted at `admitted`.
    package mutating func pushedBack(admitted: Duration, now: Duration) {
        if let lastCut, admitted <= lastCut { return }
        lastCut = now
        allowance = max(1, allowance / 2)
    }
}
