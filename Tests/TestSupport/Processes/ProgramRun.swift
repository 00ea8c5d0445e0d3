import Dispatch
import Glibc

/// A program run to its end with its streams on files: status, output, errors.
package struct ProgramRun: Sendable {
    /// The exit status; 128 + N after signal N.
    package let status: Int32
    package let output: String
    package let errors: String

    package struct Failure: Error, CustomStringConvertible {
        package var description: String

        package init(description: String) { self.description = description }
    }

    /// Runs `path` with arguments (without the program's name), exactly this environment and `input` as its standard
    /// input. It is killed after `seconds`, which is a failure.
    package static func run(
        _ path: String, _ arguments: [String], environment: [String: String], input: String = "",
        directory: String? = nil, seconds: Int = 240
    ) async throws -> ProgramRun {
        let folder = try TemporaryFolder()
        try folder.write(Array(input.utf8), to: "in")
        let process = try start(path, arguments, environment, folder, directory)
        let status = await wait(for: process, seconds: seconds)
        let output = String(decoding: folder.read("out") ?? [], as: UTF8.self)
        let errors = String(decoding: folder.read("err") ?? [], as: UTF8.self)
        guard let status else {
            throw Failure(description: "\(path) \(arguments) did not end in \(seconds) s\n\(output)\n\(errors)")
        }
        return ProgramRun(status: status, output: output, errors: errors)
    }

    /// The lines of the output.
    package var lines: [String] { output.split(separator: "\n").map(String.init) }

    private static func start(
        _ path: String, _ arguments: [String], _ environment: [String: String], _ folder: TemporaryFolder,
        _ directory: String?
    ) throws -> pid_t {
        // Swift does not see posix_spawn_file_actions_addchdir_np(3).
        let command = (directory.map { ["/usr/bin/env", "-C", $0] } ?? []) + [path] + arguments
        return try StartedProgram.start(
            command, environment: environment,
            streams: [.input(folder.file("in")), .output(folder.file("out")), .errors(folder.file("err"))])
    }

    /// The exit status; nil after the deadline, when the program has been killed.
    private static func wait(for process: pid_t, seconds: Int) async -> Int32? {
        let watchdog = DispatchSource.makeTimerSource(queue: .global())
        watchdog.schedule(deadline: .now() + .seconds(seconds))
        watchdog.setEventHandler { kill(process, SIGKILL) }
        watchdog.resume()
        defer { watchdog.cancel() }
        let began = ContinuousClock.now
        let status: Int32 = await withCheckedContinuation { continuation in
            BlockingThread { continuation.resume(returning: Self.status(of: process)) }.start()
        }
        return status == 128 + SIGKILL && ContinuousClock.now - began >= .seconds(seconds) ? nil : status
    }

    private static func status(of process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
