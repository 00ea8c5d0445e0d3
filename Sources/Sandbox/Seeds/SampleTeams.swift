import WebhookModel

/// One webhook for each team of the sample organization, all of which tell of objects in the same Slack channel; with
/// higher indices, as many more as are asked for.
enum SampleTeams {
    static let names = [
        "Search", "Ingestion", "Vision", "Audio", "Video", "Text", "Embeddings", "Retrieval", "Ranking", "Clustering",
        "Taxonomy", "Alerts", "Triggers", "Storage", "Billing", "Identity", "Console", "Mobile", "SDK", "Docs",
        "Support", "Sales", "Marketing", "Security", "Compliance", "Data", "Analytics", "Research", "Labeling",
        "Quality", "Release", "Infrastructure", "Networking", "Observability", "Partners", "Integrations", "Growth",
    ]

    private static let subscriptions = [
        ["object.created", "object.updated", "object.deleted"],
        ["object.created", "object.updated"],
        ["object.created", "collection.documents.written"],
        ["object.deleted", "collection.deleted"],
        ["object.updated", "cluster.execution.completed", "cluster.execution.failed"],
    ]

    /// The webhook of the team at an index from 0; from the second round through the names on they are numbered.
    static func webhook(_ index: Int) -> SampleWebhook {
        let team = names[index % names.count]
        let round = index / names.count
        let name = round == 0 ? "Team \(team)" : "Team \(team) \(round + 1)"
        let createdAt = Timestamp(seconds: 1_736_154_000 + Int64(index % 3_000) * 7_260)
        return SampleWebhook(
            id: SampleIdentifier.make(index), name: name,
            description: "What happens to objects, for the \(team) team", eventTypes: subscriptions[index % 5],
            channels: channels(index, address: "\(team.lowercased())@example.com"), isActive: index % 9 != 4,
            createdAt: createdAt, updatedAt: createdAt.advanced(by: .seconds(index % 4 * 86_400)))
    }

    private static func channels(_ index: Int, address: String) -> [SampleChannel] {
        let slack = SampleChannel.slack(
            channelID: SampleChannel.sharedSlackChannel, token: "xoxb-sample-\(1_000 + index)")
        switch index % 6 {
        case 2: return [slack, .email([address], subject: "{{event_type}}")]
        case 5:
            return [slack, .http(url: "https://hooks.example.com/\(index)/events", token: "sample-\(1_000 + index)")]
        default: return [slack]
        }
    }
}

/// Identifiers of samples: always the same for an index, and no two alike.
enum SampleIdentifier {
    static func make(_ index: Int) -> String {
        var state = UInt64(bitPattern: Int64(index))
        return WebhookIDFormat.alphanumeric.makeID { count in (0..<count).map { _ in next(&state) } }
    }

    /// The top bits of SplitMix64, which leaves no pattern to the eye.
    private static func next(_ state: inout UInt64) -> UInt8 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return UInt8(truncatingIfNeeded: mixed >> 56)
    }
}
