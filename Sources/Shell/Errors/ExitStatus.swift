/// The exit statuses of hookline; the table in docs/commands.md is made from this.
package enum ExitStatus: Int32, CaseIterable, Sendable {
    case done = 0
    case failed = 1
    case usage = 2
    case notAllowed = 3
    case refused = 4
    case conflict = 5
    case partial = 6
    case declined = 7
    case changes = 10
    case interrupted = 130

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
        }
    }
}
