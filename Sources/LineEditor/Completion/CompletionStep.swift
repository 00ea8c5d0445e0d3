/// What Tab does, decided without a terminal.
enum CompletionStep: Hashable, Sendable {
    /// Nothing fits.
    case beep
    /// Puts `text` in the place of a range (UTF-8 offsets in the context's text), the cursor behind it.
    case insert(Range<Int>, text: String)
    /// Several fit, and nothing more is common to them.
    case list(Completions)

    /// The only candidate is inserted, with what follows it unless that stands there already. Of several the common start
    /// is, if it carries on what is typed, in whatever case; otherwise they are listed. A common start that the completer
    /// names is taken at its word.
    static func decide(_ context: CompletionContext, _ completions: Completions) -> CompletionStep {
        guard let first = completions.candidates.first, let typed = text(completions.replacing, in: context) else {
            return .beep
        }
        if completions.total == 1 {
            let behind = context.text.utf8.dropFirst(completions.replacing.upperBound)
            let suffix = behind.starts(with: first.suffix.utf8) ? "" : first.suffix
            return .insert(completions.replacing, text: first.text + suffix)
        }
        if let common = completions.common {
            return common == typed ? .list(completions) : .insert(completions.replacing, text: common)
        }
        let common = commonStart(completions.candidates.map(\.text))
        let carriesOn = common != typed && common.lowercased().hasPrefix(typed.lowercased())
        return carriesOn ? .insert(completions.replacing, text: common) : .list(completions)
    }

    /// The text of a range; nil if it is outside the line being edited, does not reach the cursor, or splits a scalar.
    private static func text(_ range: Range<Int>, in context: CompletionContext) -> String? {
        let bytes = context.text.utf8
        guard range.lowerBound >= 0, range.upperBound <= bytes.count, range.lowerBound <= context.cursor,
            range.upperBound >= context.cursor
        else { return nil }
        let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        let end = bytes.index(bytes.startIndex, offsetBy: range.upperBound)
        return String(bytes[start..<end])
    }

    /// The longest start, in whole scalars, that all texts have.
    static func commonStart(_ texts: [String]) -> String {
        guard var common = texts.first?.unicodeScalars[...] else { return "" }
        for text in texts.dropFirst() {
            let pairs = zip(common, text.unicodeScalars)
            common = common.prefix(pairs.prefix { $0 == $1 }.count)
        }
        return String(common)
    }
}
