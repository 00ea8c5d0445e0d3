import HookScript
import LosslessJSON
import WebhookModel

/// `events`: the catalogue of event types, and who receives each.
enum EventsCommand: Command {
    static let declaration = CommandDeclaration(
        "events", .look, "lists event types and how many webhooks receive each",
        positionals: [DeclaredPositional("GLOB", .eventType, .optional, "only names that match")],
        flags: .output,
        details: [
            "SINCE is the date of the API's documents that first name the type; it is empty for names that only "
                + "webhooks hold. RECEIVERS counts the active webhooks subscribed by name or by *."
        ],
        examples: [.init("events 'cluster.*'", "those about clusters")], exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let state = try await call.state()
        let pattern = call.text("GLOB").map(EventPattern.init)
        var counts: [String: (active: Int, all: Int)] = [:]
        var seen: [String] = []
        for row in call.rows(of: state) {
            for name in Set(row.webhook.eventTypes) {
                if counts[name] == nil { seen.append(name) }
                counts[name, default: (0, 0)].all += 1
                if row.webhook.isActive { counts[name]!.active += 1 }
            }
        }
        let wildcards = counts[Catalogue.wildcard] ?? (0, 0)
        let known = Catalogue.eventTypes.map { (name: $0.name, since: $0.since.description) }
        let others = seen.filter { !Catalogue.isKnownEventType($0) }.sorted().map { (name: $0, since: "") }
        let rows = (known + others).filter { pattern?.matches($0.name) ?? true }.map { event -> [JSON] in
            let own = counts[event.name] ?? (0, 0)
            return [
                JSON(event.name), JSON(event.since), JSON(own.active + wildcards.active), JSON(own.all + wildcards.all),
            ]
        }
        let columns =
            [RecordColumn("event", isRigid: true)] + ["since", "receivers", "subscribed"].map { RecordColumn($0) }
        return .records(columns: columns, rows: rows)
    }
}
