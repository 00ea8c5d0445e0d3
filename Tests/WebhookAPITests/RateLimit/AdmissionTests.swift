import Testing
import WebhookAPI

@Suite("Admission")
struct AdmissionTests {
    private typealias Observation = Admission.Observation

    private func open(_ tier: RateTier = .unlimited, concurrent: Int = 100) -> Admission {
        Admission(tier: tier, concurrent: concurrent, now: .zero)
    }

    @Test("admits in order of arrival, up to the bound on requests under way")
    func fifo() {
        var admission = open(concurrent: 2)
        #expect(admission.arrive(1, now: .zero).admitted == [1])
        #expect(admission.arrive(2, now: .zero).admitted == [2])
        #expect(admission.arrive(3, now: .zero) == Admission.Step())
        #expect(admission.arrive(4, now: .zero).admitted == [])
        #expect(admission.finish(2, Observation(.good), now: .zero).admitted == [3])
        #expect(admission.withdraw(4, now: .zero).admitted == [])
        #expect(admission.finish(1, Observation(.good), now: .zero).admitted == [])
    }

    @Test("an ending that was never begun changes nothing")
    func strangers() {
        var admission = open(concurrent: 1)
        #expect(admission.finish(9, Observation(.pushedBack(for: .seconds(5))), now: .zero) == Admission.Step())
        #expect(admission.withdraw(9, now: .zero) == Admission.Step())
        #expect(admission.arrive(1, now: .zero).admitted == [1])
    }

    @Test("a refusal holds everybody back for as long as it says")
    func pause() {
        var admission = open()
        _ = admission.arrive(1, now: .zero)
        _ = admission.finish(1, Observation(.pushedBack(for: .seconds(30))), now: .seconds(1))
        #expect(admission.arrive(2, now: .seconds(2)) == Admission.Step(admitted: [], wake: .seconds(31)))
        #expect(admission.tick(now: .seconds(30)).admitted == [])
        #expect(admission.tick(now: .seconds(31)).admitted == [2])
    }

    @Test("nobody is held back for longer than ten minutes on a server's word")
    func longestPause() {
        var admission = open()
        _ = admission.arrive(1, now: .zero)
        _ = admission.finish(1, Observation(.pushedBack(for: .seconds(86_400))), now: .zero)
        #expect(admission.arrive(2, now: .zero).wake == .seconds(600))
    }

    @Test("a known tier needs no header: a burst of 20 at no more than 10 a second, then one a second")
    func burstThenRate() {
        var times: [Duration] = []
        var admission = open(.custom(RateLimits(perMinute: 60, perSecond: 10, burst: 20, concurrent: 100)))
        run(&admission, requests: 40) { times.append($0) }
        for start in times {
            #expect(times.filter { $0 >= start && $0 < start + .seconds(1) }.count <= 10)
        }
        #expect(times.filter { $0 <= .seconds(4) }.count >= 20)
        #expect(abs(times.last!.seconds - 20) < 0.5)
    }

    @Test(
        "a tier's own concurrency counts when it is lower", arguments: [(RateTier.free, 5), (.pro, 7), (.unlimited, 7)])
    func tierConcurrency(_ tier: RateTier, _ expected: Int) {
        var admission = open(tier, concurrent: 7)
        let admitted = (1...10).flatMap { admission.arrive(UInt64($0), now: .zero).admitted }
        #expect(admitted.count == expected)
    }

    @Test("the server's count caps ours, requests under way not yet counted")
    func remaining() {
        var admission = open(.custom(RateLimits(perMinute: 60, burst: 50, concurrent: 10)))
        _ = admission.arrive(1, now: .zero)
        _ = admission.arrive(2, now: .zero)
        let step = admission.finish(1, Observation(.good, headers: RateLimitHeaders(remaining: 2)), now: .zero)
        #expect(step == Admission.Step())
        #expect(admission.arrive(3, now: .zero).admitted == [3])
        #expect(admission.arrive(4, now: .zero).wake == .seconds(1))
    }

    @Test("automatic learns the rate from limit and window")
    func learns() {
        var admission = open(.automatic)
        for ticket in 1...50 { #expect(admission.arrive(UInt64(ticket), now: .zero).admitted.count == 1) }
        for ticket in 1...50 {
            let headers = RateLimitHeaders(limit: 600, remaining: max(0, 5 - ticket), window: 60)
            _ = admission.finish(UInt64(ticket), Observation(.good, headers: headers), now: .zero)
        }
        #expect(admission.arrive(51, now: .zero).wake == .milliseconds(100))
        #expect(admission.tick(now: .milliseconds(100)).admitted == [51])
    }

    @Test("automatic believes no rate of less than one request in ten minutes", arguments: [(600, false), (601, true)])
    func slowest(_ window: Int, _ isAdmitted: Bool) {
        var admission = open(.automatic)
        _ = admission.arrive(1, now: .zero)
        let headers = RateLimitHeaders(limit: 1, window: window)
        _ = admission.finish(1, Observation(.good, headers: headers), now: .zero)
        #expect(admission.arrive(2, now: .zero).admitted == [2])
        #expect(admission.arrive(3, now: .zero).admitted == (isAdmitted ? [3] : []))
    }

    @Test("automatic waits for the reset when nothing remains and no rate is known")
    func reset() {
        var admission = open(.automatic)
        _ = admission.arrive(1, now: .zero)
        let headers = RateLimitHeaders(remaining: 0, reset: .seconds(9))
        _ = admission.finish(1, Observation(.good, headers: headers), now: .seconds(1))
        #expect(admission.arrive(2, now: .seconds(1)).wake == .seconds(10))
    }

    @Test("unlimited believes no header")
    func unlimited() {
        var admission = open(.unlimited)
        _ = admission.arrive(1, now: .zero)
        let headers = RateLimitHeaders(limit: 1, remaining: 0, reset: .seconds(99), window: 99)
        _ = admission.finish(1, Observation(.good, headers: headers), now: .zero)
        #expect(admission.arrive(2, now: .zero).admitted == [2])
    }

    /// A server with the same bucket refuses nobody, and the run takes no longer than it must.
    @Test("keeps within 2 % of the ideal time and is refused nothing", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func ideal(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        var admission = open(.pro, concurrent: 32)
        var server = TokenBucket(capacity: 200, rate: 10, now: .zero)
        var refused = 0
        var last = Duration.zero
        run(&admission, requests: 1000, latency: { .milliseconds(40 + Int(random.next() % 20)) }) { moment in
            server.refill(now: moment)
            if server.hasToken { server.spend() } else { refused += 1 }
            last = moment
        } remaining: {
            Int(server.level)
        }
        #expect(refused == 0)
        #expect(last.seconds < 80 * 1.02 + 0.1)
    }

    /// Plays requests that all arrive at once against virtual time; `started` hears when each is sent, and then
    /// `remaining` is what its answer will say.
    private func run(
        _ admission: inout Admission, requests: Int, latency: () -> Duration = { .milliseconds(50) },
        started: (Duration) -> Void, remaining: () -> Int? = { nil }
    ) {
        var now = Duration.zero
        var ends: [(moment: Duration, ticket: UInt64, remaining: Int?)] = []
        var wake: Duration?
        var admitted = 0
        func take(_ step: Admission.Step) {
            wake = step.wake
            for ticket in step.admitted {
                admitted += 1
                started(now)
                ends.append((now + latency(), ticket, remaining()))
            }
        }
        for ticket in 1...UInt64(requests) { take(admission.arrive(ticket, now: now)) }
        while admitted < requests {
            let next = ends.indices.min { ends[$0].moment < ends[$1].moment }
            if let wake, next.map({ wake < ends[$0].moment }) ?? true {
                now = max(now, wake)
                take(admission.tick(now: now))
            } else if let next {
                let end = ends.remove(at: next)
                now = end.moment
                let headers = RateLimitHeaders(remaining: end.remaining)
                take(admission.finish(end.ticket, Observation(.good, headers: headers), now: now))
            } else {
                Issue.record("nobody is under way, nobody waits, and \(requests - admitted) were never admitted")
                return
            }
        }
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
