import FoundationEssentials
import GRDB
import LosslessJSON
import WebhookModel

/// An attempt and its end.
struct AttemptRecord: Hashable, Sendable {
    let delivery: PendingDelivery
    let result: DeliveryResult
    let at: Timestamp
}

extension DeliveryStore {
    /// Keeps the ends of attempts on one lane, in their order, with what they mean for the webhook's health; says when
    /// the lane is due next. Returns true if the webhook was paused for its failures.
    ///
    /// What was cancelled meanwhile stays cancelled.
    @discardableResult
    func record(_ attempts: [AttemptRecord], on lane: DueLane, pauseAfter: Int?) async throws -> Bool {
        try await writes.perform { database in
            var due = attempts.last?.at.milliseconds
            var isPaused = false
            for attempt in attempts {
                guard try Self.keep(attempt, in: database) else { continue }
                if case .retried(_, let at, _) = attempt.result { due = at.milliseconds }
                if let failure = attempt.result.failure {
                    isPaused = try failed(failure, at: attempt.at, lane.webhook, pauseAfter, database) || isPaused
                }
            }
            let last = attempts.last { $0.result.failure == nil && $0.result.status != .cancelled }
            if last != nil, attempts.last?.result.failure == nil { try succeeded(lane.webhook, database) }
            try Lanes.reschedule(lane.id, due: due, in: database)
            return isPaused
        }
    }

    /// False if the delivery is not pending any more.
    private static func keep(_ attempt: AttemptRecord, in database: Database) throws -> Bool {
        var error = attempt.result.failure?.cause
        var reached: Set<String> = []
        switch attempt.result {
        case .cancelled(let reason): error = reason
        case .retried(_, _, let recipients): reached = recipients
        // It may be revived, and then goes only to the others, too.
        case .dead(let failure): reached = attempt.delivery.reached.union(failure.reached)
        default: break
        }
        let progress = reached.isEmpty ? nil : JSON(reached.sorted().map { JSON($0) }).text(.compact)
        try database.cachedStatement(
            sql: """
                UPDATE delivery SET status = ?, attempts = attempts + 1, attempted = ?, error = ?, progress = ?, \
                revision = ? WHERE sequence = ? AND status = 0
                """
        ).execute(arguments: [
            attempt.result.status.rawValue, attempt.at.milliseconds, error, progress,
            try Lanes.nextRevision(in: database), attempt.delivery.sequence,
        ])
        guard database.changesCount > 0 else { return false }
        if case .captured(let message) = attempt.result {
            try database.cachedStatement(
                sql: """
                    INSERT INTO outbox (organization, delivery, webhook_id, message) \
                    SELECT organization, sequence, webhook_id, ? FROM delivery WHERE sequence = ?
                    """
            ).execute(arguments: [message, attempt.delivery.sequence])
        }
        return true
    }

    private func failed(
        _ failure: DeliveryFailure, at now: Timestamp, _ webhook: Int64, _ pauseAfter: Int?, _ database: Database
    ) throws -> Bool {
        var isPaused = false
        try webhooks.change(webhook, in: database) { document in
            let changed = DeliveryHealth.failed(document, cause: failure.cause, at: now, pauseAfter: pauseAfter)
            isPaused = Webhook(document: document).isActive && !Webhook(document: changed).isActive
            return changed
        }
        return isPaused
    }

    private func succeeded(_ webhook: Int64, _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql:
                "SELECT 1 FROM webhook WHERE sequence = ? AND is_active AND instr(document, '\"delivery_health\":{') > 0"
        )
        guard try Int.fetchOne(statement, arguments: [webhook]) != nil else { return }
        try webhooks.change(webhook, in: database) { DeliveryHealth.succeeded($0) }
    }
}

extension WebhookStore {
    /// Puts what the function makes of a webhook's document in its place, within a write.
    func change(_ sequence: Int64, in database: Database, _ make: (JSON) -> JSON) throws {
        let statement = try database.cachedStatement(
            sql: "SELECT organization, webhook_id, document, secrets FROM webhook WHERE sequence = ?")
        guard let row = try Row.fetchOne(statement, arguments: [sequence]) else { return }
        let organization = OrganizationID(row: row[0])
        let document = try JSON(parsing: opened(row[2], row[3], id: row[1], of: organization))
        let changed = make(document)
        guard changed != document else { return }
        let found = WebhookRow(sequence: sequence, id: row[1], organization: organization, document: document)
        _ = try replace(found, by: changed, in: database)
    }
}
