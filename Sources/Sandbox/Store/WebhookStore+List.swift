import GRDB

/// Which webhooks of an organization a list holds.
struct ListFilter: Hashable, Sendable {
    /// Only those subscribed to exactly this name.
    var eventType: String?
    var isActive: Bool?
}

/// Where a page of a list starts.
enum ListStart: Hashable, Sendable {
    /// Behind that many webhooks.
    case offset(Int)
    /// Behind the webhook of this place in the order of insertion, whether it still exists or not.
    case after(sequence: Int64)
}

/// A run of webhooks in the order of insertion.
struct ListSlice: Sendable {
    var documents: [String] = []
    /// The place of the last one.
    var lastSequence: Int64 = 0
    /// Whether more follow.
    var hasMore = false
}

extension WebhookStore {
    /// At most `limit` webhooks from a start on.
    func list(
        _ organization: OrganizationID, where filter: ListFilter = ListFilter(), from start: ListStart, limit: Int
    ) async throws -> ListSlice {
        try await database.read { try slice(organization, where: filter, from: start, limit: limit, in: $0) }
    }

    /// A page and the count of all that match, both of the same instant.
    func page(
        _ organization: OrganizationID, where filter: ListFilter, from start: ListStart, limit: Int
    ) async throws -> (slice: ListSlice, total: Int) {
        try await database.read { database in
            let slice = try slice(organization, where: filter, from: start, limit: limit, in: database)
            return (slice, try count(organization, where: filter, in: database))
        }
    }

    private func count(_ organization: OrganizationID, where filter: ListFilter, in database: Database) throws -> Int {
        let (sql, arguments) = Self.count(organization, filter)
        return try Int.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? 0
    }

    /// Subscribers are counted one by one, all webhooks from their tally.
    private static func count(
        _ organization: OrganizationID, _ filter: ListFilter
    ) -> (sql: String, arguments: StatementArguments) {
        guard filter.eventType == nil else {
            let (condition, arguments) = condition(organization, filter)
            return ("SELECT count(*) \(condition)", arguments)
        }
        let tally = "SELECT sum(webhooks) FROM webhook_count WHERE organization = ?"
        guard let isActive = filter.isActive else { return (tally, [organization.row]) }
        return (tally + " AND is_active = ?", [organization.row, isActive])
    }

    private func slice(
        _ organization: OrganizationID, where filter: ListFilter, from start: ListStart, limit: Int,
        in database: Database
    ) throws -> ListSlice {
        var (condition, arguments) = Self.condition(organization, filter)
        var offset = 0
        switch start {
        case .offset(let count): offset = count
        case .after(let sequence):
            condition += " AND webhook.sequence > ?"
            arguments += [sequence]
        }
        let statement = try database.cachedStatement(
            sql: """
                SELECT webhook.sequence, webhook_id, document, secrets \(condition) \
                ORDER BY webhook.sequence LIMIT ? OFFSET ?
                """)
        let rows = try Row.fetchCursor(statement, arguments: arguments + [limit + 1, offset])
        var slice = ListSlice()
        while let row = try rows.next() {
            guard slice.documents.count < limit else {
                slice.hasMore = true
                break
            }
            slice.lastSequence = row[0]
            slice.documents.append(try opened(row[2], row[3], id: row[1], of: organization))
        }
        return slice
    }

    /// `FROM … WHERE …` for the webhooks that match.
    private static func condition(
        _ organization: OrganizationID, _ filter: ListFilter
    ) -> (sql: String, arguments: StatementArguments) {
        var sql = "FROM webhook WHERE webhook.organization = ?"
        var arguments: StatementArguments = [organization.row]
        if let eventType = filter.eventType {
            sql = """
                FROM subscription JOIN webhook ON webhook.sequence = subscription.sequence \
                WHERE subscription.organization = ? AND subscription.event_type = ?
                """
            arguments += [isIndexed(eventType) ? eventType : nil]
        }
        if let isActive = filter.isActive {
            sql += " AND is_active = ?"
            arguments += [isActive]
        }
        return (sql, arguments)
    }
}
