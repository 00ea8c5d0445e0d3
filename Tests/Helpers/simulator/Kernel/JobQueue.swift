import Glibc

private typealias EnqueueOriginal = @convention(thin) (UnownedJob) -> Void
private typealias EnqueueHook = @convention(thin) (UnownedJob, EnqueueOriginal) -> Void

/// All Swift concurrency of this process on one thread: the runtime hands each job here instead of to its threads, and
/// the kernel runs them one after the other in an order that the seed decides.
///
/// Not synchronized: everything that enqueues runs inside a job, or in the main function before the first.
enum JobQueue {
    nonisolated(unsafe) private static var jobs: [UnownedJob] = []
    /// The executor that means "none in particular" to the runtime, so that an actor that is free is entered at once.
    private static let generic = unsafeBitCast((0 as Int, 0 as Int), to: UnownedSerialExecutor.self)

    static var isEmpty: Bool { jobs.isEmpty }

    /// Takes the place of the runtime's threads; to be called once, before the first task.
    static func install() {
        guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "swift_task_enqueueGlobal_hook") else {
            fatalError("this Swift runtime has no hook for the global executor")
        }
        let hook: EnqueueHook = { job, _ in JobQueue.jobs.append(job) }
        symbol.assumingMemoryBound(to: EnqueueHook?.self).pointee = hook
    }

    /// Runs one job; `choice` is asked for its position among those that wait.
    static func runOne(_ choice: (Int) -> Int) {
        let job = jobs.count == 1 ? jobs.removeLast() : jobs.remove(at: choice(jobs.count))
        job.runSynchronously(on: generic)
    }
}
