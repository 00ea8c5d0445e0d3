import Testing
import WebhookAPI

@Suite("Retry policy")
struct RetryRunTests {
    private let policy = RetryPolicy(
        attempts: 5, firstBackoff: .seconds(1), longestBackoff: .seconds(4), longestToldWait: .seconds(100),
        budget: .seconds(30))

    private func isRepeated(_ event: RetryRun.Event, _ safety: RepeatSafety) -> Bool {
        var run = RetryRun(policy: policy, safety: safety, started: .zero)
        return run.next(after: event, now: .zero, draw: 0.5) != .conclude
    }

    private static let kinds: [TransportFailure.Kind] = [
        .unreachable(""), .certificate(""), .timedOut, .lost(""), .notHTTP(""), .bodyTooLarge(limit: 1), .cancelled,
        .closed, .invalidRequest(""),
    ]
    private static let safeties: [RepeatSafety] = [.read, .write, .create]

    @Test("never repeats a write or create that may have happened", arguments: kinds, [RepeatSafety.write, .create])
    func ambiguousWrites(_ kind: TransportFailure.Kind, _ safety: RepeatSafety) {
        #expect(!isRepeated(.failed(TransportFailure(kind, progress: .sent)), safety))
        #expect(!isRepeated(.failed(TransportFailure(kind, progress: .answered(status: 200))), safety))
    }

    @Test("repeats a failed connect for everything", arguments: safeties)
    func connects(_ safety: RepeatSafety) {
        #expect(isRepeated(.failed(TransportFailure(.unreachable(""), progress: .notSent)), safety))
    }

    @Test("repeats no certificate error, cancellation, shut-down, oversize or broken request", arguments: safeties)
    func hopeless(_ safety: RepeatSafety) {
        for kind in [
            TransportFailure.Kind.certificate(""), .bodyTooLarge(limit: 1), .cancelled, .closed, .invalidRequest(""),
        ] {
            #expect(!isRepeated(.failed(TransportFailure(kind, progress: .notSent)), safety))
        }
    }

    @Test(
        "repeats by status what that status makes safe",
        arguments: [
            (429, nil, true, true, true), (429, 3, true, true, true), (503, nil, true, false, false),
            (503, 3, true, true, false), (500, nil, true, false, false), (502, 3, true, false, false),
            (504, nil, true, false, false), (408, nil, true, false, false), (200, nil, false, false, false),
            (404, 3, false, false, false), (401, nil, false, false, false), (422, nil, false, false, false),
            (501, nil, false, false, false), (302, 1, false, false, false),
        ] as [(Int, Int?, Bool, Bool, Bool)])
    func statuses(_ status: Int, _ told: Int?, _ read: Bool, _ write: Bool, _ create: Bool) {
        let event = RetryRun.Event.answered(status: status, retryAfter: told.map { .seconds($0) })
        #expect(isRepeated(event, .read) == read)
        #expect(isRepeated(event, .write) == write)
        #expect(isRepeated(event, .create) == create)
    }

    @Test("waits exactly as told, whatever the draw")
    func told() {
        var run = RetryRun(policy: policy, safety: .write, started: .zero)
        for draw in [0, 0.99] {
            #expect(
                run.next(after: .answered(status: 429, retryAfter: .seconds(7)), now: .zero, draw: draw)
                    == .again(after: .seconds(7)))
        }
    }

    @Test("draws the back-off from nothing up to a bound that doubles to its cap")
    func backoff() {
        var run = RetryRun(policy: policy, safety: .read, started: .zero)
        let event = RetryRun.Event.answered(status: 500, retryAfter: nil)
        var waits: [RetryRun.Action] = []
        for _ in 0..<5 { waits.append(run.next(after: event, now: .zero, draw: 0.5)) }
        let expected: [RetryRun.Action] = [
            .again(after: .milliseconds(500)), .again(after: .seconds(1)), .again(after: .seconds(2)),
            .again(after: .seconds(2)), .conclude,
        ]
        #expect(waits == expected)
        var eager = RetryRun(policy: policy, safety: .read, started: .zero)
        #expect(eager.next(after: event, now: .zero, draw: 0) == .again(after: .zero))
    }

    @Test("ends with its attempts, however long they took")
    func attempts() {
        var run = RetryRun(policy: .never, safety: .read, started: .zero)
        #expect(run.next(after: .answered(status: 429, retryAfter: .zero), now: .zero, draw: 0) == .conclude)
        #expect(run.attempt == 1)
    }

    @Test("starts nothing beyond its budget, waits that the server asked for not counted")
    func budget() {
        let event = RetryRun.Event.answered(status: 500, retryAfter: nil)
        var late = RetryRun(policy: policy, safety: .read, started: .seconds(10))
        #expect(late.next(after: event, now: .seconds(41), draw: 0) == .conclude)
        var patient = RetryRun(policy: policy, safety: .read, started: .zero)
        _ = patient.next(after: .answered(status: 429, retryAfter: .seconds(90)), now: .zero, draw: 0)
        #expect(patient.next(after: event, now: .seconds(95), draw: 0) == .again(after: .zero))
    }

    @Test("waiting for one's turn takes nothing off the budget")
    func excused() {
        var run = RetryRun(policy: policy, safety: .create, started: .zero)
        run.excuse(.seconds(600))
        let event = RetryRun.Event.failed(TransportFailure(.unreachable(""), progress: .notSent))
        #expect(run.next(after: event, now: .seconds(630), draw: 0) == .again(after: .zero))
        #expect(run.next(after: event, now: .seconds(631), draw: 0) == .conclude)
    }

    @Test("hands a wait that is too long to the caller")
    func tooLong() {
        var run = RetryRun(policy: policy, safety: .read, started: .zero)
        #expect(
            run.next(after: .answered(status: 429, retryAfter: .seconds(101)), now: .zero, draw: 0) == .conclude)
    }
}
