import HookScript
import LineEditor
import Session
import WebhookModel

/// Answers Tab from what is already known: the declarations, and the webhooks last read. It asks nobody and waits for
/// nothing.
package struct ShellCompleter: Completer {
    private let shell: Shell

    package init(shell: Shell) { self.shell = shell }

    /// How many candidates are offered at most; more would not be read.
    static let limit = 200

    package func completions(for context: LineEditor.CompletionContext) -> Completions {
        let text = String(decoding: Array(context.text.utf8)[..<context.cursor], as: UTF8.self)
        let point = Parser.completion(at: SourceText(name: "prompt", text: text), signatures: shell)
        let source = CandidateSource(shell: shell, words: point.words)
        let pool = point.contexts.filter { Self.isWanted($0, point.prefix) }
            .flatMap { source.candidates(for: $0, prefix: point.prefix) }
        let matching = Self.matching(pool, point.prefix).prefix(Self.limit)
        return Completions(
            replacing: point.span.start..<point.span.end,
            candidates: matching.map { Self.candidate($0, quote: point.quote) })
    }

    /// Flags are offered once a dash is typed: before that they would hide what is due.
    private static func isWanted(_ context: HookScript.CompletionContext, _ prefix: String) -> Bool {
        if case .flagName = context { prefix.hasPrefix("-") } else { true }
    }

    /// Those that begin with the text; else those that do in other letter case; else those that hold it.
    private static func matching(_ pool: [CandidateSource.Item], _ prefix: String) -> [CandidateSource.Item] {
        var seen: Set<String> = []
        let pool = pool.filter { seen.insert($0.text).inserted }
        let exact = pool.filter { $0.text.hasPrefix(prefix) }
        if !exact.isEmpty { return exact }
        let lowered = prefix.lowercased()
        let folded = pool.filter { $0.text.lowercased().hasPrefix(lowered) }
        if !folded.isEmpty { return folded }
        return pool.filter {
            $0.text.lowercased().contains(lowered) || ($0.detail?.lowercased().contains(lowered) ?? false)
        }
    }

    private static func candidate(_ item: CandidateSource.Item, quote: CompletionPoint.Quote) -> Completions.Candidate {
        let shown = Printable.escaped(item.text)
        let text =
            switch quote {
            case .none: item.isLiteral ? item.text : WordPrinter.word(item.text)
            case .single where !item.text.contains("'"): "'" + item.text + "'"
            case .single, .double: WordPrinter.word(item.text)
            }
        return Completions.Candidate(
            text, display: shown, detail: item.detail.map(Printable.escaped), suffix: item.suffix)
    }
}
