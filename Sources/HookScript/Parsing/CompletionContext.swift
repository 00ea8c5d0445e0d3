/// What the grammar wants at a cursor.
package enum CompletionContext: Hashable, Sendable {
    /// A command, or a keyword that begins a statement.
    case command
    case subcommand(of: String)
    /// A flag, dashes included.
    case flagName(of: String)
    case flagValue(of: String, flag: String, kind: ArgumentKind)
    /// The word at an index from 0, of those that are no flags.
    case positional(of: String, name: String, kind: ArgumentKind, index: Int)
    /// A key, up to its `=`.
    case key(of: String)
    case value(of: String, key: String, kind: ArgumentKind)
    /// One of these words of the grammar: `where`, `end`, `in`.
    case keyword([String])
    /// A field, a function, `not`, `exists`.
    case field
    /// A comparison, `and`, `or`; after a field, its name.
    case comparator(field: String?)
    /// What a field is compared with.
    case comparand(field: String?, comparator: Comparator)
    /// A value in an expression that knows no fields.
    case operand
    /// A name after `$` or `${`.
    case variable
    /// After `${env:`
    case environmentName
    /// After `${secret:`
    case secretName
    /// After `>`.
    case fileName
    /// Something that only the user knows: a new name, text.
    case free
}

/// Where completion stands in a line.
package struct CompletionPoint: Hashable, Sendable {
    package enum Quote: Hashable, Sendable { case none, single, double }

    /// What may stand here, the likeliest first.
    package let contexts: [CompletionContext]
    /// The text to be replaced: the part of the word before the cursor, or an empty place.
    package let span: SourceSpan
    /// That part with quotes and escapes read.
    package let prefix: String
    /// The quote that is open at the cursor.
    package let quote: Quote
    /// The words of the statement before this one, literal ones only, for completions that depend on them.
    package let words: [String]
}

/// Notes what was due each time the parser looks for something; the last note is what is due at the end of the text.
struct CompletionProbe {
    var contexts: [CompletionContext] = [.command]
    var start = -1
    var words: [String] = []
    /// Where the last word ended: what is due right behind one at the end of the text is that word, not what follows it.
    var wordEnd = -1
    /// Whether a statement ended at the end of the text, so that no new one begins there.
    var isDone = false
}

extension Parser {
    /// Says what may stand at the cursor. Costs nothing unless completion asked.
    @inline(__always)
    mutating func due(_ contexts: @autoclosure () -> [CompletionContext]) {
        if isProbing { noteDue(contexts) }
    }

    private mutating func noteDue(_ contexts: () -> [CompletionContext]) {
        guard let current = probe, !current.isDone else { return }
        if isAtEnd, current.wordEnd == index || current.start == index { return }
        let (found, place) = (contexts(), index)
        probe?.contexts = found
        probe?.start = place
    }

    /// Keeps a word for ``CompletionPoint/words``, unless it is the one at the end of the text.
    @inline(__always)
    mutating func keep(_ word: @autoclosure () -> String?) {
        if isProbing, !isAtEnd { probe?.words.append(word() ?? "") }
    }

    /// Says that a word ended at the cursor.
    @inline(__always)
    mutating func wordEnded() {
        guard isProbing else { return }
        let place = index
        probe?.wordEnd = place
    }

    /// What is due at the end of a text: the text of a line up to the cursor.
    package static func completion(
        at source: SourceText, signatures: any SignatureLookup, limits: Limits = .standard
    ) -> CompletionPoint {
        var parser = Parser(source, signatures: signatures, limits: limits)
        parser.probe = CompletionProbe()
        _ = parser.script()
        let probe = parser.probe ?? CompletionProbe()
        let start = min(max(probe.start, 0), source.bytes.count)
        let (prefix, quote) = PartialWord.read(source.bytes[start...])
        return CompletionPoint(
            contexts: probe.contexts, span: SourceSpan(start, source.bytes.count), prefix: prefix, quote: quote,
            words: probe.words)
    }
}

/// Reads a word that may break off anywhere, as far as it goes.
enum PartialWord {
    static func read(_ bytes: ArraySlice<UInt8>) -> (text: String, quote: CompletionPoint.Quote) {
        var text: [UInt8] = []
        var quote = CompletionPoint.Quote.none
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch (quote, byte) {
            case (.none, .singleQuote): quote = .single
            case (.none, .doubleQuote): quote = .double
            case (.single, .singleQuote), (.double, .doubleQuote): quote = .none
            case (.double, .backslash) where index + 1 < bytes.endIndex:
                index += 1
                text.append(bytes[index])
            default: text.append(byte)
            }
            index += 1
        }
        return (String(decoding: text, as: UTF8.self), quote)
    }
}
