/// Says what is being waited for once that takes longer than a moment.
package actor Spinner {
    private static let frames = ["-", "\\", "|", "/"]

    private let status: StatusLine
    private let delay: Duration
    private let frame: Duration
    private let sleep: @Sendable (Duration) async -> Void
    private var waits: [Int: String] = [:]
    private var lastNumber = 0
    private var ticking: Task<Void, Never>?

    /// - Parameter sleep: waits, and ends early when the task is cancelled.
    package init(
        status: StatusLine, delay: Duration = .milliseconds(300), frame: Duration = .milliseconds(100),
        sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) {
        self.status = status
        self.delay = delay
        self.frame = frame
        self.sleep = sleep
    }

    /// Runs `body` while saying what it waits for, after a moment: `the list of webhooks from api.mixpeek.com`.
    package nonisolated func waiting<Value: Sendable, Failure: Error>(
        for what: String, _ body: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let number = await begin(what)
        do throws(Failure) {
            let value = try await body()
            await end(number)
            return value
        } catch {
            await end(number)
            throw error
        }
    }

    private func begin(_ what: String) -> Int {
        lastNumber += 1
        waits[lastNumber] = what
        if ticking == nil { ticking = Task { await tick() } }
        return lastNumber
    }

    private func end(_ number: Int) {
        waits[number] = nil
        guard waits.isEmpty else { return }
        ticking?.cancel()
        ticking = nil
        status.clear()
    }

    private func tick() async {
        await sleep(delay)
        var count = 0
        while !Task.isCancelled, let text = text {
            let seconds = (delay + frame * count).components.seconds
            let time = seconds > 0 ? " (\(seconds) s)" : ""
            status.show("\(Self.frames[count % Self.frames.count]) waiting for \(text)\(time)")
            count += 1
            await sleep(frame)
        }
    }

    private var text: String? {
        guard let first = waits.min(by: { $0.key < $1.key })?.value else { return nil }
        return waits.count == 1 ? first : "\(first) and \(waits.count - 1) more"
    }
}
