import HookScript

/// A script file to run, and what it is given.
package struct ScriptRequest: Sendable {
    /// `-` for standard input.
    package var path: String
    package var arguments: [Value]
    package var variables: [String: Value]
    /// Parse and report; run nothing.
    package var isCheck: Bool
    package var continuesOnError: Bool
    /// Whether pipes may run other programs.
    package var allowsExec = false
    /// The calls that led to it, if a command runs it.
    package var trace: [Diagnostic.Frame] = []

    var isStandardInput: Bool { path == "-" }

    package init(
        path: String, arguments: [Value] = [], variables: [String: Value] = [:], isCheck: Bool = false,
        continuesOnError: Bool = false
    ) {
        self.path = path
        self.arguments = arguments
        self.variables = variables
        self.isCheck = isCheck
        self.continuesOnError = continuesOnError
    }
}
