import ArgumentParser
import Glibc
import Shell

/// What ArgumentParser has to say: help on standard output, mistakes on standard error with hookline's exit status.
enum CommandLineError {
    static func report<Arguments: ParsableArguments>(_ error: any Error, of type: Arguments.Type) -> Shell.ExitCode {
        let message = type.fullMessage(for: error)
        if type.exitCode(for: error).isSuccess {
            print(message)
            return .done
        }
        fputs(message.hasSuffix("\n") ? message : message + "\n", stderr)
        return .usage
    }
}
