import Shell

/// `hookline ls --help` is `hookline help ls`. `sandbox serve` is no command of the language, and has a help of its own.
enum HelpFlag {
    static func asCommand(_ words: [String]) -> [String] {
        guard let first = words.first, CommandTable.names.contains(first), !words.starts(with: ["sandbox", "serve"])
        else { return words }
        let end = words.firstIndex { $0 == "--" || $0 == "where" } ?? words.endIndex
        guard words[..<end].contains(where: { $0 == "--help" || $0 == "-h" }) else { return words }
        let subcommand = words[..<end].dropFirst().first { !$0.hasPrefix("-") }
        return ["help", first] + (CommandTable.hasSubcommand(subcommand ?? "", of: first) ? [subcommand!] : [])
    }
}
