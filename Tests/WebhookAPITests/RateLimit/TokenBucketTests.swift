import Testing
import WebhookAPI

@Suite("Token bucket and concurrency")
struct TokenBucketTests {
    @Test("gives its burst at once, then a token each interval")
    func burst() {
        var bucket = TokenBucket(capacity: 3, rate: 2, now: .seconds(10))
        for _ in 0..<3 {
            #expect(bucket.hasToken)
            bucket.spend()
        }
        #expect(!bucket.hasToken)
        #expect(bucket.ready == .milliseconds(10_500))
        bucket.refill(now: .milliseconds(10_499))
        #expect(!bucket.hasToken)
        bucket.refill(now: bucket.ready)
        #expect(bucket.hasToken)
    }

    @Test("never holds more than its capacity, nor loses by a clock that goes back")
    func capacity() {
        var bucket = TokenBucket(capacity: 2, rate: 1, now: .zero)
        bucket.refill(now: .seconds(1_000_000))
        #expect(bucket.level == 2)
        bucket.spend()
        bucket.refill(now: .seconds(5))
        #expect(bucket.level == 1)
    }

    @Test("is capped by the server's count, never raised by it")
    func cap() {
        var bucket = TokenBucket(capacity: 10, rate: 1, now: .zero)
        bucket.cap(at: 4)
        bucket.cap(at: 8)
        #expect(bucket.level == 4)
        bucket.cap(at: -3)
        #expect(bucket.level == 0)
    }

    @Test("the moment it names is always one at which it has a token")
    func readyIsReady() {
        var random = SplitMix(seed: 7)
        for _ in 0..<2000 {
            var bucket = TokenBucket(capacity: 5, rate: Double(random.next() % 1000 + 1) / 60, now: .zero)
            for _ in 0..<5 { bucket.spend() }
            bucket.refill(now: .milliseconds(Int(random.next() % 50)))
            bucket.refill(now: bucket.ready)
            #expect(bucket.hasToken)
        }
    }

    @Test("concurrency halves once for a round of refusals and grows by one for a round of answers")
    func concurrency() {
        var concurrency = AdaptiveConcurrency(ceiling: 16)
        concurrency.pushedBack(admitted: .seconds(1), now: .seconds(2))
        concurrency.pushedBack(admitted: .seconds(1), now: .seconds(2))
        concurrency.pushedBack(admitted: .seconds(2), now: .seconds(3))
        #expect(concurrency.limit == 8)
        concurrency.pushedBack(admitted: .seconds(3), now: .seconds(4))
        #expect(concurrency.limit == 4)
        for _ in 0..<5 { concurrency.succeeded() }
        #expect(concurrency.limit == 5)
        for _ in 0..<1000 { concurrency.succeeded() }
        #expect(concurrency.limit == 16)
    }

    @Test("concurrency never falls below one")
    func atLeastOne() {
        var concurrency = AdaptiveConcurrency(ceiling: 0)
        for second in 1..<20 { concurrency.pushedBack(admitted: .seconds(second), now: .seconds(second + 1)) }
        #expect(concurrency.limit == 1)
    }
}
