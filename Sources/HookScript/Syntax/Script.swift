/// A parsed source.
package struct Script: Sendable {
    package let source: SourceText
    package let body: Block
}

/// Statements in order.
package struct Block: Sendable {
    /// The comment on the line that opens the block, after what opens it.
    package var headComment: Comment?
    package var statements: [Statement] = []
    /// Comments after the last statement, before the block ends.
    package var closingComments: [Comment] = []
}

/// A comment, from its `#` to the end of the line.
package struct Comment: Sendable {
    package let span: SourceSpan
    package let text: String
    /// Whether an empty line stands before it.
    package var followsGap: Bool
}

package struct Statement: Sendable {
    package indirect enum Kind: Sendable {
        case command(CommandStatement)
        case assign(Assignment)
        case unassign(Name)
        case branch(Branch)
        case loop(Loop)
        case each(Each)
        case define(Definition)
        case attempt(Attempt)
        case parameter(Parameter)
        case requires(Requirement)
        case assertion(Assertion)
        case exit(Expression?)
        case leave
        case next
        case wait(Wait)
        case giveBack(Expression?)
    }

    package let kind: Kind
    package let span: SourceSpan
    private let rareTrivia: Rarely<Trivia>

    init(kind: Kind, span: SourceSpan, trivia: Trivia? = nil) {
        self.kind = kind
        self.span = span
        rareTrivia = Rarely(trivia)
    }

    /// What only the formatter looks at.
    package var trivia: Trivia? { rareTrivia.value }
}

/// Comments and empty lines around a statement.
package struct Trivia: Sendable {
    package var leading: [Comment] = []
    /// The comment on the same line, after it.
    package var trailing: Comment?
    /// Whether an empty line stands before the statement itself.
    package var followsGap = false
}

/// A name as it was written.
package struct Name: Sendable {
    package let text: String
    package let span: SourceSpan
}
