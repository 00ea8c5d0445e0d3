/// A variable of the environment that hookline reads, as the reference names it.
package struct EnvironmentVariable: Sendable {
    /// Several where they mean the same; the first that is set counts.
    package let names: [String]
    package let meaning: String

    init(_ names: String..., meaning: String) {
        self.names = names
        self.meaning = meaning
    }

    /// All of them; a test holds the list to the sources.
    package static let all = [
        EnvironmentVariable(
            ProfileResolver.keyVariable,
            meaning:
                "the API key, where neither --profile nor --sandbox is given; goes before the default profile, and "
                + "is kept from every program that hookline starts"),
        EnvironmentVariable(
            ProfileResolver.baseVariable,
            meaning: "the API's base for that key; \(Profile.defaultBase) if it is not set"),
        EnvironmentVariable(
            "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
            meaning: "the proxy for an https base, where the profile has none; loopback is always reached directly"),
        EnvironmentVariable(
            "http_proxy", "all_proxy", "ALL_PROXY", meaning: "the same for an http base; HTTP_PROXY is not read"),
        EnvironmentVariable(
            "no_proxy", "NO_PROXY", meaning: "hosts and domains to reach without a proxy, with commas between, or *"),
        EnvironmentVariable("VISUAL", "EDITOR", meaning: "the program of edit; vi if neither is set"),
        EnvironmentVariable(
            "PAGER", meaning: "the program that long output goes through on a terminal; cat, or none, for no pager"),
        EnvironmentVariable(
            "NO_COLOR", meaning: "no colour, whatever it holds, unless it is empty; --color goes before it"),
        EnvironmentVariable(
            "CLICOLOR_FORCE",
            meaning: "colour though the output is no terminal, unless it is empty or 0; NO_COLOR goes before it"),
        EnvironmentVariable("TERM", meaning: "the terminal's type; dumb, or none, for plain lines"),
        EnvironmentVariable("TERMINFO", "TERMINFO_DIRS", meaning: "where doctor looks for the terminal's description"),
        EnvironmentVariable(
            "LC_ALL", "LC_CTYPE", "LANG", meaning: "the character set that doctor checks; plugins get LC_ALL or LANG"),
        EnvironmentVariable("HOME", meaning: "where .config, .local and .cache are; without it nothing is kept"),
        EnvironmentVariable(
            "XDG_CONFIG_HOME", meaning: "~/.config if not set: hookline/config.yaml, secrets.json and rc.hook"),
        EnvironmentVariable(
            "XDG_STATE_HOME",
            meaning: "~/.local/state if not set: hookline's journal, drafts, histories, the sandbox's "
                + "database, the pins of plugins"),
        EnvironmentVariable("XDG_DATA_HOME", meaning: "~/.local/share if not set: hookline/plugins"),
        EnvironmentVariable("XDG_CACHE_HOME", meaning: "~/.cache if not set: what can be made again"),
        EnvironmentVariable(
            "XDG_RUNTIME_DIR", "TMPDIR", meaning: "where the embedded server's socket is; /tmp if neither is set"),
        EnvironmentVariable("PATH", meaning: "where pipes and plugins look for programs"),
        EnvironmentVariable("TZ", meaning: "handed on to plugins; hookline's own times are UTC"),
        EnvironmentVariable(
            ServeFlag.mailPasswordVariable, meaning: "the mail server's password, for sandbox serve --smtp-user"),
        EnvironmentVariable(
            ServeFlag.smsTokenVariable, meaning: "the SMS account's token, for sandbox serve --sms-account"),
        EnvironmentVariable(
            "SWIFT_BACKTRACE", meaning: "how a crash is shown; if it is not set, without what the memory holds"),
    ]
}
