import HookScript

/// A command's usage line and help page, made from its declaration.
struct Usage: Sendable {
    let declaration: CommandDeclaration
    /// The command that a subcommand belongs to.
    var parent: CommandDeclaration?

    /// `ls [where EXPR] [--sort FIELD] …`
    var line: String {
        var parts = [fullName]
        if !declaration.subcommands.isEmpty {
            parts.append("[" + declaration.subcommands.map(\.name).joined(separator: "|") + "]")
        }
        parts += declaration.positionals.map(positional)
        if case .declared(_, let others) = declaration.keyValues, others { parts.append("[KEY=VALUE…]") }
        parts += listedFlags.map { "[" + spelling($0) + "]" }
        if hasOutputFlags { parts.append("[--format FORMAT]") }
        if declaration.takesCommand { parts.append("COMMAND…") }
        if declaration.takesWhere { parts.append("[where EXPR]") }
        return parts.joined(separator: " ")
    }

    var fullName: String { (parent.map { $0.name + " " } ?? "") + declaration.name }

    /// The whole page.
    func page(style: Style) -> [String] {
        var lines = [style(.heading, fullName) + " " + declaration.summary, "", "  " + line]
        lines += declaration.details.flatMap { [""] + TextWrap.lines($0, width: 78) }
        lines += subcommandLines(style)
        lines += flagLines(style)
        if !declaration.examples.isEmpty {
            lines += ["", style(.heading, "Examples")]
            let width = declaration.examples.map { $0.line.count }.max() ?? 0
            for example in declaration.examples {
                let effect = example.effect.isEmpty ? "" : "  " + style(.muted, "# " + example.effect)
                lines.append("  " + (effect.isEmpty ? example.line : example.line.padded(to: width)) + effect)
            }
        }
        lines += ["", style(.heading, "Exit status")]
        for code in [.done, .failed, .usage] + declaration.exits { lines.append("  \(code.rawValue)  \(code.meaning)") }
        return lines
    }

    private func subcommandLines(_ style: Style) -> [String] {
        guard !declaration.subcommands.isEmpty else { return [] }
        let usages = declaration.subcommands.map { Usage(declaration: $0, parent: declaration) }
        let width = min(44, usages.map { $0.line.count }.max() ?? 0)
        return ["", style(.heading, "Subcommands")]
            + usages.map { "  " + $0.line.padded(to: width) + "  " + $0.declaration.summary }
    }

    private func flagLines(_ style: Style) -> [String] {
        let described =
            declaration.positionals.map { (positional($0), $0.summary) }
            + declaration.flags.filter { !isOutputSwitch($0) }.map { (spelling($0), $0.summary) }
            + declaration.subcommands.flatMap { sub in
                sub.flags.map { (sub.name + " " + spelling($0), $0.summary) }
            }
        guard !described.isEmpty else { return [] }
        let width = min(34, described.map { $0.0.count }.max() ?? 0)
        var lines = ["", style(.heading, "Arguments and flags")]
        for (spelling, summary) in described { lines.append("  " + spelling.padded(to: width) + "  " + summary) }
        if hasOutputFlags {
            let names = OutputFormat.allCases.map { "--" + $0.rawValue }.joined(separator: " ")
            lines.append("  " + names)
        }
        return lines
    }

    private var hasOutputFlags: Bool { declaration.flags.contains { $0.signature.name == "format" } }

    private var listedFlags: [DeclaredFlag] {
        declaration.flags.filter { !isOutputSwitch($0) && $0.signature.name != "format" }
    }

    /// `--json` and its like: said once, by `--format`.
    private func isOutputSwitch(_ flag: DeclaredFlag) -> Bool {
        hasOutputFlags && OutputFormat(rawValue: flag.signature.name) != nil
    }

    private func spelling(_ flag: DeclaredFlag) -> String {
        let short = flag.signature.short.map { "-\($0), " } ?? ""
        let value = flag.signature.value.map { " " + $0.name + ($0.isList ? "…" : "") } ?? ""
        return short + "--" + flag.signature.name + value
    }

    private func positional(_ declared: DeclaredPositional) -> String {
        let name = declared.signature.name
        return switch declared.signature.arity {
        case .one: name
        case .optional: "[\(name)]"
        case .many: "[\(name)…]"
        case .some: "\(name)…"
        }
    }
}
