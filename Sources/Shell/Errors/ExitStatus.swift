import HookScript

/// The exit statuses of hookline, and those that a script ends with by `exit`.
///
/// The table in docs/configuration.md and the help pages are made from `allCases`.
package struct ExitStatus: RawRepresentable, CaseIterable, Hashable, Sendable {
    package let rawValue: Int32

    package static let done = ExitStatus(0)
    package static let failed = ExitStatus(1)
    package static let usage = ExitStatus(2)
    package static let notAllowed = ExitStatus(3)
    package static let refused = ExitStatus(4)
    package static let conflict = ExitStatus(5)
    package static let partial = ExitStatus(6)
    package static let declined = ExitStatus(7)
    package static let changes = ExitStatus(10)
    package static let interrupted = ExitStatus(130)

    /// Those that mean the same whatever was run.
    package static let allCases: [ExitStatus] = [
        done, failed, usage, notAllowed, refused, conflict, partial, declined, changes, interrupted,
    ]

    private init(_ status: Int32) { rawValue = status }

    /// Nil for what stands not in the table: a program's own status, for one.
    package init?(rawValue: Int32) {
        guard Self.allCases.contains(where: { $0.rawValue == rawValue }) else { return nil }
        self.init(rawValue)
    }

    /// What `exit` in a script ends with; a failure for what it cannot end with.
    static func ofScript(_ status: Int32) -> ExitStatus {
        ScriptStatus.isAllowed(Int(status)) ? ExitStatus(status) : .failed
    }

    package var meaning: String {
        switch self {
        case .done: "done (also: nothing to do)"
        case .failed: "a command, a script or an assertion failed (a webhook that does not resolve, too)"
        case .usage: "usage or syntax"
        case .notAllowed: "not allowed: 401, 403, no key"
        case .refused: "the API refused or could not be reached"
        case .conflict: "conflict: the server's copy changed underneath"
        case .partial: "partly applied: the message gives the run to resume or roll back"
        case .declined: "declined: by the user, a policy or a limit"
        case .changes: "with --detailed-exitcode: the plan holds changes"
        case .interrupted: "interrupted"
        default: "as the script says"
        }
    }
}
