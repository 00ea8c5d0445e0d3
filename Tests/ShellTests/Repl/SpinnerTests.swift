import Synchronization
import Testing

@testable import Shell

@Suite("Waiting")
struct SpinnerTests {
    /// Sleeps that end when the test says so.
    private final class Clock: Sendable {
        private let waiting = Mutex<[(Duration, CheckedContinuation<Void, Never>)]>([])

        func sleep(_ duration: Duration) async {
            await withCheckedContinuation { continuation in waiting.withLock { $0.append((duration, continuation)) } }
        }

        /// Lets the sleep end that is being slept, once there is one.
        func advance() async -> Duration {
            while true {
                if let (duration, continuation) = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                    continuation.resume()
                    return duration
                }
                await Task.yield()
            }
        }
    }

    private func wait(_ condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(180)
        while !condition() {
            try #require(ContinuousClock.now < deadline)
            await Task.yield()
        }
    }

    @Test("is not said for a moment, then with what for and how long, and taken back")
    func shown() async throws {
        let errors = CollectedOutput()
        let clock = Clock()
        let spinner = Spinner(
            status: StatusLine(output: errors) { 60 }, delay: .milliseconds(300), frame: .seconds(1),
            sleep: clock.sleep)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let task = Task { await spinner.waiting(for: "the list") { for await _ in gate { return } } }
        #expect(await clock.advance() == .milliseconds(300))
        try await wait { errors.text.contains("waiting for the list") }
        #expect(errors.text == "\r- waiting for the list\u{1B}[K")
        _ = await clock.advance()
        try await wait { errors.text.contains("(1 s)") }
        open.yield()
        await task.value
        #expect(errors.text.hasSuffix("\r\u{1B}[K"))
        _ = await clock.advance()
    }

    @Test("is not said at all where there is no terminal, or when the answer comes at once")
    func silent() async {
        let errors = CollectedOutput()
        let quick = Spinner(status: StatusLine(output: errors) { 60 })
        await quick.waiting(for: "x") {}
        #expect(errors.text == "")
        let clock = Clock()
        let away = Spinner(status: StatusLine(output: errors, columns: nil), sleep: clock.sleep)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let task = Task { await away.waiting(for: "x") { for await _ in gate { return } } }
        _ = await clock.advance()
        _ = await clock.advance()
        open.yield()
        await task.value
        #expect(errors.text == "")
        _ = await clock.advance()
    }

    @Test("output takes the line away first, and goes above a line being edited")
    func steady() throws {
        let terminal = CollectedOutput()
        let status = StatusLine(output: terminal) { 60 }
        let above = CollectedOutput()
        let isEditing = Mutex(false)
        let output = SteadyOutput(terminal, status: status) { text in
            guard isEditing.withLock({ $0 }) else { return false }
            above.write(text)
            return true
        }
        status.show("busy")
        try output.write("data\n")
        #expect(terminal.text == "\rbusy\u{1B}[K\r\u{1B}[Kdata\n")
        isEditing.withLock { $0 = true }
        try output.write("note\n")
        #expect(above.text == "note\n")
        #expect(terminal.text.hasSuffix("data\n"))
    }

    @Test("is cut to the window, and shows no control characters")
    func narrow() {
        let terminal = CollectedOutput()
        StatusLine(output: terminal) { 10 }.show("0123456789\u{1B}[2J")
        #expect(terminal.text == "\r01234567…\u{1B}[K")
    }
}
