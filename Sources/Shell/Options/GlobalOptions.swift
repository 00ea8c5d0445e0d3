import LineEditor

/// What the command line said for the whole run, whatever the commands are.
package struct GlobalOptions: Sendable {
    package var profile = ProfileResolver.Request()
    /// `--format`, `--json`; nil: a table on a terminal, tab-separated text elsewhere.
    package var format: OutputFormat?
    package var colour = ColourChoice.auto
    /// No messages but errors.
    package var isQuiet = false
    package var isVerbose = false
    /// Skip `rc.hook`.
    package var skipsStartupScript = false
    /// Let scripts run other programs, now or later.
    package var allowsExec = false
    /// Never ask.
    package var neverAsks = false
    /// No write leaves the process.
    package var isDryRun = false
    /// Every question that a commit asks is answered with yes.
    package var assumesYes = false
    /// Exit 10 when a plan holds changes.
    package var hasDetailedExitCode = false
    /// A configuration that cannot be used is kept as a finding, and does not end the run: for `doctor`.
    package var examinesConfiguration = false

    package init() {}
}
