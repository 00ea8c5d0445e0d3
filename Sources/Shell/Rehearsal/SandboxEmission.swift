import HookScript
import LosslessJSON
import WebhookModel

/// `sandbox emit`: one event, or many alike at a pace.
struct SandboxEmission: Sendable {
    let rehearsal: Rehearsal

    static let mostEvents = 1_000_000

    /// What has a place of its own in an event; everything else is metadata.
    static let keys = KeyValueSignature.declared(
        [
            KeySignature("event_id"), KeySignature("namespace_id"), KeySignature("occurred_at"),
            KeySignature("resource_types"), KeySignature("subject.id"), KeySignature("subject.type"),
        ], others: true)

    func run() async throws -> CommandOutput {
        let call = rehearsal.call
        let event = try event()
        let count = call.integer(ofFlag: "count") ?? 1
        guard (1...Self.mostEvents).contains(count) else { throw call.usage("--count is 1 to \(Self.mostEvents)") }
        let rate = call.invocation.value(of: "rate")?.number?.double
        if let rate, !EmissionPace.rates.contains(rate) { throw call.usage("--rate is 0.001 to 100000 a second") }
        let what = count == 1 ? "emit 1 event" : "emit \(count) events"
        let pace = EmissionPace(count: count, rate: rate)
        let answers = try await rehearsal.change(what) { try await emit(event, pace, count, on: $0) }
        guard let answers else { return .nothing }
        warn(answers)
        let objects = answers.flatMap { $0["results"]?.array ?? [] }
        if count > 1 {
            let deliveries = objects.reduce(0) { $0 + ($1["deliveries"]?.number?.int ?? 0) }
            call.shell.messages.note(
                "\(objects.count) events, \(deliveries) \(deliveries == 1 ? "delivery" : "deliveries").")
        }
        let table = SandboxRecords.emissions
        return .records(columns: table.recordColumns, rows: objects.map(table.row))
    }

    private func event() throws -> JSON {
        let call = rehearsal.call
        // It is stored, delivered and shown.
        guard !call.invocation.isTainted else { throw call.usage("an event cannot carry a secret") }
        var event: JSONObject = ["event_type": JSON(call.text("TYPE")!)]
        var fields = JSONObject()
        for word in call.invocation.keyValues {
            switch word.key {
            case "event_id": event["event_id"] = JSON(word.value.revealedText)
            case "resource_types":
                let types = word.value.revealedText.split(separator: ",").map { JSON(String($0.trimmingBlanks)) }
                event["resource_types"] = JSON(types)
            default: fields[word.key] = word.value.value.revealedJSON
            }
        }
        if !fields.isEmpty { event["fields"] = JSON(fields) }
        return JSON(event)
    }

    /// The answers, one a portion. When it is interrupted, it says how far it came.
    private func emit(
        _ event: JSON, _ pace: EmissionPace, _ count: Int, on service: any SandboxService
    ) async throws -> [JSON] {
        var pace = pace
        var answers: [JSON] = []
        var sent = 0
        do {
            while let size = pace.next() {
                let start = rehearsal.shell.environment.now()
                answers.append(try await service.emit(Self.repeated(event, size)))
                sent += size
                guard pace.interval > .zero, count > sent else { continue }
                // What the request took is a part of the interval; a clock that was set back is none of it.
                let taken = rehearsal.shell.environment.now().since(start)
                let rest = pace.interval - max(.zero, taken)
                if rest > .zero { try await Task.sleep(for: rest) }
            }
        } catch {
            if sent > 0 { rehearsal.shell.messages.note("\(sent) of \(count) events were emitted.") }
            throw error
        }
        return answers
    }

    private static func repeated(_ event: JSON, _ count: Int) -> JSON {
        guard count > 1, var members = event.object else { return event }
        members["count"] = JSON(count)
        return JSON(members)
    }

    /// The server's remarks on the type, which are the same in every answer.
    private func warn(_ answers: [JSON]) {
        for warning in answers.first?["warnings"]?.array ?? [] {
            let type = Printable.escaped(warning["event_type"]?.string ?? "")
            let nearest = warning["nearest"]?.string.map { "did you mean \(Printable.escaped($0))?" }
            rehearsal.shell.messages.warn("\(type) is in no catalogue of event types", hint: nearest)
        }
    }
}
