import Testing

@testable import Sandbox

@Suite("When a failed delivery is attempted again")
struct RetryPolicyTests {
    private let policy = RetryPolicy(maximumAttempts: 6, shortest: .seconds(2), longest: .seconds(10))

    @Test("waits double up to the longest, between half and all of it; then the delivery is given up")
    func backOff() {
        let whole = [2, 4, 8, 10, 10]
        for (index, seconds) in whole.enumerated() {
            for draw in [0, 0.25, 0.999] {
                guard case .retry(let wait) = policy.verdict(attempt: index + 1, asked: nil, draw: draw) else {
                    Issue.record("attempt \(index + 1) was given up")
                    return
                }
                #expect(wait >= .seconds(seconds) / 2 && wait <= .seconds(seconds))
            }
        }
        #expect(policy.verdict(attempt: 6, asked: nil, draw: 0) == .giveUp)
        #expect(policy.verdict(attempt: 60, asked: .seconds(1), draw: 0) == .giveUp)
    }

    @Test("a destination that asks for more time gets it, within the longest wait")
    func asked() {
        #expect(policy.verdict(attempt: 1, asked: .seconds(7), draw: 0) == .retry(after: .seconds(7)))
        #expect(policy.verdict(attempt: 1, asked: .seconds(7_000), draw: 0) == .retry(after: .seconds(10)))
        #expect(policy.verdict(attempt: 1, asked: .zero, draw: 0) == .retry(after: .seconds(1)))
    }
}
