import LosslessJSON
import Session
import WebhookModel

/// What a commit came to: lines, data and, where not all of it was done, the error.
struct CommitOutcome {
    let report: CommitReport
    var source = PreparedCommit.Source.staging
    let profile: Profile
    let shell: Shell

    func output(asData: Bool) -> CommandOutput {
        for line in lines { shell.messages.note(line) }
        if let error = report.reviewFailure, error.kind != .cancelled {
            shell.messages.warn(
                "the list at the end could not be read: \(ServiceSentences.problem(error).message)",
                hint: "each answer was verified; diff --against live shows what others wrote since")
        }
        if let ending { shell.messages.warn("stopped: " + ending.sentence.message, hint: ending.sentence.hint) }
        let plan = PlanLines(style: .plain)
        let json = JSON(report.entries.map { plan.json($0.plan, status: $0.status) })
        let shown: CommandOutput = asData ? .value(json) : .nothing
        return failure.map { .failing(shown, with: $0) } ?? shown
    }

    private var lines: [String] {
        var lines: [String] = []
        let done = report.counts[.confirmed, default: 0]
        let count = done == 1 ? "1 webhook" : "\(done) webhooks"
        if shell.options.isDryRun {
            lines.append("Dry run: nothing was sent. \(count) would have been.")
        } else if done > 0 {
            lines.append("\(count) sent\(verified)\(run).")
            if shell.isInteractive, shell.isFirstCommit() {
                lines.append("rollback takes it back; log shows every run.")
            }
        }
        for entry in report.entries {
            lines += entryLines(entry)
        }
        return lines
    }

    /// What the server answered was right; what the list at the end showed may be something else.
    private var verified: String {
        let lost = report.entries.count {
            if case .confirmed(let found) = $0.status { !found.lost.isEmpty } else { false }
        }
        switch lost {
        case 0: return " and verified"
        case report.counts[.confirmed]: return ", and not so any more"
        default: return "; \(lost) of them \(lost == 1 ? "is" : "are") not so any more"
        }
    }

    private var run: String { report.run.map { ", run \($0)" } ?? "" }

    private func entryLines(_ entry: CommitEntry) -> [String] {
        let plan = PlanLines(style: shell.style)
        switch entry.status {
        case .confirmed(let verification):
            let render = ChangeLines(style: shell.style, showsSecrets: false)
            var lines =
                verification.differences.isEmpty ? [] : ["  \(entry.key): the server made something else of it:"]
            lines += render.lines(verification.differences, indent: "    ")
            if !verification.lost.isEmpty {
                lines.append("  \(entry.key): it was written over after us, or the server did not keep it:")
                lines += render.lines(verification.lost, indent: "    ")
            }
            if !verification.unverifiable.isEmpty {
                let places = verification.unverifiable.map { Printable.escaped($0.description) }.joined(separator: ", ")
                lines.append("  \(entry.key): not verifiable, because the answer masks it: \(places)")
            }
            if case .create = entry.plan.action, let id = entry.id { lines.append("  \(entry.key) is now \(id).") }
            return lines
        // Those of the plan were shown with it.
        case .conflict(let conflicts):
            if case .conflict = entry.plan.action { return [] }
            return conflicts.map { "  conflict: \(entry.key): " + plan.conflict($0) }
        case .refused(let error), .failed(let error), .unknown(let error):
            let sentence = ServiceSentences.problem(error)
            return ["  \(entry.status.kind.rawValue): \(entry.key): \(sentence.message)"]
        case .planned, .already, .invalid, .masked: return []
        }
    }

    /// What ended a run that had done something, where no webhook's line tells of it.
    private var ending: Problem? {
        guard case .partly = report.outcome else { return nil }
        switch report.stop {
        case .service(let error), .error(let error):
            return report.entries.contains { $0.status.error == error } ? nil : Problems.problem(error)
        case .journal(let error): return Problems.problem(error)
        default: return nil
        }
    }

    private var failure: ShellError? {
        switch report.outcome {
        case .done, .planned: shell.options.isDryRun && shell.options.hasDetailedExitCode ? .planHoldsChanges : nil
        case .nothingToDo: nil
        case .partly: .commit(.partial, counts, run: openRun)
        case .conflict: .commit(.conflict, counts, run: nil)
        case .notAllowed(let error), .refused(let error): .service(error)
        case .declined: report.breaches.isEmpty ? .commit(.declined, counts, run: nil) : .limits
        case .journal(let error): .journal(error)
        case .interrupted: .commit(.interrupted, counts, run: openRun)
        }
    }

    /// The run, if a resume has something to do in it.
    private var openRun: RunID? {
        let isOpen = report.entries.contains { [.planned, .failed, .unknown].contains($0.status.kind) }
        return isOpen ? report.run : nil
    }

    /// `1 confirmed, 2 conflict, 3 planned`
    private var counts: String {
        CommitStatus.Kind.allCases.compactMap { kind in
            report.counts[kind].map { "\($0) \(CommitOutcome.word(kind))" }
        }.joined(separator: ", ")
    }

    private static func word(_ kind: CommitStatus.Kind) -> String {
        switch kind {
        case .planned: "not sent"
        case .confirmed: "sent"
        case .already: "already so"
        case .conflict: "in conflict"
        case .invalid: "invalid"
        case .masked: "with masked secrets"
        case .refused: "refused"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }
}
