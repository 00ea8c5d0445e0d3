/// Writes trees as source in the canonical form: one statement a line, blocks indented by four blanks, quotes only where
/// needed, comments kept. Printing what was read from the output gives the output again.
package enum StatementPrinter {
    package static func text(_ script: Script) -> String {
        var printer = BlockPrinter()
        printer.add(script.body, depth: 0)
        return printer.text
    }

    /// A statement on a line of its own, without what follows a block's head.
    package static func text(_ statement: Statement) -> String {
        var printer = BlockPrinter()
        printer.add(statement, depth: 0)
        if printer.text.hasSuffix("\n") { printer.text.removeLast() }
        return printer.text
    }

    /// A command without its line end.
    static func line(_ command: CommandStatement) -> String {
        var words = [WordPrinter.word(command.name.text)]
        if let subcommand = command.subcommand { words.append(WordPrinter.word(subcommand.text)) }
        var items = command.items.map(item)
        if let redirect = command.redirect {
            let text = (redirect.appends ? ">> " : "> ") + WordPrinter.text(redirect.file)
            let place = command.items.firstIndex { if case .condition = $0 { true } else { false } }
            items.insert(text, at: place ?? items.count)
        }
        words += items
        for external in command.pipeline { words.append("| " + external.map(WordPrinter.text).joined(separator: " ")) }
        return words.joined(separator: " ")
    }

    private static func item(_ item: CommandStatement.Item) -> String {
        switch item {
        case .positional(let word): WordPrinter.text(word)
        case .keyValue(let pair): WordPrinter.text(pair.key) + "=" + WordPrinter.text(pair.value)
        case .condition(let condition, _): "where " + ExpressionPrinter.text(condition)
        case .endOfFlags: "--"
        case .flag(let flag): self.flag(flag.name, flag.values.map(WordPrinter.text))
        }
    }

    /// A flag with its values as words.
    static func flag(_ name: String, _ values: [String]) -> String {
        let dashes = name.utf8.count == 1 ? "-" : "--"
        guard let first = values.first else { return dashes + name }
        let separator = values.count == 1 ? "=" : " "
        return dashes + name + separator + ([first] + values.dropFirst()).joined(separator: " ")
    }

    /// The head of a statement: all of one that holds no block.
    static func head(_ kind: Statement.Kind) -> String {
        switch kind {
        case .command(let command): line(command)
        case .assign(let assignment): "let \(assignment.name.text) = " + ExpressionPrinter.text(assignment.value)
        case .unassign(let name): "unlet " + name.text
        case .branch(let branch): "if " + (branch.arms.first.map { ExpressionPrinter.text($0.condition) } ?? "")
        case .loop(let loop): "for \(loop.name.text) in " + ExpressionPrinter.text(loop.list)
        case .each(let each):
            "each" + (each.selected ? " selected" : "")
                + (each.condition.map { " where " + ExpressionPrinter.text($0) } ?? "")
        case .define(let definition): self.definition(definition)
        case .attempt: "try"
        case .parameter(let parameter): self.parameter(parameter)
        case .requires(let requirement): "requires \(requirement.language.text) \(requirement.version.text)"
        case .assertion(let assertion):
            "assert " + ExpressionPrinter.text(assertion.condition)
                + (assertion.message.map { " " + message($0) } ?? "")
        case .exit(let code): "exit" + (code.map { " " + ExpressionPrinter.text($0) } ?? "")
        case .leave: "break"
        case .next: "continue"
        case .wait(.duration(let duration)): "wait " + ExpressionPrinter.text(duration)
        case .wait(.until(let condition, let timeout)):
            "wait until " + ExpressionPrinter.text(condition) + " --timeout " + ExpressionPrinter.text(timeout)
        case .giveBack(let value): "return" + (value.map { " " + ExpressionPrinter.text($0) } ?? "")
        }
    }

    private static func definition(_ definition: Definition) -> String {
        let parameters = definition.parameters.map { parameter in
            " " + parameter.name.text + (parameter.fallback.map { "=" + WordPrinter.text($0) } ?? "")
        }
        return "def " + definition.name.text + parameters.joined()
    }

    private static func parameter(_ parameter: Parameter) -> String {
        var text = "param " + parameter.name.text
        if let help = parameter.help { text += " " + WordPrinter.quoted(help) }
        if let fallback = parameter.fallback { text += " = " + ExpressionPrinter.text(fallback) }
        return text + (parameter.isSecret ? " --secret" : "")
    }

    private static func message(_ word: Word) -> String {
        switch word.content {
        case .literal(let text): WordPrinter.quoted(text)
        case .value(let part), .spread(let part): WordPrinter.quoted([part])
        case .joined(let parts): WordPrinter.quoted(parts)
        case .json: WordPrinter.text(word)
        }
    }
}

/// Writes blocks.
private struct BlockPrinter {
    var text = ""

    mutating func add(_ block: Block, depth: Int) {
        for (index, statement) in block.statements.enumerated() {
            if statement.trivia?.gapGoesFirst == true, index > 0 { text += "\n" }
            add(statement, depth: depth)
        }
        for comment in block.closingComments {
            if comment.followsGap, !text.isEmpty { text += "\n" }
            line(comment.text, depth)
        }
    }

    mutating func add(_ statement: Statement, depth: Int) {
        for (index, comment) in (statement.trivia?.leading ?? []).enumerated() {
            if comment.followsGap, index > 0 { text += "\n" }
            line(comment.text, depth)
        }
        if statement.trivia?.followsGap == true, statement.trivia?.leading.isEmpty == false { text += "\n" }
        let trailing = statement.trivia?.trailing.map { "  " + $0.text } ?? ""
        let head = StatementPrinter.head(statement.kind)
        switch statement.kind {
        case .branch(let branch): add(branch, depth, trailing)
        case .loop(let loop): add(head, loop.body, depth, trailing)
        case .each(let each): add(head, each.body, depth, trailing)
        case .define(let definition): add(head, definition.body, depth, trailing)
        case .attempt(let attempt):
            line("try", depth)
            add(attempt.body, depth: depth + 1)
            add("catch" + (attempt.errorName.map { " " + $0.text } ?? ""), attempt.handler, depth, trailing)
        default: line(head + trailing, depth)
        }
    }

    private mutating func add(_ branch: Branch, _ depth: Int, _ trailing: String) {
        for (index, arm) in branch.arms.enumerated() {
            line((index == 0 ? "if " : "elif ") + ExpressionPrinter.text(arm.condition), depth)
            add(arm.body, depth: depth + 1)
        }
        if let otherwise = branch.otherwise {
            line("else", depth)
            add(otherwise, depth: depth + 1)
        }
        line("end" + trailing, depth)
    }

    private mutating func add(_ head: String, _ body: Block, _ depth: Int, _ trailing: String) {
        line(head, depth)
        add(body, depth: depth + 1)
        line("end" + trailing, depth)
    }

    private mutating func line(_ content: String, _ depth: Int) {
        text += String(repeating: "    ", count: depth) + content + "\n"
    }
}

extension Trivia {
    /// Whether the empty line stands before the comments too, or there are none.
    fileprivate var gapGoesFirst: Bool { leading.first?.followsGap ?? followsGap }
}
