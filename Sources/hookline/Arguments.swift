import ArgumentParser
import LineEditor
import Shell

/// The command line: global flags, then a command with its own words, which the shell reads.
struct Arguments: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hookline",
        abstract: "A prompt for the webhooks of a Mixpeek organization.",
        usage: """
            hookline [FLAG…]                         the prompt; with no terminal, standard input is a script
            hookline [FLAG…] -c TEXT                 runs TEXT
            hookline [FLAG…] run FILE [ARG…] [NAME=VALUE…]
            hookline [FLAG…] COMMAND [ARG…]          any command, as in: hookline ls --json where active
            hookline sandbox serve [--port N]        the embedded server, for other programs
            """,
        discussion: "hookline help lists the commands, hookline help COMMAND explains one.")

    @Option(name: .customShort("c"), help: .of(GlobalFlag.script.summary, value: "text"))
    var text: String?

    @Option(help: .global("profile"))
    var profile: String?

    @Flag(help: .global("sandbox"))
    var sandbox = false

    @Option(help: .global("api-base"))
    var apiBase: String?

    @Option(help: .global("format"))
    var format: OutputFormat?

    @Flag(help: .global("json"))
    var json = false

    @Option(name: [.customLong("color"), .customLong("colour")], help: .global("color"))
    var colour = ColourChoice.auto

    @Flag(name: .shortAndLong, help: .global("quiet"))
    var quiet = false

    @Flag(name: .shortAndLong, help: .global("verbose"))
    var verbose = false

    @Flag(help: .global("no-rc"))
    var noRc = false

    @Flag(help: .global("allow-exec"))
    var allowExec = false

    @Option(name: .customLong("plugin-path"), help: .global("plugin-path"))
    var pluginPath: [String] = []

    @Flag(help: .global("no-input"))
    var noInput = false

    @Flag(name: [.customShort("n"), .long], help: .global("dry-run"))
    var dryRun = false

    @Flag(name: .shortAndLong, help: .global("yes"))
    var yes = false

    @Flag(name: .customLong("detailed-exitcode"), help: .global("detailed-exitcode"))
    var detailedExitCode = false

    @Flag(help: .global("insecure-http"))
    var insecureHttp = false

    @Flag(help: .global("version"))
    var version = false

    @Argument(parsing: .captureForPassthrough, help: "A command of the language, and its words.")
    var words: [String] = []

    func validate() throws {
        if json, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) exclude each other.")
        }
    }

    var options: GlobalOptions {
        var options = GlobalOptions()
        options.profile.profile = profile
        options.profile.base = apiBase
        options.profile.sandbox = sandbox
        options.profile.allowsPlainHTTP = insecureHttp
        options.format = format ?? (json ? .json : nil)
        options.colour = colour
        options.isQuiet = quiet
        options.isVerbose = verbose
        options.skipsStartupScript = noRc
        options.allowsExec = allowExec
        options.neverAsks = noInput
        options.isDryRun = dryRun
        options.assumesYes = yes
        options.hasDetailedExitCode = detailedExitCode
        options.examinesConfiguration = words.first == "doctor"
        return options
    }
}

extension OutputFormat: ExpressibleByArgument {}
extension ColourChoice: ExpressibleByArgument {}
