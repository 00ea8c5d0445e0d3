import WebhookModel

/// The sample organization: the API pages' own example, then one webhook for each team, then those of operations.
enum SampleOrganization {
    static var webhooks: [StoredWebhook] {
        [pagesExample] + SampleTeams.names.indices.map { SampleTeams.webhook($0).stored } + operations.map(\.stored)
    }

    /// The example that both API pages show, member for member.
    static let pagesExample = StoredWebhook(
        id: "wh_abc123def4",
        document: """
            {"channels":[{"channel":"slack","configs":{"bot_token":"xoxb-...","channel_id":"C0123456789",\
            "workspace_id":"T0123456789"}}],"created_at":"2025-01-01T00:00:00Z",\
            "description":"Slack notifications for object lifecycle",\
            "event_types":["object.created","object.updated","object.deleted"],"is_active":true,\
            "updated_at":"2025-01-01T00:00:00Z","webhook_id":"wh_abc123def4",\
            "webhook_name":"Engineering Slack Alerts"}
            """,
        isActive: true, eventTypes: ["object.created", "object.updated", "object.deleted"])

    /// A pager, an audit trail and the like; one that the server paused after failures.
    private static var operations: [SampleWebhook] {
        [
            sample(
                "Cluster Failures Pager", "Wakes whoever is on call",
                ["cluster.execution.failed", "trigger.execution.failed"],
                [.sms(["+15550100", "+15550101"]), .email(["oncall@example.com"], subject: "FAILED: {{event_type}}")]),
            sample(
                "Audit Trail", "Everything, for the archive", ["*"],
                [.http(url: "https://audit.example.com/ingest?source=mixpeek", token: "sample-audit-0001")]),
            sample(
                "SIEM Export", "Deletions, for the security desk",
                ["object.deleted", "collection.deleted", "cluster.deleted", "trigger.deleted"],
                [.http(url: "https://siem.example.com/events", token: "sample-siem-0002")]),
            sample(
                "Weekly Digest", "Collected and sent on Mondays", ["collection.created", "collection.updated"],
                [.email(["digest@example.com", "leads@example.com"], subject: "This week in collections")],
                isActive: false),
            sample(
                "Cluster Runs", "Every run of a cluster, in its own channel",
                ["cluster.execution.started", "cluster.execution.completed", "cluster.execution.failed"],
                [.slack(channelID: "C0555000111", token: "xoxb-sample-2001")]),
            sample(
                "Taxonomy Watch", "New taxonomies, by mail", ["taxonomy.created"],
                [.email(["taxonomy@example.com"], subject: "New taxonomy")]),
            sample(
                "Trigger Changes", "Who pauses and resumes triggers",
                ["trigger.created", "trigger.paused", "trigger.resumed"],
                [.slack(channelID: "C0555000222", token: "xoxb-sample-2002")]),
            sample(
                "Legacy Relay", "The old relay; its host is gone", ["collection.documents.written"],
                [.http(url: "https://relay.example.net/in", token: "sample-relay-0003")], isActive: false,
                deliveryHealth: """
                    {"consecutive_failures":25,"first_failure_at":"2025-09-30T22:10:05Z",\
                    "last_failure_at":"2025-10-01T03:40:11Z","last_failure_cause":"connection refused",\
                    "paused_at":"2025-10-01T03:40:11Z","paused_reason":"consecutive_failures"}
                    """),
        ].enumerated().map { index, make in make(index) }
    }

    /// All but the place among the others, which gives the identifier and the times.
    private static func sample(
        _ name: String, _ description: String, _ eventTypes: [String], _ channels: [SampleChannel],
        isActive: Bool = true, deliveryHealth: String? = nil
    ) -> (Int) -> SampleWebhook {
        { index in
            let createdAt = Timestamp(seconds: 1_739_000_000 + Int64(index) * 93_600)
            return SampleWebhook(
                id: SampleIdentifier.make(-1 - index), name: name, description: description, eventTypes: eventTypes,
                channels: channels, isActive: isActive, createdAt: createdAt,
                updatedAt: createdAt.advanced(by: .seconds(index * 3_600)), deliveryHealth: deliveryHealth)
        }
    }
}

/// As many webhooks as are asked for, the sample organization's first.
enum GeneratedWebhooks {
    /// Each is made when it is reached: a hundred thousand need not be held at once.
    static func make(count: Int) -> some RandomAccessCollection<StoredWebhook> {
        let samples = SampleOrganization.webhooks
        let firstTeam = SampleTeams.names.count
        return (0..<max(0, count)).lazy.map { index in
            index < samples.count
                ? samples[index] : SampleTeams.webhook(firstTeam + index - samples.count).stored
        }
    }
}
