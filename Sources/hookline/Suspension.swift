import Dispatch
import Glibc
import Session
import Synchronization

/// Ctrl-Z while a commit runs: nothing more is sent, what is under way comes to its end, and only then the process stops.
/// Once it is continued, the commit goes on.
final class Suspension: Sendable {
    private let queue = DispatchQueue(label: "suspension")
    private let source = Mutex<(any DispatchSourceSignal)?>(nil)

    /// Takes over while there is a commit; otherwise the signal does what it always does.
    func watch(_ control: CommitControl?) {
        source.withLock { source in
            source?.cancel()
            source = nil
            guard let control else {
                signal(SIGTSTP, SIG_DFL)
                return
            }
            source = Signals.on(SIGTSTP, queue: queue) { [queue] in
                control.pause(by: .suspension) {
                    // Behind the newline, even where nothing was under way.
                    queue.async {
                        kill(getpid(), SIGSTOP)
                        control.proceed(by: .suspension)
                    }
                }
                // Shows that it was heard, behind the terminal's own ^Z.
                write(STDERR_FILENO, "\n", 1)
            }
        }
    }
}
