/// An argument as a command receives it: one value, where it was written, and how to write it again.
package struct Argument: Hashable, Sendable {
    /// The value, of the kind that the signature declares at this place.
    package let value: Value
    /// Whether it is the text of the source itself. Only such text is ever read as JSON, a number or a time; what came
    /// out of a variable stays what it is.
    package let isLiteral: Bool
    package let span: SourceSpan
    /// A word that evaluates to the value: quoted where it must be, references in place of secrets.
    package let canonical: String

    package init(value: Value, isLiteral: Bool, span: SourceSpan, canonical: String) {
        self.value = value
        self.isLiteral = isLiteral
        self.span = span
        self.canonical = canonical
    }

    /// The value read as another kind, for a command whose kind depends on an argument before (`set FIELD VALUE`).
    package func typed(as kind: ArgumentKind) throws(ConversionError) -> Value {
        try value.converted(to: kind, isLiteral: isLiteral)
    }

    /// The value as text, whatever its kind. Secrets are in it: ask ``Value/isTainted`` first.
    package var revealedText: String { value.revealedText }
}
