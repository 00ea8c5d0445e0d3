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
        let expansion = command.expansion
        var words = [WordPrinter.word(expansion?.alias ?? command.name.text)]
        if let subcommand = command.subcommand, expansion?.holdsSubcommand != true {
            words.append(WordPrinter.word(subcommand.text))
        }
        let own = command.items.dropFirst(expansion?.items ?? 0)
        var items = own.map(item)
        if let redirect = command.redirect {
            let text = (redirect.appends ? ">> " : "> ") + WordPrinter.text(redirect.file)
            items.insert(text, at: place(of: redirect, among: own, of: command))
        }
        words += items
        for external in command.pipeline { words.append("| " + external.map(WordPrinter.text).joined(separator: " ")) }
        return words.joined(separator: " ")
    }

    /// Before the condition, which would compare with what follows `>`; where it was in the line of a command that nobody
    /// knows yet, since that may have conditions too.
    private static func place(
        of redirect: CommandStatement.Redirect, among items: ArraySlice<CommandStatement.Item>,
        of command: CommandStatement
    ) -> Int {
        let index =
            command.signature == nil
            ? items.firstIndex { $0.start > redirect.span.start }
            : items.firstIndex { if case .condition = $0 { true } else { false } }
        return (index ?? items.endIndex) - items.startIndex
    }

    private static func item(_ item: CommandStatement.Item) -> String {
        switch item {
        case .positional(let word): WordPrinter.text(word)
        case .keyValue(let pair): WordPrinter.text(pair.key) + "=" + WordPrinter.text(pair.value)
        case .condition(let condition, _): "where " + ExpressionPrinter.text(condition)
        case .endOfFlags: "--"
        case .command(let inner): line(inner)
        case .flag(let flag): self.flag(flag.name, isShort: flag.isShort, flag.values.map(WordPrinter.text))
        }
    }

    /// A flag with its values as words.
    static func flag(_ name: String, isShort: Bool = false, _ values: [String]) -> String {
        let dashes = isShort ? "-" : "--"
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

extension CommandStatement.Item {
    fileprivate var start: Int {
        switch self {
        case .positional(let word): word.span.start
        case .flag(let flag): flag.span.start
        case .keyValue(let pair): pair.span.start
        case .condition(_, let span), .endOfFlags(let span): span.start
        case .command(let inner): inner.span.start
        }
    }
}

/// Writes blocks.
private struct BlockPrinter {
    var text = ""

    mutating func add(_ block: Block, depth: Int) {
        var isFirst = true
        for statement in block.statements {
            if statement.trivia?.gapGoesFirst == true, !isFirst { text += "\n" }
            add(statement, depth: depth)
            isFirst = false
        }
        for comment in block.closingComments {
            if comment.followsGap, !isFirst { text += "\n" }
            line(comment.text, depth)
            isFirst = false
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
            open("try", attempt.body, depth)
            add("catch" + (attempt.errorName.map { " " + $0.text } ?? ""), attempt.handler, depth, trailing)
        default: line(head + trailing, depth)
        }
    }

    private mutating func add(_ branch: Branch, _ depth: Int, _ trailing: String) {
        for (index, arm) in branch.arms.enumerated() {
            open((index == 0 ? "if " : "elif ") + ExpressionPrinter.text(arm.condition), arm.body, depth)
        }
        if let otherwise = branch.otherwise { open("else", otherwise, depth) }
        line("end" + trailing, depth)
    }

    private mutating func add(_ head: String, _ body: Block, _ depth: Int, _ trailing: String) {
        open(head, body, depth)
        line("end" + trailing, depth)
    }

    private mutating func open(_ head: String, _ body: Block, _ depth: Int) {
        line(head + (body.headComment.map { "  " + $0.text } ?? ""), depth)
        add(body, depth: depth + 1)
    }

    private mutating func line(_ content: String, _ depth: Int) {
        text += String(repeating: "    ", count: depth) + content + "\n"
    }
}

extension Trivia {
    /// Whether the empty line stands before the comments too, or there are none.
    fileprivate var gapGoesFirst: Bool { leading.first?.followsGap ?? followsGap }
}
