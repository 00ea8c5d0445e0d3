/// A flag that stands in front of any command, as the man page and the completion of other shells name it.
package struct GlobalFlag: Sendable {
    package let name: String
    package let short: Character?
    /// What its value is called; nil for a flag without one.
    package let value: String?
    package let summary: String

    init(_ name: String, short: Character? = nil, value: String? = nil, _ summary: String) {
        self.name = name
        self.short = short
        self.value = value
        self.summary = summary
    }

    /// The one that takes the place of a command.
    package static let script = (spelling: "-c TEXT", summary: "run TEXT as a script")

    /// All of them, in the order in which `--help` shows them.
    package static let all = [
        GlobalFlag("profile", value: "name", "work on this profile"),
        GlobalFlag("sandbox", "work on an embedded server that is gone afterwards"),
        GlobalFlag("api-base", value: "url", "work on the API at this URL, with the key in MIXPEEK_API_KEY"),
        GlobalFlag("format", value: "format", "how data is written: table, json, jsonl, yaml, csv, tsv, ids"),
        GlobalFlag("json", "the same as --format json"),
        GlobalFlag("color", value: "when", "colour: auto, always, never"),
        GlobalFlag("quiet", short: "q", "no messages but errors"),
        GlobalFlag("verbose", short: "v", "say more: requests, and why they were repeated"),
        GlobalFlag("no-rc", "do not run rc.hook"),
        GlobalFlag("allow-exec", "let scripts run other programs, now or later"),
        GlobalFlag("plugin-path", value: "dir", "look for plugins in this folder first; may be given again"),
        GlobalFlag("no-input", "never ask; what would ask fails"),
        GlobalFlag("dry-run", short: "n", "let no write leave the process; show what would be written"),
        GlobalFlag("yes", short: "y", "answer yes where a commit asks"),
        GlobalFlag("detailed-exitcode", "exit 10 when a plan holds changes"),
        GlobalFlag("insecure-http", "allow plain http to hosts other than loopback"),
        GlobalFlag("version", "print the version"),
        GlobalFlag("help", short: "h", "explain the command line"),
    ]

    /// `-n, --dry-run`, `--profile NAME`.
    package var spelling: String {
        (short.map { "-\($0), " } ?? "") + "--" + name + (value.map { " " + $0.uppercased() } ?? "")
    }
}
