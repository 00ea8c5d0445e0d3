import FoundationEssentials
import GRDB
import LosslessJSON
import WebhookModel

/// Makes the deliveries of events within one write; events of a kind look their webhooks up once.
struct FanOut {
    private struct Receiver {
        let webhook: Int64
        let id: String
        let routing: Routing
        /// By channel; nil until one is needed.
        var lanes: [Int64?]
    }

    private let webhooks: WebhookStore
    private let organization: OrganizationID
    private let now: Int64
    private let database: Database
    private var receivers: [String: [Receiver]] = [:]

    init(webhooks: WebhookStore, organization: OrganizationID, now: Timestamp, database: Database) {
        self.webhooks = webhooks
        self.organization = organization
        self.now = now.milliseconds
        self.database = database
    }

    /// Stores a pending delivery for each channel that the event goes to; gives their count.
    mutating func deliver(_ event: SandboxEvent, sequence: Int64) throws -> Int {
        var found = try receivers[event.type] ?? look(event.type)
        defer { receivers[event.type] = found }
        var count = 0
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO delivery (organization, event, lane, webhook_id, kind, identity, status, revision) \
                VALUES (?, ?, ?, ?, ?, ?, 0, ?)
                """)
        for index in found.indices
        where Subscription.admits(event.resourceTypes, filter: found[index].routing.resourceTypes) {
            for channel in found[index].routing.targets.indices {
                let target = found[index].routing.targets[channel]
                let lane = try lane(to: channel, of: &found[index])
                try insert.execute(arguments: [
                    organization.row, sequence, lane, found[index].id, target.kind, target.identity,
                    try Lanes.nextRevision(in: database),
                ])
                count += 1
            }
        }
        return count
    }

    private func lane(to channel: Int, of receiver: inout Receiver) throws -> Int64 {
        if let lane = receiver.lanes[channel] { return lane }
        let lane = try Lanes.ready(webhook: receiver.webhook, channel: channel, now: now, in: database)
        receiver.lanes[channel] = lane
        return lane
    }

    /// The active webhooks that name the type or `*`, in their order.
    private func look(_ eventType: String) throws -> [Receiver] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT webhook.sequence, webhook_id, routing, document, secrets FROM webhook \
                WHERE is_active AND sequence IN (SELECT sequence FROM subscription \
                WHERE organization = ? AND event_type IN (?, '\(Catalogue.wildcard)')) ORDER BY webhook.sequence
                """)
        var found: [Receiver] = []
        var unknown: [(webhook: Int64, routing: String)] = []
        let rows = try Row.fetchCursor(statement, arguments: [organization.row, eventType])
        while let row = try rows.next() {
            let id: String = row[1]
            let known = (row[2] as String?).flatMap { Routing(parsing: $0) }
            let routing = try known ?? derived(row[3], row[4], id: id)
            if known == nil { unknown.append((row[0], routing.text)) }
            found.append(
                Receiver(
                    webhook: row[0], id: id, routing: routing,
                    lanes: Array(repeating: nil, count: routing.targets.count)))
        }
        for (webhook, routing) in unknown {
            try database.cachedStatement(sql: "UPDATE webhook SET routing = ? WHERE sequence = ?")
                .execute(arguments: [routing, webhook])
        }
        return found
    }

    private func derived(_ document: String, _ secrets: Data?, id: String) throws -> Routing {
        let text = try webhooks.opened(document, secrets, id: id, of: organization)
        return Routing(Webhook(document: try JSON(parsing: text)))
    }
}

extension Timestamp {
    /// Since 1970, cut.
    var milliseconds: Int64 { seconds * 1_000 + Int64(nanoseconds / 1_000_000) }

    init(milliseconds: Int64) {
        let seconds = milliseconds >= 0 ? milliseconds / 1_000 : (milliseconds - 999) / 1_000
        self.init(seconds: seconds, nanoseconds: Int32(milliseconds - seconds * 1_000) * 1_000_000)
    }
}
