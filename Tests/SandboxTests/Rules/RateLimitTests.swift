import Testing

@testable import Sandbox

@Suite("Rate limits")
struct RateLimitTests {
    private let organization = OrganizationID(row: 1)
    private let tier = SandboxTier(perMinute: 60, perSecond: 100, concurrent: 100, burst: 5)

    private func isAllowed(_ decision: RateLimiter.Decision) -> Bool {
        if case .allowed = decision { true } else { false }
    }

    @Test("a burst passes, then requests pass at the tier's pace")
    func burst() {
        let limiter = RateLimiter(tier: tier)
        let first = (0..<8).map { _ in isAllowed(limiter.begin(organization, at: .zero)) }
        #expect(first == [true, true, true, true, true, false, false, false])
        #expect(!isAllowed(limiter.begin(organization, at: .milliseconds(999))))
        #expect(isAllowed(limiter.begin(organization, at: .milliseconds(1_001))))
        #expect(!isAllowed(limiter.begin(organization, at: .milliseconds(1_002))))
    }

    @Test("over a long time no more pass than the tier allows, and nearly as many")
    func longRun() {
        let limiter = RateLimiter(tier: tier)
        var generator = SeededGenerator(seed: 9)
        var now = Duration.zero
        var passed = 0
        while now < .seconds(600) {
            if isAllowed(limiter.begin(organization, at: now)) {
                passed += 1
                limiter.finished(organization)
            }
            now += .milliseconds(Int.random(in: 1...400, using: &generator))
        }
        #expect((595...605).contains(passed))
    }

    @Test("a refusal tells how long to wait, and after that a request passes")
    func retryAfter() {
        let limiter = RateLimiter(tier: tier)
        for _ in 0..<5 { _ = limiter.begin(organization, at: .zero) }
        guard case .refused(let budget, let wait) = limiter.begin(organization, at: .zero) else {
            Issue.record("allowed")
            return
        }
        #expect(budget == RateLimiter.Budget(limit: 60, remaining: 0, untilReset: .seconds(5)))
        #expect(isAllowed(limiter.begin(organization, at: wait)))
    }

    @Test("requests in hand count until they are answered")
    func concurrency() {
        let limiter = RateLimiter(tier: SandboxTier(perMinute: 6_000, perSecond: 100, concurrent: 2, burst: 100))
        #expect(isAllowed(limiter.begin(organization, at: .zero)))
        #expect(isAllowed(limiter.begin(organization, at: .zero)))
        #expect(!isAllowed(limiter.begin(organization, at: .zero)))
        #expect(isAllowed(limiter.begin(OrganizationID(row: 2), at: .zero)))
        limiter.finished(organization)
        #expect(isAllowed(limiter.begin(organization, at: .zero)))
    }

    @Test("a clock that goes back gives nothing")
    func clockGoesBack() {
        let limiter = RateLimiter(tier: tier)
        for _ in 0..<5 { _ = limiter.begin(organization, at: .seconds(10)) }
        #expect(!isAllowed(limiter.begin(organization, at: .seconds(1))))
    }

    @Test("answers carry the limit's headers, and a refusal is 429 with Retry-After")
    func headers() async throws {
        try await Harness.run(seed: .none, { $0.tier = .free }) { sandbox in
            let first = try await sandbox.request("GET", "/")
            #expect(first.header("x-ratelimit-limit") == "60")
            #expect(first.header("x-ratelimit-remaining") == "19")
            #expect(first.header("x-ratelimit-reset") == "\(sandbox.surroundings.now.seconds + 1)")
            #expect(first.header("x-ratelimit-window") == "60")
            var refused: Reply?
            for _ in 0..<30 where refused == nil {
                let reply = try await sandbox.request("GET", "/wh_none")
                if reply.status == 429 { refused = reply }
            }
            #expect(refused?.errorType == "TooManyRequestsError")
            #expect(refused?.header("retry-after") == "1")
            #expect(refused?.header("x-ratelimit-remaining") != nil)
            sandbox.surroundings.advance(by: .seconds(2))
            #expect(try await sandbox.request("GET", "/").status == 200)
        }
    }

    @Test("without a tier there are neither limits nor headers")
    func none() async throws {
        try await Harness.run { sandbox async throws in
            for _ in 0..<50 {
                #expect(try await sandbox.request("GET", "/wh_none").header("x-ratelimit-limit") == nil)
            }
        }
    }
}
