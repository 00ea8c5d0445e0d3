import HookScript
import LosslessJSON
import WebhookModel

/// `sandbox faults`: what goes wrong on purpose.
struct SandboxFaults: Sendable {
    let rehearsal: Rehearsal

    func run() async throws -> CommandOutput {
        let call = rehearsal.call
        let words = call.texts("SPEC")
        guard !words.isEmpty else {
            if call.has("seed") { throw call.usage("--seed goes with faults") }
            return output(try await rehearsal.ask { try await $0.faults() })
        }
        let plan = try plan(words)
        let change = plan == nil ? "let nothing go wrong" : "let things go wrong"
        guard let now = try await rehearsal.change(change, { try await $0.setFaults(plan) }) else { return .nothing }
        return output(now)
    }

    /// Nil for `off`.
    private func plan(_ words: [String]) throws -> JSON? {
        let call = rehearsal.call
        if words.contains("off") {
            guard words.count == 1, !call.has("seed") else { throw call.usage("off stands alone") }
            return nil
        }
        let seed = call.integer(ofFlag: "seed") ?? 0
        guard seed >= 0 else { throw call.usage("--seed is a number from 0") }
        let rules = try words.map { try FaultSpec(parsing: $0).json }
        return ["seed": JSON(seed), "rules": JSON(rules)]
    }

    private func output(_ plan: JSON) -> CommandOutput {
        let rules = plan["rules"]?.array ?? []
        if rules.isEmpty { rehearsal.shell.messages.note("Nothing goes wrong on purpose.") }
        let table = SandboxRecords.faults
        return .records(columns: table.recordColumns, rows: rules.map(table.row))
    }
}
