import CPlatform
import Glibc
import PluginHost
import Synchronization

/// Starts programs with posix_spawn(3), and waits for them.
enum ChildProcess {
    /// What hookline ignores or has blocked on some thread, and programs expect as usual.
    private static let ordinarySignals = [SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP]

    /// Starts a program, looked up on PATH. A stream that is not given is ours.
    static func start(_ arguments: [String], environment: [String: String], input: Int32?, output: Int32?) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
        if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
        OpenFiles.hideOurs()
        guard platform_close_descriptors_from(&actions, OpenFiles.firstOfOurs) == 0 else { return nil }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in ordinarySignals { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var child = pid_t()
        let variables = environment.map { $0.key + "=" + $0.value }
        let status = withCStrings(arguments) { words in
            withCStrings(variables) { posix_spawnp(&child, arguments[0], &actions, &attributes, words, $0) }
        }
        return status == 0 ? child : nil
    }

    /// The exit status, once it has ended; 128 + N after signal N.
    static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            if errno != EINTR { return 127 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}

/// The programs of a pipeline that have not ended.
final class RunningChildren: Sendable {
    private struct State {
        var children: [pid_t] = []
        var isInterrupted = false
    }

    private let state = Mutex(State())

    func add(_ child: pid_t) {
        state.withLock { state in
            state.children.append(child)
            if state.isInterrupted { kill(child, SIGINT) }
        }
    }

    /// As Ctrl-C does it, for those that run and those to come.
    func interrupt() {
        state.withLock { state in
            state.isInterrupted = true
            for child in state.children { kill(child, SIGINT) }
        }
    }

    /// The exit status of each.
    @discardableResult
    func waitForAll() -> [pid_t: Int32] {
        var statuses: [pid_t: Int32] = [:]
        for child in state.withLock({ $0.children }) {
            // Left in place until nobody can send it a signal any more: its number might be another's by then.
            var info = siginfo_t()
            while waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
            statuses[child] = state.withLock { state in
                state.children.removeAll { $0 == child }
                return ChildProcess.wait(for: child)
            }
        }
        return statuses
    }
}
