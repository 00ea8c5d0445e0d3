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

    @Option(name: .customShort("c"), help: ArgumentHelp("Run TEXT as a script.", valueName: "text"))
    var text: String?

    @Option(help: ArgumentHelp("Work on this profile.", valueName: "name"))
    var profile: String?

    @Flag(help: "Work on an embedded server that is gone afterwards.")
    var sandbox = false

    @Option(help: ArgumentHelp("Work on the API at this URL, with the key in MIXPEEK_API_KEY.", valueName: "url"))
    var apiBase: String?

    @Option(help: "How data is written: table, json, jsonl, yaml, csv, tsv, ids.")
    var format: OutputFormat?

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(name: [.customLong("color"), .customLong("colour")], help: "Colour: auto, always, never.")
    var colour = ColourChoice.auto

    @Flag(name: .shortAndLong, help: "No messages but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more: requests, and why they were repeated.")
    var verbose = false

    @Flag(help: "Do not run rc.hook.")
    var noRc = false

    @Flag(help: "Let pipes in scripts run other programs.")
    var allowExec = false

    @Option(
        name: .customLong("plugin-path"),
        help: ArgumentHelp("Look for plugins in this folder first; may be given again.", valueName: "dir"))
    var pluginPath: [String] = []

    @Flag(help: "Never ask; what would ask fails.")
    var noInput = false

    @Flag(name: [.customShort("n"), .long], help: "Let no write leave the process; show what would be written.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Answer yes where a commit asks.")
    var yes = false

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit 10 when a plan holds changes.")
    var detailedExitCode = false

    @Flag(help: "Allow plain http to hosts other than loopback.")
    var insecureHttp = false

    @Flag(help: "Print the version.")
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
