import CPlatform
import Glibc

/// A started process: three pipes, a descriptor that tells when it has ended, and its group.
///
/// Belongs to the one thread that supervises it, which starts and reaps it; only ``input`` is used elsewhere.
struct ChildProcess {
    let process: pid_t
    /// Readable once it has ended; -1 where the kernel has none.
    let ending: Int32
    let input: Int32
    let output: Int32
    let errors: Int32

    /// Pipes as large as an unprivileged user may have.
    private static let pipeCapacity: Int32 = 1 << 20

    /// Starts it from the calling thread, with whose end it is killed.
    static func start(_ plan: LaunchPlan) throws(LaunchFailure) -> ChildProcess {
        // A write to a plugin that has gone is an error of that write and nothing else.
        signal(SIGPIPE, SIG_IGN)
        _ = platform_hide_process()
        for folder in plan.ownFolders {
            do throws(SystemFile.Failure) { try SystemFile.makeFolder(folder) } catch {
                throw .folder(path: folder, errno: error.errno)
            }
        }
        var ends: [Int32] = []
        for _ in 0..<3 {
            var pair: [Int32] = [-1, -1]
            let failure = platform_pipe(&pair)
            guard failure == 0 else {
                ends.forEach { close($0) }
                throw .system(call: "pipe2", errno: failure)
            }
            ends += pair
        }
        let (theirs, ours) = ([ends[0], ends[3], ends[5]], [ends[1], ends[2], ends[4]])
        var process = pid_t()
        var ending: Int32 = -1
        let failure = withCStrings(plan.arguments) { arguments in
            withCStrings(plan.environment.map { $0.key + "=" + $0.value }) { environment in
                platform_spawn_isolated(
                    plan.program, arguments, environment, plan.folder, theirs[0], theirs[1], theirs[2], &process,
                    &ending)
            }
        }
        theirs.forEach { close($0) }
        guard failure == 0 else {
            ours.forEach { close($0) }
            if [ENOENT, EACCES, ENOEXEC, ENOTDIR].contains(failure) { throw .noProgram(plan.program) }
            throw .system(call: "execve", errno: failure)
        }
        _ = platform_prepare_pipe(ours[0], pipeCapacity)
        _ = platform_prepare_pipe(ours[1], pipeCapacity)
        _ = platform_prepare_pipe(ours[2], 0)
        return ChildProcess(process: process, ending: ending, input: ours[0], output: ours[1], errors: ours[2])
    }

    /// Sends a signal to the group. The leader has not been reaped yet, so the number still means this group.
    func signalGroup(_ signal: Int32) { kill(-process, signal) }

    /// Whether the leader has ended; it stays to be reaped.
    var hasEnded: Bool {
        var info = siginfo_t()
        let status = waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
        return status == 0 && info.si_signo != 0
    }

    /// Takes the exit of an ended leader. The group is killed before, while its number is still taken.
    func reap() -> ChildExit {
        signalGroup(SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return .status(127) }
        }
        let signal = status & 0x7F
        return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
    }
}
