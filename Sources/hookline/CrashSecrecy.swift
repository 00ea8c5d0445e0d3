import CPlatform
import Glibc

/// What is in memory, keys and secrets among it, stays there when the process crashes.
enum CrashSecrecy {
    /// What Swift's runtime answers with registers, the memory that they point to, and every stack.
    private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT]

    /// From now on there is no core dump, and no other process of the user's looks in or attaches. Whoever sets
    /// `SWIFT_BACKTRACE` wants to see where it crashed, and does.
    static func begin() {
        _ = platform_hide_process()
        guard getenv("SWIFT_BACKTRACE") == nil else { return }
        for number in crashes { signal(number, SIG_DFL) }
    }
}
