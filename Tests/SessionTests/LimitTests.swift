import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("The limits of a commit")
struct LimitTests {
    private let pause = Samples.set("active", false)

    private func breaches(
        _ limits: CommitLimits, of count: Int = 30, _ edits: [Edit], on keys: [Int]
    ) async throws -> [LimitBreach] {
        let bench = try await Bench((1...count).map { Samples.document($0) })
        for edit in edits {
            try await bench.session.update { state in _ = try state.stage(edit, on: keys.map { Samples.key($0) }) }
        }
        let report = try await bench.commit { $0.limits = limits }
        #expect(
            report.breaches.isEmpty
                == (bench.service.puts.count + bench.service.requests.count { $0.operation == .delete } > 0))
        #expect(report.breaches.isEmpty || report.outcome == .declined)
        return report.breaches
    }

    @Test("a number of webhooks is not exceeded, and reached it may be")
    func count() async throws {
        let limits = CommitLimits(maximumCount: 3)
        #expect(try await breaches(limits, [pause], on: [1, 2, 3]) == [])
        #expect(try await breaches(limits, [pause], on: [1, 2, 3, 4]) == [.count(4, limit: 3)])
    }

    @Test("a share counts from twenty webhooks on")
    func percent() async throws {
        let limits = CommitLimits(maximumPercent: 20)
        #expect(try await breaches(limits, of: 19, [pause], on: Array(1...19)) == [])
        #expect(try await breaches(limits, of: 20, [pause], on: [1, 2, 3, 4]) == [])
        #expect(
            try await breaches(limits, of: 20, [pause], on: [1, 2, 3, 4, 5])
                == [.percent(25, limit: 20, count: 5, organization: 20)])
    }

    @Test("a deletion must be allowed by name")
    func delete() async throws {
        #expect(try await breaches(.standard, [.delete], on: [1]) == [.needs(.delete, [Samples.key(1)])])
        #expect(try await breaches(CommitLimits(allowed: [.delete]), [.delete], on: [1]) == [])
    }

    @Test("a pause that an edit names is no surprise; one that a whole document brings is")
    func pausing() async throws {
        #expect(try await breaches(.standard, [pause], on: [1]) == [])
        let document = Samples.document(1) { try? $0.set(false, at: [.name("is_active")]) }
        #expect(try await breaches(.standard, [.become(document)], on: [1]) == [.needs(.pause, [Samples.key(1)])])
    }

    @Test("a subscription to everything must be allowed, unless it was there")
    func wildcard() async throws {
        #expect(try await breaches(.standard, [.addEvents(["*"])], on: [1]) == [.needs(.wildcard, [Samples.key(1)])])
        #expect(try await breaches(CommitLimits(allowed: [.wildcard]), [.addEvents(["*"])], on: [1]) == [])
    }

    @Test("moving the URLs of many webhooks to another host must be allowed")
    func hosts() async throws {
        let move = Edit.replace(
            Samples.path("channels.webhook.url"), old: TextPattern(literal: "hooks.example.com"),
            new: "other.example.com")
        #expect(try await breaches(CommitLimits(), [move], on: [1, 2, 3, 4, 5]) == [])
        let six = [1, 2, 3, 4, 5, 6]
        #expect(try await breaches(CommitLimits(), [move], on: six) == [.needs(.host, six.map { Samples.key($0) })])
    }

    @Test("the last event type is refused before sending, and left to the API when that is allowed")
    func last() async throws {
        let bench = try await Bench()
        try await bench.stage(.setEvents([]), on: 1)
        #expect(try await bench.commit().counts == [.invalid: 1])
        #expect(bench.service.puts.isEmpty)
        _ = try await bench.commit { $0.limits = CommitLimits(allowed: [.last]) }
        #expect(bench.service.requests.contains { $0.operation == .update })
    }
}
