/// What `help` explains beside commands. A command of the same name goes before it.
package enum HelpTopic: String, CaseIterable, Sendable {
    case config, environment, flags

    package var summary: String {
        switch self {
        case .config: "what config.yaml may say"
        case .environment: "the variables that hookline reads"
        case .flags: "the flags that stand in front of any command"
        }
    }

    func page(style: Style) -> [String] {
        let heading = [style(.heading, rawValue) + " " + summary, ""]
        switch self {
        case .config:
            return heading
                + TextWrap.lines(
                    "~/.config/hookline/config.yaml, or hookline/config.yaml in XDG_CONFIG_HOME. profile add, profile use "
                        + "--default, profile remove and login change it and keep what else is in it.", width: 78)
                + ["", style(.heading, "At the top")]
                + ConfigurationKey.allCases.flatMap { Self.lines($0.rawValue, $0.entry) }
                + ["", style(.heading, "Of a profile")]
                + ProfileKey.allCases.flatMap { Self.lines($0.rawValue, $0.entry) }
        case .environment:
            return heading
                + EnvironmentVariable.all.flatMap {
                    Self.lines($0.names.joined(separator: ", "), [$0.meaning], width: 18)
                }
        case .flags:
            let flags = [(GlobalFlag.script.spelling, GlobalFlag.script.summary)]
            return heading
                + (flags + GlobalFlag.all.map { ($0.spelling, $0.summary) })
                .flatMap { Self.lines($0, [$1], width: 22) }
        }
    }

    /// The page of `sandbox serve`, which is no command of the language.
    static func serve(style: Style) -> [String] {
        [
            style(.heading, "sandbox serve") + " serves the sandbox to other programs until it is interrupted", "",
            "  hookline sandbox serve [FLAG…]", "",
            "From a shell, not at the prompt. The first line on standard output is JSON: where", "it listens.", "",
            style(.heading, "Flags"),
        ]
            + ServeFlag.allCases.flatMap { flag in
                lines(
                    flag.spelling, [flag.summary + (flag.value == nil ? "" : "; if not given: " + flag.fallback)],
                    width: 24)
            }
    }

    private static func lines(_ name: String, _ entry: KeyEntry) -> [String] {
        var said = [entry.meaning, entry.values + "; if not given: " + entry.fallback]
        if !entry.overriddenBy.isEmpty { said.append("before it goes: " + entry.overriddenBy.joined(separator: ", ")) }
        return lines(name, said, width: 17)
    }

    /// A name with what is said of it beside it, or below where it is long.
    private static func lines(_ name: String, _ said: [String], width: Int) -> [String] {
        let texts = said.flatMap { TextWrap.lines($0, width: 76 - width) }
        let indent = String(repeating: " ", count: width + 2)
        guard name.count < width, let first = texts.first else { return ["  " + name] + texts.map { indent + $0 } }
        return ["  " + name.padded(to: width) + first] + texts.dropFirst().map { indent + $0 }
    }
}
