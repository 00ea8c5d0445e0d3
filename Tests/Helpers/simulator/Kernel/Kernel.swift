import WebhookModel

/// Virtual time and the order of all that happens in it.
///
/// `@unchecked Sendable` because the whole process has one thread: see `JobQueue`.
final class Kernel: @unchecked Sendable {
    /// Nanoseconds since 1970.
    private(set) var now: Int64 = 1_767_225_600_000_000_000
    private var timeline = Timeline()
    private var dice: Dice
    private let isShuffled: Bool
    private var waiting: [UInt64: UnsafeContinuation<Bool, Never>] = [:]
    private var lastWait: UInt64 = 0
    /// After a run, when everything that still waits is let go.
    private(set) var isClosing = false
    private(set) var jobsRun = 0

    /// Why a run did not come to its end.
    enum Stuck: Error {
        /// Nothing is left to happen, and somebody still waits.
        case deadlock
        /// It goes on and on.
        case endless
    }

    init(dice: Dice, isShuffled: Bool) {
        self.dice = dice
        self.isShuffled = isShuffled
    }

    var timestamp: Timestamp {
        Timestamp(seconds: now / 1_000_000_000, nanoseconds: Int32(now % 1_000_000_000))
    }

    /// Lets something happen after a duration.
    @discardableResult
    func after(_ duration: Duration, _ action: @escaping () -> Void) -> Timeline.ID {
        timeline.add(at: now + max(0, duration.wholeNanoseconds), action)
    }

    func cancel(_ id: Timeline.ID) { timeline.cancel(id) }

    /// Waits in virtual time; false when the task was cancelled before, or everything is let go.
    func sleep(for duration: Duration) async -> Bool {
        await wait { id in after(duration) { self.wake(id) } }
    }

    /// Waits until it is woken; false when the task was cancelled before, or everything is let go.
    func wait(_ begin: (UInt64) -> Void) async -> Bool {
        lastWait += 1
        let id = lastWait
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if Task.isCancelled || isClosing { return continuation.resume(returning: false) }
                waiting[id] = continuation
                begin(id)
            }
        } onCancel: {
            wake(id, isDue: false)
        }
    }

    /// Waits for the end of the run, as the ports of a program that crashed do.
    func park() async {
        _ = await withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
            if isClosing { return continuation.resume(returning: false) }
            lastWait += 1
            waiting[lastWait] = continuation
        }
    }

    func wake(_ id: UInt64, isDue: Bool = true) {
        waiting.removeValue(forKey: id)?.resume(returning: isDue)
    }

    /// Runs until `isDone`.
    func run(until isDone: () -> Bool) throws(Stuck) {
        let limit = jobsRun + Self.jobsAtMost
        let end = now + Self.longest
        while !isDone() {
            if !JobQueue.isEmpty {
                runJob()
            } else if let (time, action) = timeline.next() {
                now = max(now, time)
                action()
            } else {
                throw .deadlock
            }
            if jobsRun > limit || now > end { throw .endless }
        }
    }

    /// Lets go of everything that still waits, so that nothing of this run is left in memory.
    func close() {
        isClosing = true
        let sleepers = waiting.sorted { $0.key < $1.key }.map(\.value)
        waiting = [:]
        for sleeper in sleepers { sleeper.resume(returning: false) }
        var rest = Self.jobsAtMost
        while rest > 0, !JobQueue.isEmpty {
            runJob()
            rest -= 1
        }
        timeline = Timeline()
    }

    private func runJob() {
        jobsRun += 1
        JobQueue.runOne { count in isShuffled ? dice.below(count) : 0 }
    }

    private static let jobsAtMost = 2_000_000
    /// Two days.
    private static let longest: Int64 = 172_800_000_000_000
}

extension Duration {
    /// Rounded down.
    var wholeNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
