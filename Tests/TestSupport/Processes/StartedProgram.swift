import CPlatform
import Glibc

/// Starts programs with posix_spawn(3), for whoever waits for them in a way of their own.
package enum StartedProgram {
    /// A stream of the program, and the file behind it.
    package struct Stream: Sendable {
        package var number: Int32
        package var file: String
        package var flags: Int32

        package static func input(_ file: String) -> Stream { Stream(number: 0, file: file, flags: O_RDONLY) }
        package static func output(_ file: String) -> Stream {
            Stream(number: 1, file: file, flags: O_WRONLY | O_CREAT)
        }
        package static func errors(_ file: String) -> Stream {
            Stream(number: 2, file: file, flags: O_WRONLY | O_CREAT)
        }
    }

    /// - Parameter command: the program's path and its arguments.
    /// - Throws: ``ProgramRun/Failure`` if it cannot be started.
    package static func start(
        _ command: [String], environment: [String: String], streams: [Stream]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in streams {
            posix_spawn_file_actions_addopen(&actions, stream.number, stream.file, stream.flags, 0o600)
        }
        platform_close_descriptors_from(&actions, 3)
        var process = pid_t()
        let failure = withVectors(command, environment) { words, variables in
            posix_spawn(&process, command[0], &actions, nil, words, variables)
        }
        guard failure == 0 else {
            throw ProgramRun.Failure(
                description: "\(command[0]) cannot be started: \(String(cString: strerror(failure)))")
        }
        return process
    }

    /// Arguments and variables as execve(2) takes them, for the length of `body`.
    static func withVectors<R>(
        _ command: [String], _ environment: [String: String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>)
            -> R
    ) -> R {
        var words = command.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + variables { free(word) } }
        return body(&words, &variables)
    }
}
