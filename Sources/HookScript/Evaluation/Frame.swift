/// Where statements run: the top of a source, or a call of a `def` command, with the variables of that call.
final class Frame {
    let source: SourceText
    let arguments: [Value]
    /// The calls that led here, innermost first.
    let trace: [Diagnostic.Frame]
    let purpose: Invocation.Purpose
    /// nil at the top, whose variables are the interpreter's own.
    var locals: [String: Value]?
    /// How many `each` are open, here and in the calls that led here.
    var eachDepth: Int
    /// The statement that runs, for errors that have no place of their own.
    var statement = SourceSpan(0, 0)
    /// Parameters given by place so far.
    var parametersRead = 0
    let options: RunOptions

    init(
        source: SourceText, arguments: [Value], trace: [Diagnostic.Frame] = [],
        purpose: Invocation.Purpose = .statement, locals: [String: Value]? = nil, eachDepth: Int = 0,
        options: RunOptions
    ) {
        self.source = source
        self.arguments = arguments
        self.trace = trace
        self.purpose = purpose
        self.locals = locals
        self.eachDepth = eachDepth
        self.options = options
    }
}

/// How a source is run.
package struct RunOptions: Sendable {
    /// `$1`, `$2`, …
    package var arguments: [Value]
    /// Values for `param` by name, as they were given: text is read like a literal.
    package var parameters: [String: String]
    /// Asked after each failing statement at the top, and told why: whether to go on with the next one. nil stops.
    package var onFailure: (@Sendable (ScriptError) async -> Bool)?

    /// The calls that led to the source, if a command runs it: ``Invocation/trace(entering:)``.
    package var trace: [Diagnostic.Frame]

    package init(
        arguments: [Value] = [], parameters: [String: String] = [:], trace: [Diagnostic.Frame] = [],
        onFailure: (@Sendable (ScriptError) async -> Bool)? = nil
    ) {
        self.arguments = arguments
        self.parameters = parameters
        self.trace = trace
        self.onFailure = onFailure
    }
}

/// How a source ended.
package enum Completion: Hashable, Sendable {
    /// With its last statement, whose value this is.
    case finished(Value)
    /// With `exit`.
    case exited(Int32)
}

/// Where a statement leads.
enum Flow {
    case onward
    case leave
    case next
    case giveBack(Value)
}

/// What ends the statements around it.
enum RunError: Error {
    case failed(Diagnostic, CommandFailure?, isFatal: Bool)
    /// `exit`: no failure, but nothing catches it.
    case exit(Int32)

    /// Whether `try` lets it through.
    var isFatal: Bool {
        guard case .failed(_, _, let isFatal) = self else { return true }
        return isFatal
    }
}
