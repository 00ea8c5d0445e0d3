import CPlatform
import Glibc
import PluginProtocol
import Synchronization

/// Whom an instance tells what happens to it. Called from its thread.
protocol InstanceReceiver: AnyObject, Sendable {
    func handle(_ events: [PluginMachine.Event])
    /// When the machine wants a `tick` at the latest. Whoever changes that afterwards wakes the instance.
    func sleep(_ instance: InstanceID) -> Moment?
    /// Lines of its standard error.
    func said(_ lines: [String])
    /// Its process, and all that was found of what that started, is gone.
    func ended(_ instance: InstanceID)
}

/// One process of a plugin, with the thread that starts it, listens to it, ends it and takes its exit.
final class PluginInstance: Sendable {
    /// What other threads may touch.
    private struct Shared {
        var outgoing = OutgoingBytes()
        /// -1 before the start and after the end.
        var input: Int32 = -1
        var retirement: Retirement?
    }

    struct Retirement: Sendable {
        var shutdown: Int
        var step: Duration
        var isHurried = false
    }

    let id: InstanceID
    private let plan: @Sendable () throws(LaunchFailure) -> LaunchPlan
    private let lineLimit: Int
    private let now: @Sendable () -> Moment
    private let wakeup: Int32
    private let shared = Mutex(Shared())

    /// - Parameter plan: made on the instance's thread: it checks the plugin's folder, which takes a while.
    init(
        id: InstanceID, lineLimit: Int, now: @escaping @Sendable () -> Moment,
        plan: @escaping @Sendable () throws(LaunchFailure) -> LaunchPlan
    ) {
        self.id = id
        self.plan = plan
        self.lineLimit = lineLimit
        self.now = now
        wakeup = platform_open_wakeup()
    }

    deinit { if wakeup >= 0 { close(wakeup) } }

    func start(receiver: any InstanceReceiver) {
        let isStarted = wakeup >= 0 && SupervisingThread.start { self.run(receiver) }
        guard !isStarted else { return }
        // Not from here: whoever starts an instance holds the receiver's lock.
        Task {
            receiver.handle([.launchFailed(self.id, .system(call: "pthread_create", errno: EAGAIN))])
            receiver.ended(self.id)
        }
    }

    // MARK: From any thread

    /// Writes what the pipe takes at once; the thread writes the rest when it can.
    func send(_ bytes: [UInt8]) {
        let isWaiting = shared.withLock { shared in
            guard shared.retirement == nil else { return false }
            let wasEmpty = shared.outgoing.isEmpty
            shared.outgoing.append(bytes)
            guard shared.input >= 0, wasEmpty else { return false }
            return Self.flush(&shared)
        }
        if isWaiting { wake() }
    }

    func retire(shutdown: Int, step: Duration) {
        shared.withLock { if $0.retirement == nil { $0.retirement = Retirement(shutdown: shutdown, step: step) } }
        wake()
    }

    /// Leaves a process that is being stopped less time.
    func hurry(step: Duration) {
        shared.withLock {
            guard $0.retirement != nil else { return }
            $0.retirement?.step = step
            $0.retirement?.isHurried = true
        }
        wake()
    }

    func wake() { platform_wake(wakeup) }

    /// Whether something is left to write.
    private static func flush(_ shared: inout Shared) -> Bool {
        guard shared.outgoing.write(to: shared.input) else {
            // Nobody reads any more; the exit is about to be told.
            shared.outgoing.removeAll()
            return false
        }
        return !shared.outgoing.isEmpty
    }

    // MARK: On the thread

    private func run(_ receiver: any InstanceReceiver) {
        do throws(LaunchFailure) {
            let plan = try plan()
            let child = try ChildProcess.start(plan)
            shared.withLock { $0.input = child.input }
            receiver.handle([.launched(id)])
            var supervision = InstanceSupervision(
                child: child, receiver: receiver, id: id, lineLimit: lineLimit, now: now, wakeup: wakeup)
            supervise(&supervision)
            finish(supervision.child)
            _ = Leftovers.kill(marked: plan.mark)
        } catch {
            receiver.handle([.launchFailed(id, error)])
        }
        receiver.ended(id)
    }

    private func supervise(_ supervision: inout InstanceSupervision) {
        repeat {
            if let retirement = shared.withLock({ $0.retirement }) {
                for step in supervision.teardownSteps(retirement) { perform(step, on: supervision.child, retirement) }
            }
            let writes = shared.withLock { $0.input >= 0 && !$0.outgoing.isEmpty ? $0.input : -1 }
            if supervision.wait(writing: writes) {
                shared.withLock { if $0.input >= 0 { _ = Self.flush(&$0) } }
            }
        } while !supervision.hasEnded
    }

    private func perform(_ step: Teardown.Step, on child: ChildProcess, _ retirement: Retirement) {
        switch step {
        case .closeInput: closeInput(shutdown: retirement.shutdown)
        case .terminate:
            child.signalGroup(SIGTERM)
            child.signalGroup(SIGCONT)
        case .kill: child.signalGroup(SIGKILL)
        }
    }

    private func closeInput(shutdown: Int) {
        shared.withLock { shared in
            guard shared.input >= 0 else { return }
            // Behind a message that the plugin does not read, no other is of use.
            if shared.outgoing.isEmpty {
                shared.outgoing.append(
                    Message.request(id: .number(shutdown), method: Method.shutdown.rawValue, params: [:]).line)
                _ = Self.flush(&shared)
            }
            shared.outgoing.removeAll()
            close(shared.input)
            shared.input = -1
        }
    }

    private func finish(_ child: ChildProcess) {
        shared.withLock { shared in
            if shared.input >= 0 { close(shared.input) }
            shared.input = -1
            shared.outgoing.removeAll()
        }
        close(child.output)
        close(child.errors)
        if child.ending >= 0 { close(child.ending) }
    }
}
