import Synchronization
import Testing
import WebhookAPI

/// How many are inside, and how many were at most.
private final class Gauge: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func rise() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func fall() {
        state.withLock { $0.now -= 1 }
    }
}

/// Where two threads wait for each other, though not for long: there may be only one.
private final class Start: Sendable {
    private let arrived = Atomic(0)

    func together() {
        arrived.add(1, ordering: .relaxed)
        for _ in 0..<10_000 where arrived.load(ordering: .relaxed) < 2 { continue }
    }
}

@Suite("Rate limiter", .timeLimit(.minutes(1)))
struct RateLimiterTests {
    @Test("never lets more under way than allowed, and lets all through")
    func concurrency() async throws {
        let limiter = RateLimiter(tier: .unlimited, concurrent: 3, time: VirtualTime())
        let underWay = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let ticket = try await limiter.enter()
                    underWay.rise()
                    await Task.yield()
                    underWay.fall()
                    limiter.leave(ticket, Admission.Observation(.good))
                }
            }
            try await group.waitForAll()
        }
        #expect(underWay.most <= 3)
    }

    @Test("no place is lost where a wait is cancelled in the moment in which another request leaves")
    func cancelledTogether() async throws {
        let limiter = RateLimiter(tier: .unlimited, concurrent: 1, time: VirtualTime())
        for _ in 0..<5_000 {
            let ticket = try await limiter.enter()
            let waiting = Task { try await limiter.enter() }
            for _ in 0..<3 { await Task.yield() }
            await withTaskGroup(of: Void.self) { group in
                let start = Start()
                group.addTask {
                    start.together()
                    waiting.cancel()
                }
                group.addTask {
                    start.together()
                    limiter.leave(ticket, Admission.Observation(.neutral))
                }
            }
            if case .success(let ticket) = await waiting.result {
                limiter.leave(ticket, Admission.Observation(.neutral))
            }
        }
    }

    @Test("waits by its clock for the next token")
    func waits() async throws {
        let time = VirtualTime()
        let start = time.now
        let limits = RateLimits(perMinute: 60, burst: 1, concurrent: 10)
        let limiter = RateLimiter(tier: .custom(limits), concurrent: 10, time: time)
        for _ in 0..<4 {
            let ticket = try await limiter.enter()
            limiter.leave(ticket, Admission.Observation(.good))
        }
        #expect(abs((time.now - start).seconds - 3) < 0.01)
    }

    @Test("a turn that is not used is the next one's")
    func forgone() async throws {
        let time = VirtualTime()
        let limits = RateLimits(perMinute: 60, burst: 1, concurrent: 1)
        let limiter = RateLimiter(tier: .custom(limits), concurrent: 1, time: time)
        limiter.forgo(try await limiter.enter())
        limiter.leave(try await limiter.enter(), Admission.Observation(.good))
        #expect(time.sleeps.isEmpty)
        _ = try await limiter.enter()
        #expect(time.sleeps.reduce(.zero, +) == .seconds(1))
    }

    @Test("a cancelled waiter leaves at once and takes nobody's place")
    func cancellation() async throws {
        let limiter = RateLimiter(tier: .unlimited, concurrent: 1, time: VirtualTime())
        let holder = try await limiter.enter()
        let waiter = Task { try await limiter.enter() }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        let next = Task { try await limiter.enter() }
        limiter.leave(holder, Admission.Observation(.neutral))
        limiter.leave(try await next.value, Admission.Observation(.neutral))
    }

    @Test("a task cancelled before it asks is not admitted")
    func cancelledBefore() async throws {
        let limiter = RateLimiter(tier: .unlimited, concurrent: 1, time: VirtualTime())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await limiter.enter()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        let ticket = try await limiter.enter()
        limiter.leave(ticket, Admission.Observation(.neutral))
    }
}
