/// An argument as a command receives it: one value, where it was written, and how to write it again.
package struct Argument: Hashable, Sendable {
    /// The value, of the kind that the signature declares at this place.
    package let value: Value
    /// The text of the source, where the argument is nothing else. Only such text is ever read as JSON, a number or a
    /// time; what came out of a variable stays what it is.
    package let literal: String?
    /// The kind declared at this place.
    package let kind: ArgumentKind
    package let span: SourceSpan

    /// Reads a value as the kind declared at a place.
    init(_ word: EvaluatedWord, as kind: ArgumentKind) throws(ConversionError) {
        self.kind = kind
        span = word.span
        guard word.isKnown else {
            (literal, value) = (nil, .null)
            return
        }
        if kind == .inferred, let text = word.literal, text.utf8.starts(with: "text:".utf8) {
            literal = nil
            value = Value(String(text.dropFirst(5)))
        } else {
            literal = word.literal
            value = try word.value.converted(to: kind, isLiteral: word.literal != nil)
        }
    }

    /// The argument read as another kind, for a command whose kind depends on an argument before (`set FIELD VALUE`,
    /// declared as ``ArgumentKind/inferred``).
    package func typed(as other: ArgumentKind) throws(ConversionError) -> Value {
        if let literal { return try Value(literal).converted(to: other, isLiteral: true) }
        return try value.converted(to: other, isLiteral: false)
    }

    /// A word that evaluates to the value: quoted where it must be, references in place of secrets.
    package var canonical: String {
        literal.map(WordPrinter.word) ?? ValuePrinter.word(value, as: kind)
    }
}

/// A word with its variables read.
struct EvaluatedWord {
    let value: Value
    /// Its text, if it is nothing but text of the source.
    let literal: String?
    let span: SourceSpan
    /// Whether the value is the one that it will have: not so before a script runs.
    var isKnown = true
}
