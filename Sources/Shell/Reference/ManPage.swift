/// `hookline(1)` in man's own macros.
package enum ManPage {
    package static var text: String {
        var page = [
            ".TH HOOKLINE 1 \"\" \"hookline \(escaped(Version.current))\" \"User Commands\"", ".SH NAME",
            "hookline \\- a prompt for the webhooks of a Mixpeek organization", ".SH SYNOPSIS",
        ]
        page += [
            "hookline [\\fIFLAG\\fR...]", "hookline [\\fIFLAG\\fR...] -c \\fITEXT\\fR",
            "hookline [\\fIFLAG\\fR...] run \\fIFILE\\fR [\\fIARG\\fR...] [\\fINAME=VALUE\\fR...]",
            "hookline [\\fIFLAG\\fR...] \\fICOMMAND\\fR [\\fIARG\\fR...]", "hookline sandbox serve [\\fIFLAG\\fR...]",
        ].flatMap { [".br", $0.replacing("-c", with: "\\-c")] }
        page += [
            ".SH DESCRIPTION",
            "Without words it opens a prompt; with no terminal on standard input it runs standard input as a script. Edits "
                + "are staged, shown by diff, sent and verified by commit, and taken back by rollback.",
            ".SH OPTIONS",
        ]
        page += item(GlobalFlag.script.spelling, GlobalFlag.script.summary)
        for flag in GlobalFlag.all { page += [".TP", "\\fB\(escaped(flag.spelling))\\fR", escaped(flag.summary)] }
        page.append(".SH COMMANDS")
        for command in CommandTable.declarations { page += section(command) }
        page.append(".SH EXIT STATUS")
        for status in ExitStatus.allCases { page += [".TP", "\\fB\(status.rawValue)\\fR", escaped(status.meaning)] }
        page.append(".SH CONFIGURATION")
        page.append("At the top of \\fI~/.config/hookline/config.yaml\\fR:")
        for key in ConfigurationKey.allCases { page += item(key.rawValue, said(of: key.entry)) }
        page += [".PP", "Of a profile in it:"]
        for key in ProfileKey.allCases { page += item(key.rawValue, said(of: key.entry)) }
        page.append(".SH SANDBOX SERVE")
        for flag in ServeFlag.allCases {
            let fallback = flag.value == nil ? "" : "; if not given: " + flag.fallback
            page += item(flag.spelling, flag.summary + fallback)
        }
        page.append(".SH ENVIRONMENT")
        for variable in EnvironmentVariable.all {
            page += item(variable.names.joined(separator: ", "), variable.meaning)
        }
        page += [
            ".SH FILES", ".TP",
            "\\fI~/.config/hookline/config.yaml\\fR", "profiles", ".TP", "\\fI~/.config/hookline/rc.hook\\fR",
            "runs at the start of a prompt", ".TP", "\\fI~/.local/state/hookline/\\fR",
            "history, journal and drafts, the sandbox's database",
        ]
        return page.joined(separator: "\n") + "\n"
    }

    private static func item(_ name: String, _ text: String) -> [String] {
        [".TP", "\\fB\(escaped(name))\\fR", escaped(text)]
    }

    private static func said(of entry: KeyEntry) -> String {
        let before = entry.overriddenBy.isEmpty ? "" : "; before it goes: " + entry.overriddenBy.joined(separator: ", ")
        return entry.meaning + ". " + entry.values + "; if not given: " + entry.fallback + before
    }

    private static func section(_ command: CommandDeclaration) -> [String] {
        let usage = Usage(declaration: command)
        var lines = [
            ".SS \(escaped(command.name))", "\\fB\(escaped(usage.line))\\fR", ".PP", escaped(command.summary) + ".",
        ]
        for detail in command.details { lines += [".PP", escaped(detail)] }
        for sub in command.subcommands {
            lines += [
                ".TP", "\\fB\(escaped(Usage(declaration: sub, parent: command).line))\\fR", escaped(sub.summary),
            ]
        }
        let flags = (command.flags + command.subcommands.flatMap(\.flags)).filter {
            OutputFormat(rawValue: $0.signature.name) == nil
        }
        var seen: Set<String> = []
        for flag in flags where seen.insert(flag.signature.name).inserted {
            let value = flag.signature.value.map { " " + $0.name } ?? ""
            lines += [".TP", "\\fB\(escaped("--" + flag.signature.name + value))\\fR", escaped(flag.summary)]
        }
        return lines
    }

    /// Text that troff takes as it is.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case "-": result += "\\-"
            case "'" where result.isEmpty, "." where result.isEmpty: result += "\\&" + String(character)
            default: result.append(character)
            }
        }
        return result
    }
}
