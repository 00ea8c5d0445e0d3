import Hummingbird
import LosslessJSON
import WebhookModel

/// The operations by which a sandbox is rehearsed with, on one organization: events, what became of them, and faults.
struct SystemOperations {
    private static let settleLimit = Duration.seconds(5)

    let parts: ServerParts
    let organization: OrganizationID

    private var deliveries: DeliveryStore { parts.deliveries }
    private var dispatcher: Dispatcher { parts.dispatcher }
    private var faults: FaultBoard { parts.faults }
    private var now: Timestamp { parts.configuration.environment.now() }

    /// Answered once the events and their deliveries are durable.
    func emit(body: [UInt8]) async throws -> Response {
        let request = try EventRequest(
            parsing: try RequestDocument.parse(body), at: now, randomBytes: parts.configuration.environment.randomBytes)
        let emissions = try await inStore { try await deliveries.emit(request.events, in: organization, at: now) }
        parts.meter.events(emissions.count(where: \.isNew))
        await dispatcher.signal()
        let results = emissions.map { emission in
            [
                "event_id": JSON(emission.event.id), "event_type": JSON(emission.event.type),
                "deliveries": JSON(emission.deliveries), "is_new": JSON(emission.isNew),
            ] as JSON
        }
        let warnings = request.warnings.map { warning in
            ["event_type": JSON(warning.type), "nearest": warning.nearest.map { JSON($0) } ?? JSON.null] as JSON
        }
        let answer: JSON = [
            "results": JSON(results), "total": JSON(results.count), "warnings": JSON(warnings),
        ]
        return Response(status: .created, json: answer.text(.compact))
    }

    func list(query: Substring, status: DeliveryStatus? = nil) async throws -> Response {
        var reader = QueryReader(query)
        var filter = DeliveryFilter(
            webhookID: reader["webhook_id"], eventID: reader["event_id"], status: status,
            since: reader.place("since"), limit: reader.integer("limit", in: 1...1000) ?? 100)
        let settles = reader.boolean("settle") ?? false
        if status == nil, let name = reader["status"] {
            filter.status = DeliveryStatus(name: name)
            if filter.status == nil {
                reader.report(.notOneOf(DeliveryStatus.allCases.map(\.name)), "status")
            }
        }
        guard reader.problems.isEmpty else { throw APIProblem.invalid(reader.problems) }
        if settles { await dispatcher.settle(within: Self.settleLimit) }
        let (found, revision) = try await inStore { try await deliveries.list(filter, of: organization) }
        let answer: JSON = ["results": JSON(found.map(\.json)), "since": JSON("\(revision)")]
        return Response(status: .ok, json: answer.text(.compact))
    }

    /// Waits for what is on its way to the outbox.
    func outbox(query: Substring) async throws -> Response {
        var reader = QueryReader(query)
        let webhookID = reader["webhook_id"]
        let since = reader.place("since")
        let limit = reader.integer("limit", in: 1...1000) ?? 100
        guard reader.problems.isEmpty else { throw APIProblem.invalid(reader.problems) }
        await dispatcher.settle(within: Self.settleLimit)
        let (messages, last) = try await inStore {
            try await deliveries.outbox(organization, webhookID: webhookID, since: since, limit: limit)
        }
        return Response(status: .ok, json: "{\"results\":[\(messages.joined(separator: ","))],\"since\":\"\(last)\"}")
    }

    /// `{event_id}`, or `{dead: true, webhook_id?}`.
    func replay(body: [UInt8]) async throws -> Response {
        var reader = BodyReader(try RequestDocument.parse(body))
        let eventID = reader.text("event_id", length: 1...64)
        let isDead = reader.boolean("dead") ?? false
        let webhookID = reader.text("webhook_id")
        if isDead == (eventID != nil) {
            reader.report("value_error", nil, "Either event_id or dead: true should be given")
        }
        if webhookID != nil, !isDead { reader.report("value_error", "webhook_id", "It goes with dead: true") }
        reader.finish()
        guard reader.problems.isEmpty else { throw APIProblem.invalid(reader.problems) }
        let count: Int
        if let eventID {
            let found = try await inStore { try await deliveries.replay(eventID, of: organization, at: now) }
            guard let found else { throw APIProblem.notFound("Event not found") }
            count = found
        } else {
            count = try await inStore {
                try await deliveries.reviveDead(of: organization, webhookID: webhookID, at: now)
            }
        }
        await dispatcher.signal()
        return Response(status: .ok, json: (["deliveries": JSON(count)] as JSON).text(.compact))
    }

    func currentFaults() -> Response {
        let (plan, happened) = faults.current(of: organization)
        return Response(status: .ok, json: plan.json(happened: happened).text(.compact))
    }

    func setFaults(body: [UInt8]) throws -> Response {
        faults.set(try FaultPlan(parsing: try RequestDocument.parse(body)), for: organization)
        return currentFaults()
    }

    func clearFaults() -> Response {
        faults.set(FaultPlan(), for: organization)
        return Response(status: .noContent)
    }
}

extension QueryReader {
    /// A place that an answer gave.
    mutating func place(_ name: String) -> Int64? {
        guard let text = self[name], !text.isEmpty else { return nil }
        guard let place = Int64(text), place >= 0 else {
            report("value_error", name, "Input should be the `since` of another answer")
            return nil
        }
        return place
    }

    mutating func report(_ fault: SchemaFault, _ name: String) {
        report(fault.type, name, fault.message)
    }
}

/// Runs what reaches for the database; its failures become problems that can be answered.
func inStore<Result: Sendable>(_ operation: () async throws -> Result) async throws -> Result {
    do {
        return try await operation()
    } catch let error as CancellationError {
        throw error
    } catch let problem as APIProblem {
        throw problem
    } catch {
        throw StoreFailure(error)
    }
}
