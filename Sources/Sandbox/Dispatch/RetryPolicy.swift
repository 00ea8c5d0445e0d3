import WebhookModel

/// When a failed delivery is attempted again, and when it is given up.
package struct RetryPolicy: Hashable, Sendable {
    /// The most attempts at one delivery, the first included.
    package var maximumAttempts: Int
    /// The wait before the second attempt; each further wait is twice as long, up to `longest`.
    package var shortest: Duration
    package var longest: Duration

    package init(
        maximumAttempts: Int = 8, shortest: Duration = .seconds(2), longest: Duration = .seconds(600)
    ) {
        self.maximumAttempts = max(1, maximumAttempts)
        self.shortest = shortest
        self.longest = max(shortest, longest)
    }

    enum Verdict: Hashable, Sendable {
        case retry(after: Duration)
        case giveUp
    }

    /// What follows on the failure of attempt `number` (from 1). `draw` is a random number in 0..<1: the wait is between
    /// half and all of its length, so that what failed together doesn't come back together. A destination that asks for
    /// more time gets it, up to `longest`.
    func verdict(attempt number: Int, asked: Duration?, draw: Double) -> Verdict {
        guard number < maximumAttempts else { return .giveUp }
        var wait = shortest
        for _ in 1..<max(1, min(number, 60)) where wait < longest { wait = min(wait * 2, longest) }
        let jittered = wait / 2 + wait / 2 * draw
        return .retry(after: max(jittered, min(asked ?? .zero, longest)))
    }
}
