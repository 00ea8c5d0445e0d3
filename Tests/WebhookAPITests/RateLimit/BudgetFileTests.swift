import Glibc
import TestSupport
import Testing

@testable import WebhookAPI

@Suite("A budget that processes share", .timeLimit(.minutes(1)))
struct BudgetFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.file("budget") }

    private func limiter(_ tier: RateTier, _ time: VirtualTime, path: String? = nil) -> RateLimiter {
        RateLimiter(tier: tier, concurrent: 100, time: time, store: BudgetFile(path: path ?? self.path))
    }

    private func send(
        _ limiter: RateLimiter, _ count: Int, _ observation: Admission.Observation = Admission.Observation(.good)
    ) async throws {
        for _ in 0..<count { limiter.leave(try await limiter.enter(), observation) }
    }

    @Test("two of them together send what one may")
    func together() async throws {
        let time = VirtualTime()
        let start = time.now
        let tier = RateTier.custom(RateLimits(perMinute: 60, burst: 10, concurrent: 100))
        let (first, second) = (limiter(tier, time), limiter(tier, time))
        for _ in 0..<20 {
            try await send(first, 1)
            try await send(second, 1)
        }
        #expect(abs((time.now - start).seconds - 30) < 0.01)
    }

    @Test("one that begins later finds what an earlier one left")
    func later() async throws {
        let time = VirtualTime()
        let tier = RateTier.custom(RateLimits(perMinute: 60, burst: 10, concurrent: 100))
        try await send(limiter(tier, time), 10)
        let start = time.now
        try await send(limiter(tier, time), 3)
        #expect(abs((time.now - start).seconds - 3) < 0.01)
    }

    @Test("a refusal to one holds back all")
    func refusal() async throws {
        let time = VirtualTime()
        try await send(limiter(.automatic, time), 1, Admission.Observation(.pushedBack(for: .seconds(40))))
        let start = time.now
        try await send(limiter(.pro, time), 1)
        #expect(time.now - start == .seconds(40))
    }

    @Test("a first refusal is not written over a longer one that another had meanwhile")
    func refusals() async throws {
        let time = VirtualTime()
        let (first, second) = (limiter(.automatic, time), limiter(.automatic, time))
        let one = try await first.enter()
        let other = try await second.enter()
        first.leave(one, Admission.Observation(.pushedBack(for: .seconds(40))))
        second.leave(other, Admission.Observation(.pushedBack(for: .seconds(5))))
        let start = time.now
        try await send(limiter(.pro, time), 1)
        #expect(time.now - start == .seconds(40))
    }

    @Test("what the headers told one, all know, until it is old")
    func learned() async throws {
        let time = VirtualTime()
        let told = RateLimitHeaders(limit: 60, remaining: 0, window: 60)
        try await send(limiter(.automatic, time), 1, Admission.Observation(.good, headers: told))
        let start = time.now
        try await send(limiter(.automatic, time), 2)
        #expect(abs((time.now - start).seconds - 2) < 0.01)
        time.advance(by: .seconds(601))
        let later = time.now
        try await send(limiter(.automatic, time), 200)
        #expect(time.now == later)
    }

    @Test("one without bounds asks nobody")
    func unlimited() async throws {
        let time = VirtualTime()
        try await send(limiter(.free, time), 25)
        let start = time.now
        try await send(limiter(.unlimited, time), 50)
        #expect(time.now == start)
    }

    @Test("other figures for the same key begin with no more than is left")
    func otherFigures() async throws {
        let time = VirtualTime()
        try await send(limiter(.custom(RateLimits(perMinute: 60, burst: 10, concurrent: 9)), time), 10)
        let start = time.now
        try await send(limiter(.custom(RateLimits(perMinute: 120, burst: 50, concurrent: 9)), time), 1)
        #expect(abs((time.now - start).seconds - 0.5) < 0.01)
    }

    @Test("a clock that began anew frees everybody")
    func restart() async throws {
        let before = VirtualTime()
        before.advance(by: .seconds(1_000_000))
        try await send(limiter(.free, before), 20)
        let after = VirtualTime()
        let start = after.now
        try await send(limiter(.free, after), 5)
        #expect(after.now == start)
    }

    @Test("without a file, or with one that is none of ours, each has a budget of its own")
    func unusable() async throws {
        let free = RateTier.custom(RateLimits(perMinute: 60, burst: 5, concurrent: 9))
        try folder.write([UInt8](repeating: 0xFF, count: 80), to: "noise")
        try folder.write([UInt8](repeating: 0xFF, count: 4000), to: "long")
        try folder.write([], to: "target")
        #expect(symlink(folder.file("target"), folder.file("link")) == 0)
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        for name in ["none/budget", "link", "pipe", "noise", "long"] {
            let time = VirtualTime()
            let start = time.now
            try await send(limiter(free, time, path: folder.file(name)), 7)
            #expect(abs((time.now - start).seconds - 2) < 0.01, "\(name)")
        }
        #expect(folder.read("target") == [])
    }

    @Test("the file is for its owner alone")
    func mode() async throws {
        try await send(limiter(.free, VirtualTime()), 1)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size == 80)
    }

    @Test("whoever waits for a lock that is never given back goes alone")
    func lock() async throws {
        try await send(limiter(.free, VirtualTime()), 20)
        let holder = open(path, O_RDWR)
        defer { close(holder) }
        #expect(flock(holder, LOCK_EX) == 0)
        let time = VirtualTime()
        let start = time.now
        try await send(limiter(.free, time), 2)
        #expect(time.now == start)
    }

    @Test("what is read is what was written")
    func words() {
        var random = SplitMix(seed: 7)
        for _ in 0..<200 {
            func bucket() -> TokenBucket? {
                guard random.next() % 4 > 0 else { return nil }
                let capacity = Double(1 + random.next() % 1000)
                return TokenBucket(
                    capacity: capacity, rate: Double(1 + random.next() % 9999) / 60,
                    level: Double(random.next() % 1000) / 1000 * capacity,
                    updated: .nanoseconds(Int64(random.next() >> 3)))
            }
            let pause = random.next() % 2 == 0 ? nil : Duration.nanoseconds(1 + Int64(random.next() >> 3))
            let budget = RateBudget(steady: bucket(), peak: bucket(), pausedUntil: pause)
            #expect(RateBudget(words: budget.words) == budget)
        }
    }
}
