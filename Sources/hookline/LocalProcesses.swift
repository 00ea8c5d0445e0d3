import CPlatform
import Dispatch
import Glibc
import Shell

/// Runs programs with posix_spawn(3): their output is collected, their errors go where ours go.
struct LocalProcesses: ProcessRunner {
    /// What the programs see; the API key is not in it.
    let environment: [String: String]

    func run(_ command: ProcessCommand) async -> ProcessResult {
        // A blocking wait on a thread of its own, so that no task waits behind it.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: runToEnd(command)) }
        }
    }

    private static let notStarted = ProcessResult(status: 127, standardOutput: [])

    private func runToEnd(_ command: ProcessCommand) -> ProcessResult {
        guard let output = Pipe() else { return Self.notStarted }
        let input = command.standardInput.flatMap { _ in Pipe() }
        guard let child = spawn(command, input: input, output: output) else { return Self.notStarted }
        output.closeWriting()
        input?.closeReading()
        if let input, let bytes = command.standardInput {
            // Beside the reading, or a program that prints before it has read everything would wait for us.
            DispatchQueue.global().async {
                input.write(bytes)
                input.closeWriting()
            }
        }
        let bytes = output.readToEnd()
        return ProcessResult(status: wait(for: child), standardOutput: bytes)
    }

    private func spawn(_ command: ProcessCommand, input: Pipe?, output: Pipe) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input { posix_spawn_file_actions_adddup2(&actions, input.reading, STDIN_FILENO) }
        posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // hookline ignores SIGPIPE; a program expects the default.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var child = pid_t()
        let variables = environment.map { $0.key + "=" + $0.value }
        let status = withCStrings(command.arguments) { arguments in
            withCStrings(variables) { posix_spawnp(&child, command.arguments[0], &actions, &attributes, arguments, $0) }
        }
        return status == 0 ? child : nil
    }

    private func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            if errno != EINTR { return 127 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    private func withCStrings<R>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers = strings.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}

/// Both ends of a pipe(2), closed on exec.
private struct Pipe: Sendable {
    let reading: Int32
    let writing: Int32

    init?() {
        var ends: [Int32] = [0, 0]
        guard platform_pipe(&ends) == 0 else { return nil }
        (reading, writing) = (ends[0], ends[1])
    }

    func closeReading() { close(reading) }
    func closeWriting() { close(writing) }

    func write(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(writing, $0.baseAddress! + offset, bytes.count - offset) }
            if count < 0 && errno != EINTR { return }
            offset += max(0, count)
        }
    }

    func readToEnd() -> [UInt8] {
        defer { closeReading() }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(reading, &buffer, buffer.count)
            if count == 0 || (count < 0 && errno != EINTR) { return bytes }
            if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
        }
    }
}
