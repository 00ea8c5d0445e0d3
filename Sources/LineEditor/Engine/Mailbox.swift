import Synchronization

/// What other threads want of the reader's thread.
final class Mailbox: Sendable {
    /// One read: what is asked, and who waits for the answer.
    struct Job: Sendable {
        enum Kind: Sendable {
            case line(LineRequest)
            case secret(Prompt)
        }

        let number: Int
        let kind: Kind
        let answer: CheckedContinuation<Result<LineResult, LineError>, Never>
    }

    /// What came up while a read is in progress.
    struct News {
        var isInterrupted: Bool
        var printouts: [String]
    }

    private struct State {
        var jobs: [Job] = []
        var current: Int?
        /// Whether the read in progress takes Ctrl-C as a key.
        var isEditing = false
        var lastNumber = 0
        var interrupted: Set<Int> = []
        var printouts: [String] = []
        var isClosed = false
        var hasEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    let pipe: WakePipe

    init(pipe: WakePipe) {
        self.pipe = pipe
    }
}

// MARK: - For everybody

extension Mailbox {
    func newNumber() -> Int {
        state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    func post(_ job: Job) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.jobs.append(job) }
            return state.isClosed
        }
        if isClosed { job.answer.resume(returning: .failure(.closed)) } else { pipe.wake() }
    }

    /// Ends one read, or the one in progress; one that waits for its turn ends when it comes.
    func interrupt(_ number: Int? = nil) {
        state.withLock { state in
            if let number = number ?? state.current { state.interrupted.insert(number) }
        }
        pipe.wake()
    }

    /// The same for the one in progress, unless it is edited.
    func interruptUnlessEditing() {
        state.withLock { state in
            if !state.isEditing, let number = state.current { state.interrupted.insert(number) }
        }
        pipe.wake()
    }

    /// False if nothing is being read: then whoever asks may print it.
    func print(_ text: String) -> Bool {
        let isReading = state.withLock { state in
            guard state.current != nil else { return false }
            state.printouts.append(text)
            return true
        }
        if isReading { pipe.wake() }
        return isReading
    }

    /// No more jobs are taken; `closer` is resumed when the thread has ended, at once if `isRunning` is false.
    func close(isRunning: Bool, _ closer: CheckedContinuation<Void, Never>) {
        let waits = state.withLock { state in
            state.isClosed = true
            if let current = state.current { state.interrupted.insert(current) }
            guard isRunning, !state.hasEnded else { return false }
            state.closers.append(closer)
            return true
        }
        if waits { pipe.wake() } else { closer.resume() }
    }
}

// MARK: - For the reader's thread

extension Mailbox {
    enum Next {
        case job(Job)
        case wait
        case end
    }

    func next() -> Next {
        let (next, dropped): (Next, [Job]) = state.withLock { state in
            if state.isClosed {
                defer { state.jobs = [] }
                return (.end, state.jobs)
            }
            guard !state.jobs.isEmpty else { return (.wait, []) }
            let job = state.jobs.removeFirst()
            state.current = job.number
            return (.job(job), [])
        }
        for job in dropped { job.answer.resume(returning: .failure(.closed)) }
        return next
    }

    /// Whether the job was interrupted before its turn came.
    func isInterrupted(_ job: Job) -> Bool { state.withLock { $0.interrupted.contains(job.number) } }

    /// From now until the read in progress is finished.
    func beginEditing() { state.withLock { $0.isEditing = true } }

    func news() -> News {
        state.withLock { state in
            defer { state.printouts = [] }
            return News(
                isInterrupted: state.current.map { state.interrupted.contains($0) } ?? false,
                printouts: state.printouts)
        }
    }

    /// Ends a read. What was to be printed and has not been is returned.
    func finish(_ job: Job, _ result: Result<LineResult, LineError>) -> [String] {
        let (printouts, isClosed) = state.withLock { state in
            defer { state.printouts = [] }
            state.current = nil
            state.isEditing = false
            state.interrupted.remove(job.number)
            return (state.printouts, state.isClosed)
        }
        job.answer.resume(returning: isClosed ? .failure(.closed) : result)
        return printouts
    }

    func ended() {
        let closers = state.withLock { state in
            state.hasEnded = true
            return state.closers
        }
        for closer in closers { closer.resume() }
    }
}
