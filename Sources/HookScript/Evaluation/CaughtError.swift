import LosslessJSON

/// What `catch e` gets: `{kind, code, message, command}`.
enum CaughtError {
    static func value(of diagnostic: Diagnostic, _ failure: CommandFailure?) -> Value {
        let members: [(String, JSON)] = [
            ("kind", JSON(failure?.kind ?? kind(diagnostic.code))),
            ("code", JSON(Int(failure?.exitCode ?? diagnostic.code.exitCode))),
            ("message", JSON(DiagnosticRenderer.message(diagnostic.code))),
            ("command", JSON(diagnostic.source.text(of: diagnostic.span))),
        ]
        return Value(.object(JSONObject(members)))
    }

    /// A word for programs.
    private static func kind(_ code: DiagnosticCode) -> String {
        switch code {
        case .assertionFailed: "assertion"
        case .unsetVariable, .unsetEnvironment, .unknownSecret, .noMember: "unset"
        case .secretNotAllowed: "secret"
        case .operation: "value"
        default:
            switch code.category {
            case .syntax: "syntax"
            case .usage: "usage"
            case .evaluation: "evaluation"
            case .limit: "limit"
            }
        }
    }
}
