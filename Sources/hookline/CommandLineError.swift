import ArgumentParser
import Shell

/// What ArgumentParser has to say: help on standard output, mistakes on standard error with hookline's exit status.
enum CommandLineError {
    static func report<Arguments: ParsableArguments>(_ error: any Error, of type: Arguments.Type) -> ExitStatus {
        let message = type.fullMessage(for: error)
        if type.exitCode(for: error).isSuccess {
            StandardStreams.print(message)
            return .done
        }
        StandardStreams.complain(message)
        return .usage
    }
}
