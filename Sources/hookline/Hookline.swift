import ArgumentParser
import Glibc
import Shell

/// hookline: reads the command line, finds out about the process, wires the ports, and hands over to the shell.
@main
enum Hookline {
    static func main() async {
        StandardStreams.holdPlaces()
        Signals.ignoreBrokenPipes()
        CrashSecrecy.begin()
        let code = await run(Array(CommandLine.arguments.dropFirst()))
        exit(code.rawValue)
    }

    private static func run(_ words: [String]) async -> ExitStatus {
        // Asked by scripts, and answered without the cost of reading the whole command line.
        if words == ["--version"] { return printVersion() }
        if ["--help", "-h"].contains(words.first) {
            StandardStreams.print(Arguments.helpMessage())
            return .done
        }
        if let code = await Reference.answer(words) { return code }
        let arguments: Arguments
        do {
            arguments = try Arguments.parse(GlobalFlagOrder.globalFirst(HelpFlag.asCommand(words)))
        } catch {
            return CommandLineError.report(error, of: Arguments.self)
        }
        if arguments.version { return printVersion() }
        // What is no flag of the program is taken as the first word; a command has no dash.
        if let word = arguments.words.first, word.hasPrefix("-") {
            StandardStreams.complain(
                "error: there is no flag \(Printable.escaped(word))\nhint: hookline --help lists them")
            return .usage
        }
        OpenFiles.noteInherited()
        OpenFiles.raiseLimit()
        guard OpenFiles.areEnough else {
            StandardStreams.complain(OpenFiles.complaint)
            return .failed
        }
        if arguments.words.starts(with: ["sandbox", "serve"]) {
            return await Serve.run(Array(arguments.words.dropFirst(2)))
        }
        return await Program(arguments: arguments).run()
    }

    private static func printVersion() -> ExitStatus {
        StandardStreams.print("hookline " + Version.current)
        return .done
    }
}
