import HookScript
import LosslessJSON
import WebhookModel

/// `health`: webhooks whose deliveries fail, and those that the server paused for it.
enum HealthCommand: Command {
    static let declaration = CommandDeclaration(
        "health", .look, "lists webhooks that fail or were paused by the server",
        flags: [DeclaredFlag("all", "also those that are well")] + .output, takesWhere: true,
        details: [
            "Asks the server anew, since deliveries fail by themselves. FAILURES counts failed attempts in a row, SINCE is "
                + "the first of them, LAST the latest. Setting active to true clears it. Webhooks of servers that tell "
                + "nothing of deliveries are taken as well."
        ],
        examples: [
            .init("health", "what is wrong now"),
            .init("ls --columns id,name,health where health.paused_at < 7d ago", "paused for more than a week"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let webhooks = try await call.shell.connection.listing()
        var rows = webhooks.compactMap { webhook in
            webhook.id.map { WebhookRow(key: $0.rawValue, webhook: webhook) }
        }
        if let predicate = call.invocation.predicate { rows = try call.shell.filter(rows, by: predicate) }
        let ailing = call.has("all") ? rows : rows.filter { DeliveryState(of: $0.webhook) != .well }
        if ailing.isEmpty {
            call.shell.messages.note(
                rows.count == 1 ? "1 webhook, and it is well." : "All \(rows.count) webhooks are well.")
        }
        let columns =
            [RecordColumn("id", isRigid: true)]
            + ["name", "state", "failures", "since", "last", "paused", "error"].map { RecordColumn($0) }
        return .records(columns: columns, rows: ailing.map(cells))
    }

    private static func cells(_ row: WebhookRow) -> [JSON] {
        let health = row.webhook.deliveryHealth
        let error = health?["last_failure_cause"]?.string.map {
            JSON(Masking.masked($0, hidingSecretsOf: row.webhook.document))
        }
        return [
            JSON(row.key), JSON(Masking.shown(row.webhook.name)), JSON(DeliveryState(of: row.webhook).rawValue),
            health?["consecutive_failures"] ?? 0, health?["first_failure_at"] ?? JSON.null,
            health?["last_failure_at"] ?? JSON.null, health?["paused_at"] ?? JSON.null, error ?? JSON.null,
        ]
    }
}

/// What `delivery_health` says in a word.
enum DeliveryState: String, Hashable, Sendable {
    case well, failing, paused

    init(of webhook: Webhook) {
        let health = webhook.deliveryHealth
        let isPaused = health?["paused_at"].map { !$0.isNull } ?? false
        let failures = health?["consecutive_failures"]?.number?.int ?? 0
        // One that was enabled again since is not paused, whatever is still told of it.
        self = isPaused && !webhook.isActive ? .paused : failures > 0 ? .failing : .well
    }
}
