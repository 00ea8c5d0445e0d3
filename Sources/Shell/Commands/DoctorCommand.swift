import HookScript
import LosslessJSON

/// `doctor`: what is wrong with the surroundings, and how to mend it.
enum DoctorCommand: Command {
    static let declaration = CommandDeclaration(
        "doctor", .look, "checks the surroundings and says how to mend what is wrong",
        positionals: [DeclaredPositional("PROFILE", .profile, .optional, "the profile; the current one if not given")],
        flags: [DeclaredFlag("offline", "ask no server")] + .output,
        details: [
            "Terminal, locale, line editor; whose the files are and who else can read them; journal, room, limits; the "
                + "profile, where its key comes from, whether its host answers, the clock against the server's, the list "
                + "operation, whether secrets come masked; plugins. Each is ok, warning, problem or skipped, and what is "
                + "not ok says how to mend it.",
            "The server is asked for one page of ten webhooks. Nothing is changed, and no key is shown. It works where "
                + "nothing else does: without HOME, with a broken configuration.",
        ],
        examples: [
            .init("doctor", "the profile in use"), .init("doctor production --json", "another one, for a program"),
        ],
        exits: [])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let finder = FactFinder(shell: call.shell, isOffline: call.has("offline"))
        let findings = Doctor.findings(await finder.facts(profile: call.text("PROFILE")))
        let output = CommandOutput.report(
            lines(findings, style: call.shell.style), json: JSON(findings.map(\.json)))
        let problems = findings.count { $0.state == .problem }
        return problems == 0 ? output : .failing(output, with: ShellError.findings(count: problems))
    }

    private static func lines(_ findings: [Doctor.Finding], style: Style) -> [String] {
        let width = findings.map(\.check.count).max() ?? 0
        return findings.map { finding in
            let state = finding.state.rawValue.padded(to: 7)
            let hint = finding.hint.map { " → " + $0 } ?? ""
            return (role(finding.state).map { style($0, state) } ?? state) + "  "
                + finding.check.padded(to: width) + "  " + finding.detail + hint
        }
    }

    private static func role(_ state: Doctor.Finding.State) -> Style.Role? {
        switch state {
        case .ok: nil
        case .warning: .warning
        case .problem: .failure
        case .skipped: .muted
        }
    }
}

extension Doctor.Finding {
    fileprivate var json: JSON {
        [
            "check": JSON(check), "state": JSON(state.rawValue), "detail": JSON(detail),
            "hint": hint.map { JSON($0) } ?? JSON.null,
        ]
    }
}
