import Shell

/// `hookline ls --help` is `hookline help ls`.
enum HelpFlag {
    static func asCommand(_ words: [String]) -> [String] {
        guard let first = words.first, CommandTable.names.contains(first) else { return words }
        let end = words.firstIndex { $0 == "--" || $0 == "where" } ?? words.endIndex
        guard words[..<end].contains(where: { $0 == "--help" || $0 == "-h" }) else { return words }
        let subcommand = words[..<end].dropFirst().first { !$0.hasPrefix("-") }
        return ["help", first] + (CommandTable.hasSubcommand(subcommand ?? "", of: first) ? [subcommand!] : [])
    }
}
