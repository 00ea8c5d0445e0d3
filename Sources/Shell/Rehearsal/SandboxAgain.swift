import HookScript
import LosslessJSON
import WebhookModel

/// `sandbox replay`: delivers once more.
struct SandboxAgain: Sendable {
    let rehearsal: Rehearsal

    func run() async throws -> CommandOutput {
        let call = rehearsal.call
        let name = call.text("EVENT")!
        let webhook = try await rehearsal.webhook(call.text(ofFlag: "webhook"))
        let what: SandboxReplay = name == "dead" ? .dead(webhook: webhook) : .event(name)
        if webhook != nil, name != "dead" { throw call.usage("--webhook goes with dead") }
        let count = try await rehearsal.change("replay \(Printable.escaped(name))") { service in
            do { return try await service.replay(what) } catch let error as ServiceError
                where error.status == 404 && name != "dead"
            {
                // Either there is no such event, or no such operation.
                _ = try await service.faults()
                throw ShellError.unknownEvent(name)
            }
        }
        guard let count else { return .nothing }
        let deliveries = count == 1 ? "1 delivery is" : "\(count) deliveries are"
        return .report(["\(deliveries) made once more."], json: ["deliveries": JSON(count)])
    }
}
