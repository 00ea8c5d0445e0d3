import Glibc
import NIOPosix

/// The system's own way to send a mail: a program that takes it on standard input.
struct SendmailProgram: Sendable {
    /// How long it may take, in milliseconds.
    private static let timeout: Int32 = 30_000

    let path: String

    /// Runs `PATH -i -f FROM -- RECIPIENT…`: addresses are arguments of their own, and never options.
    func send(_ message: String, from: String, to recipients: [String]) async throws(DeliveryFailure) {
        let arguments = [path, "-i", "-f", from, "--"] + recipients
        let status: Int32
        do {
            status = try await NIOThreadPool.singleton.runIfActive {
                try Self.run(arguments, input: Array(message.utf8))
            }
        } catch let failure as DeliveryFailure {
            throw failure
        } catch {
            throw DeliveryFailure("sendmail: did not run")
        }
        guard status == 0 else { throw DeliveryFailure("sendmail: exit status \(status)") }
    }

    /// Blocks. A socket stands for the pipe, since writing to a closed one can be told not to raise a signal.
    private static func run(_ arguments: [String], input: [UInt8]) throws -> Int32 {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw DeliveryFailure("sendmail: \(PrivateFiles.reason(errno))")
        }
        let mine = ends[0]
        defer { close(mine) }
        let child: pid_t
        do {
            defer { close(ends[1]) }
            child = try spawn(arguments, input: ends[1])
        }
        write(input, to: mine)
        return try wait(for: child, closing: mine)
    }

    private static func spawn(_ arguments: [String], input: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        for descriptor in [1, 2] as [Int32] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        // Closing one that is not open is no error; none that is open for others is left to the program.
        for descriptor in 3..<Int32(min(sysconf(Int32(_SC_OPEN_MAX)), 4_096)) {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil]
        defer { (pointers + environment).forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, arguments[0], &actions, nil, &pointers, &environment)
        guard code == 0 else { throw DeliveryFailure("sendmail: \(PrivateFiles.reason(code))") }
        return child
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var limit = timeval(tv_sec: Int(timeout) / 1_000, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            // Its exit status tells why it read no further.
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// The exit status; a program that doesn't end is killed. Its end is seen on the socket, of which it holds the other
    /// end, unless it left that to another.
    private static func wait(for child: pid_t, closing descriptor: Int32) throws -> Int32 {
        var ended = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&ended, 1, timeout) == 0 { kill(child, SIGKILL) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw DeliveryFailure("sendmail: \(PrivateFiles.reason(errno))") }
        }
        guard status & 0x7F == 0 else { throw DeliveryFailure("sendmail: ended by signal \(status & 0x7F)") }
        return status >> 8 & 0xFF
    }
}
