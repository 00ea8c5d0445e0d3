import HookScript
import LineEditor
import WebhookModel

/// `?` at the prompt: explains the command before the cursor, or on an empty line what there is. Runs nothing.
struct LineHelp: Explainer {
    let style: Style
    /// The window's width.
    var columns: @Sendable () -> Int? = { nil }

    func explanation(for context: LineEditor.CompletionContext) -> [String]? {
        let text = String(decoding: context.text.utf8.prefix(context.cursor), as: UTF8.self)
        // Within a word `?` is a letter: in a glob, in a URL.
        guard text.utf8.last.map({ $0 == 0x20 || $0 == 0x09 }) ?? true else { return nil }
        if context.text.allSatisfy(\.isWhitespace) { return overview }
        return explanation(of: StatementWords.last(of: text))
    }

    /// The command of a line that ends in a `?` of its own: `commit ?`. nil if the line is not such a question.
    static func question(_ line: String) -> [String]? {
        let words = line.split { $0.isWhitespace }
        guard words.count > 1, words.last == "?" else { return nil }
        let names = words.dropLast().map(String.init)
        guard names.count <= 2, let declaration = CommandTable.declaration(named: names[0]) else { return nil }
        return names.count == 1 || subcommand(names[1], of: declaration) != nil ? names : nil
    }

    /// A command or statement, and a subcommand; anything more is past the point where `?` asks.
    private func explanation(of words: [String]) -> [String]? {
        guard let name = words.first, words.count <= 2 else { return nil }
        if let declaration = CommandTable.declaration(named: name) {
            if words.count == 1 { return Usage(declaration: declaration).page(style: style) }
            return Self.subcommand(words[1], of: declaration)
                .map { Usage(declaration: $0, parent: declaration).page(style: style) }
        }
        guard words.count == 1, let statement = CommandCandidates.statements.first(where: { $0.text == name }) else {
            return nil
        }
        return [style(.heading, name) + " " + (statement.detail ?? "")]
    }

    private static func subcommand(_ name: String, of declaration: CommandDeclaration) -> CommandDeclaration? {
        declaration.subcommands.first { $0.name == name || $0.aliases.contains(name) }
    }

    /// The commands by what they are for, a line a group.
    private var overview: [String] {
        let indent = 15
        let width = max(20, (columns() ?? 80) - indent - 1)
        let groups = CommandGroup.allCases.flatMap { group -> [String] in
            let names = CommandTable.declarations.filter { $0.group == group }.map(\.name)
            return TextWrap.lines(names.joined(separator: " "), width: width).enumerated().map { index, line in
                style(.heading, (index == 0 ? group.rawValue : "").padded(to: indent)) + line
            }
        }
        return groups + ["? behind a command explains it, help lists them all, Tab completes."]
    }
}
