import Testing

@testable import HookScript

@Suite("The grammar of docs/language.md")
struct GrammarTests {
    private func grammar() throws -> Grammar { try #require(Grammar.ofDocument) }

    @Test("every rule is defined, and reached from a script")
    func whole() throws {
        let grammar = try grammar()
        #expect(grammar.reached(from: "script") == Set(grammar.rules.keys))
    }

    @Test("every keyword, function and comparison stands in it")
    func complete() throws {
        let literals = Set(try grammar().rules.values.flatMap(Grammar.literals))
        for keyword in Keyword.allCases { #expect(literals.contains(keyword.rawValue), "\(keyword)") }
        for comparator in Comparator.allCases { #expect(literals.contains(comparator.rawValue), "\(comparator)") }
        for sign in ArithmeticOperator.allCases { #expect(literals.contains(sign.rawValue), "\(sign)") }
        for function in Function.allCases where function != .field {
            let name = function.rawValue
            #expect(literals.contains { [name, name + "(", name + "()"].contains($0) }, "\(name)")
        }
    }

    @Test("a sentence of it parses, and its canonical form is the same tree", arguments: 0..<UInt64(1000))
    func generated(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 900_000)
        let text = try grammar().sentence(of: "script", budget: 6 + Int(seed % 14), &random)
        let source = SourceText(name: "generated", text: text)
        do throws(ScriptError) {
            let script = try Parser.parse(source, signatures: TestHost())
            #expect(throws: Never.self) { try expectRoundTrip(script) }
        } catch {
            // What follows a name that stands twice in an object is misread.
            let isBeyond = error.diagnostics.contains { Self.isBeyondGrammar($0.code) }
            #expect(isBeyond, "\(text)\n\(DiagnosticRenderer.text(error))")
        }
    }

    @Test("comments and gaps of a generated script are kept", arguments: 0..<UInt64(300))
    func comments(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed &+ 700_000)
        let text = try grammar().sentence(of: "script", budget: 14, &random)
        guard let formatted = try? Formatter.format(SourceText(name: "g", text: text), signatures: TestHost()) else {
            return
        }
        let again = try Formatter.format(SourceText(name: "again", text: formatted), signatures: TestHost())
        #expect(again == formatted, "\(text)")
        #expect(Self.comments(of: formatted) == Self.comments(of: text), "\(text)\n---\n\(formatted)")
        #expect(!formatted.contains("\n\n\n") && !formatted.hasPrefix("\n"))
    }

    @Test("every example of the document parses")
    func examples() throws {
        let examples = Grammar.examples
        #expect(examples.count >= 6)
        for example in examples {
            #expect(throws: Never.self, "\(example)") {
                _ = try Parser.parse(SourceText(name: "example", text: example), signatures: DocumentedCommands())
            }
        }
    }

    /// The comments of a script in their order, found by the tree.
    private static func comments(of text: String) -> [String] {
        guard let script = try? Parser.parse(SourceText(name: "c", text: text), signatures: TestHost()) else {
            return []
        }
        var found = CommentCollector()
        found.visit(script.body)
        return found.comments.sorted()
    }

    /// What the grammar does not say: names that stand twice.
    private static func isBeyondGrammar(_ code: DiagnosticCode) -> Bool {
        switch code {
        case .repeatedName, .malformedJSON(.duplicateName): true
        default: false
        }
    }
}

/// Every comment of a tree.
private struct CommentCollector {
    var comments: [String] = []

    mutating func visit(_ value: Any) {
        if let comment = value as? HookScript.Comment { return comments.append(comment.text) }
        if value is SourceText || value is ResolvedSignature || value is String { return }
        for child in Mirror(reflecting: value).children { visit(child.value) }
    }
}

/// The commands of the document's examples.
private struct DocumentedCommands: SignatureLookup {
    let commandNames = ["ls", "count", "select"]

    func signature(of command: String) -> CommandSignature? {
        guard commandNames.contains(command) else { return nil }
        return CommandSignature(command, flags: [FlagSignature("csv"), FlagSignature("json")], takesWhere: true)
    }
}
