import HookScript
import LineEditor
import WebhookModel

/// Answers Tab from what is already known: the declarations, and what was gathered when the line began. It asks nobody
/// and waits for nothing.
package struct ShellCompleter: Completer {
    private let shell: Shell
    private let known: @Sendable () -> CompletionKnowledge

    /// - Parameter known: what is known at the moment of the key.
    package init(shell: Shell, known: @escaping @Sendable () -> CompletionKnowledge) {
        self.shell = shell
        self.known = known
    }

    package func completions(for context: LineEditor.CompletionContext) -> Completions {
        let knowledge = known()
        let text = String(decoding: context.text.utf8.prefix(context.cursor), as: UTF8.self)
        let place = CompletionPlace(text, signatures: knowledge.signatures)
        let before = String(decoding: text.utf8.prefix(place.start), as: UTF8.self)
        let source = CandidateSource(
            shell: shell, knowledge: knowledge, words: place.words, statement: StatementWords.last(of: before),
            before: before, prefix: place.prefix)
        let matches = Self.matches(place, source)
        return Completions(
            replacing: place.start..<text.utf8.count,
            candidates: matches.items.map { Self.candidate($0, quote: place.quote) }, total: matches.total,
            common: Self.common(matches, place, typed: String(text.utf8.dropFirst(place.start)) ?? ""))
    }

    /// Those that begin with the text; else those that do in other letter case; else those that hold it.
    private static func matches(_ place: CompletionPlace, _ source: CandidateSource) -> CompletionMatches {
        let contexts = place.contexts.filter { isWanted($0, place.prefix) }
        for tier in MatchTier.allCases {
            if tier > .beginning, place.prefix.isEmpty { break }
            var found = CompletionMatches.none
            for context in contexts { found.add(source.matches(context, tier)) }
            if found.total > 0 { return found }
        }
        return .none
    }

    /// Flags are offered once a dash is typed: before that they would hide what is due.
    private static func isWanted(_ context: HookScript.CompletionContext, _ prefix: String) -> Bool {
        if case .flagName = context { prefix.hasPrefix("-") } else { true }
    }

    /// What takes the place of the word when several fit: what they have in common if it carries on what is typed.
    private static func common(_ matches: CompletionMatches, _ place: CompletionPlace, typed: String) -> String {
        guard let common = matches.common, common != place.prefix,
            common.lowercased().hasPrefix(place.prefix.lowercased())
        else { return typed }
        return matches.items.allSatisfy(\.isLiteral) ? common : WordQuoting.begun(common, quote: place.quote)
    }

    private static func candidate(_ item: CompletionItem, quote: CompletionPoint.Quote) -> Completions.Candidate {
        let text = item.isLiteral ? item.text : WordQuoting.whole(item.text, quote: quote)
        return Completions.Candidate(
            text, display: Printable.escaped(item.text), detail: item.detail.map(Printable.escaped), suffix: item.suffix
        )
    }
}

/// What is due at the end of a text, as the parser says.
private struct CompletionPlace {
    let contexts: [HookScript.CompletionContext]
    /// Where the word at the cursor begins, in bytes.
    let start: Int
    let prefix: String
    let quote: CompletionPoint.Quote
    let words: [String]

    init(_ text: String, signatures: any SignatureLookup) {
        func point(_ text: String) -> CompletionPoint {
            Parser.completion(at: SourceText(name: "prompt", text: text), signatures: signatures)
        }
        var found = point(text)
        var rest = ""
        // Where a word of the grammar is due, the beginning of one is a mistake to the parser, which then goes on behind
        // it. What is due in its place is what was due before it.
        let word = text.utf8.reversed().prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }.count
        if found.span.start == text.utf8.count, word > 0 {
            found = point(String(decoding: text.utf8.dropLast(word), as: UTF8.self))
            rest = String(decoding: text.utf8.suffix(word), as: UTF8.self)
        }
        // At a statement's first letters the parser has left behind what else could stand there: `end`.
        if found.contexts == [.command], !(found.prefix + rest).isEmpty {
            let clean = point(String(decoding: text.utf8.prefix(found.span.start), as: UTF8.self))
            contexts = clean.span.start == found.span.start ? clean.contexts : found.contexts
        } else {
            contexts = found.contexts
        }
        start = found.span.start
        quote = found.quote
        words = found.words
        prefix = found.prefix + rest
    }
}

/// Writes a completed word so that it reads back as what was meant.
enum WordQuoting {
    /// In the quotes that were typed where it needs any.
    static func whole(_ text: String, quote: CompletionPoint.Quote) -> String {
        let word = WordPrinter.word(text)
        return word != text && quote == .single && !text.utf8.contains(UInt8(ascii: "'")) ? "'" + text + "'" : word
    }

    /// A word that is not at its end yet: a quote that was typed or is needed stays open.
    static func begun(_ text: String, quote: CompletionPoint.Quote) -> String {
        let whole = whole(text, quote: quote)
        if whole != text { return String(whole.dropLast()) }
        switch quote {
        case .none: return text
        case .single: return "'" + text
        case .double: return "\"" + text
        }
    }
}

/// The words of the statement that a text ends in.
enum StatementWords {
    static func last(of text: String) -> [String] {
        var words: [String] = []
        for part in LineParts.split(text) {
            switch part {
            case .between(let between): if between.contains(where: { ";\n|".contains($0) }) { words = [] }
            case .word(let word) where word.hasPrefix("$("): words = [String(word.dropFirst(2))]
            case .word(let word): words.append(word)
            }
        }
        return words
    }
}
