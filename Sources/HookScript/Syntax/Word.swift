/// A word of a command line: what stands between blanks.
///
/// Quotes are gone: they say where a word ends and which characters are special, never what the word means.
package struct Word: Sendable {
    package enum Content: Sendable {
        case literal(String)
        /// A variable or a `$( )` that is the whole word: its value, of whatever kind.
        case value(Part)
        /// Text and values after each other, joined as text.
        case joined([Part])
        /// `$list...`, `$@`: one argument for each element.
        case spread(Part)
        case json(JSONTemplate)
    }

    package enum Part: Sendable {
        case text(String)
        indirect case variable(Variable)
        indirect case substitution(Substitution)
    }

    package let content: Content
    package let span: SourceSpan

    /// The text of a word that has no variables in it.
    package var literal: String? {
        guard case .literal(let text) = content else { return nil }
        return text
    }
}

/// `$(COMMAND)`: the structured result of a command.
package struct Substitution: Sendable {
    package let command: CommandStatement
    package let span: SourceSpan
}

/// A variable where it is read.
package struct Variable: Sendable {
    package enum Base: Hashable, Sendable {
        case named(String)
        /// `$1` … `$9`
        case argument(Int)
        /// `$@`
        case arguments
        /// `$#`
        case argumentCount
        case environment(String)
        case secret(String)
    }

    package enum Step: Hashable, Sendable {
        case member(String)
        case element(Int)
        /// `*`: every element.
        case every
    }

    package let base: Base
    package let path: [Step]
    /// What follows `:-`, for when the variable is unset.
    package let fallback: Word?
    package let span: SourceSpan

    package var crossesList: Bool { path.contains(.every) }
}
