/// `docs/configuration.md`: what can be set, and where: the configuration's members, global flags, variables of the
/// environment, the flags of `sandbox serve`, exit statuses.
package enum ConfigurationPage {
    package static var text: String {
        var lines = [
            "# Configuration", "",
            "Made from the declarations that the program reads by; a test fails when it is stale. The same is in",
            "`help config`, `help environment`, `help flags`, `help sandbox serve` and the man page.", "",
            "What is said on the command line goes before the environment, and that before the configuration. Which profile a",
            "run works on: `--profile`, `--sandbox` or `--api-base`; else `MIXPEEK_API_KEY` and `MIXPEEK_API_BASE`; else",
            "`default` of the configuration; else the embedded sandbox.", "",
            "## config.yaml", "",
            "`~/.config/hookline/config.yaml`, or `$XDG_CONFIG_HOME/hookline/config.yaml`. YAML, at most 1 MiB. A member that",
            "is not in these tables is an error. With a `key` in it the file must be readable by its owner alone (0600), and",
            "nobody else may be able to write it in any case.", "",
            "```yaml", "default: production", "profiles:", "  production:", "    key_command: pass show mixpeek",
            "    production: true", "    tier: pro", "    allow: [delete]", "  staging:",
            "    base: https://staging.example.com", "    request_timeout: 45s", "```", "",
            "`login`, `profile add`, `profile use --default`, `profile remove` and `profile test --write` change it line by",
            "line and keep comments, order, quotes and line ends. What they would have to change must be lines of `NAME: VALUE`;",
            "where it stands in braces, has anchors or tags, or goes on over several lines in quotes, they say so with the line,",
            "and leave the file as it is. [Why](decisions/0004-config-edits-by-line.md).", "",
            "### At the top", "",
        ]
        lines += table(ConfigurationKey.allCases.map { ($0.rawValue, $0.entry) })
        lines += ["", "### Of a profile", ""]
        lines += table(ProfileKey.allCases.map { ($0.rawValue, $0.entry) })
        lines += ["", "## Global flags", "", "In front of a command or behind it. There is none for the API key.", ""]
        lines += table(
            ["flag", "what it does"],
            [["`\(GlobalFlag.script.spelling)`", escaped(GlobalFlag.script.summary)]]
                + GlobalFlag.all.map { ["`\($0.spelling)`", escaped($0.summary)] })
        lines += [
            "", "## Environment", "",
            "Where several names are given, the first that is set counts. A script reads any as `${env:NAME}`; a plugin",
            "gets those that its manifest asks for and you grant.", "",
        ]
        lines += table(
            ["variable", "what it is for"],
            EnvironmentVariable.all.map { variable in
                [variable.names.map { "`\($0)`" }.joined(separator: ", "), escaped(variable.meaning)]
            })
        lines += [
            "", "## hookline sandbox serve", "",
            "[The sandbox](sandbox.md) has what they are about. It reads no config.yaml.", "",
        ]
        lines += table(
            ["flag", "if not given", "what it does"],
            ServeFlag.allCases.map { ["`\($0.spelling)`", escaped($0.fallback), escaped($0.summary)] })
        lines += [
            "", "## Exit status", "",
            "A script's `exit N` ends with N, from 0 to 125, or 130; another number is an error.", "",
        ]
        lines += table(
            ["status", "meaning"], ExitStatus.allCases.map { ["\($0.rawValue)", escaped($0.meaning)] })
        lines += ["", "[Commands](commands.md) has the flags of each command."]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(_ entries: [(name: String, entry: KeyEntry)]) -> [String] {
        table(
            ["member", "value", "if not given", "what it does", "goes before it"],
            entries.map { name, entry in
                [
                    "`\(name)`", escaped(entry.values), escaped(entry.fallback), escaped(entry.meaning),
                    entry.overriddenBy.map { "`\($0)`" }.joined(separator: ", "),
                ]
            })
    }

    private static func table(_ columns: [String], _ rows: [[String]]) -> [String] {
        ([columns, columns.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    /// Text that Markdown shows as it is.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_|<>[]".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
