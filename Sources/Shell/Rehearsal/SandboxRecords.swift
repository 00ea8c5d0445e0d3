import LosslessJSON
import Session
import WebhookModel

/// What a sandbox tells of, as records.
struct SandboxRecords: Sendable {
    /// A column, and the member that fills it.
    struct Column: Sendable {
        let name: String
        let member: String
        var width = 0
        var isRigid = false
    }

    let columns: [Column]

    var recordColumns: [RecordColumn] {
        columns.map { RecordColumn($0.name, isRigid: $0.isRigid) }
    }

    var widths: [Int] { columns.map(\.width) }

    /// A row; a member that is missing is null.
    func row(_ object: JSON) -> [JSON] {
        columns.map { object[$0.member] ?? JSON.null }
    }

    static let emissions = SandboxRecords(columns: [
        Column(name: "event", member: "event_id", isRigid: true), Column(name: "type", member: "event_type"),
        Column(name: "deliveries", member: "deliveries"), Column(name: "new", member: "is_new"),
    ])

    /// Which event at which webhook.
    private static let cause = [
        Column(name: "event", member: "event_id", width: 24, isRigid: true),
        Column(name: "type", member: "event_type", width: 18),
        Column(name: "webhook", member: "webhook_id", width: 13, isRigid: true),
    ]

    static let deliveries = SandboxRecords(
        columns: cause + [
            Column(name: "channel", member: "channel", width: 7), Column(name: "status", member: "status", width: 9),
            Column(name: "attempts", member: "attempts", width: 8),
            Column(name: "at", member: "last_attempt_at", width: 24),
            Column(name: "error", member: "last_error", width: 20),
            Column(name: "delivery", member: "delivery_id", width: 8),
        ])

    static let outbox = SandboxRecords(
        columns: cause + [
            Column(name: "kind", member: "kind", width: 7), Column(name: "to", member: "to", width: 28),
            Column(name: "at", member: "captured_at", width: 24),
            Column(name: "delivery", member: "delivery_id", width: 8),
            Column(name: "message", member: "message", width: 20),
        ])

    static let faults = SandboxRecords(
        columns: [
            "fault", "rate", "count", "happened", "operations", "status", "retry_after", "milliseconds", "fields",
        ]
        .map { Column(name: $0, member: $0) })

    /// A message of the outbox with its kind and destination beside it. Secrets in it are masked, here too: that the
    /// server masks them is its business.
    static func outboxObject(_ object: JSON) -> JSON {
        guard var members = object.object, let message = object["message"] else { return object }
        members["message"] = masked(message)
        members["kind"] = message["kind"] ?? JSON.null
        members["to"] = destination(of: message)
        return JSON(members)
    }

    /// The message with its secrets masked. What stands under `headers` is secret by that name; of a list of names and
    /// values only the values are, and of these only those that the server shows.
    private static func masked(_ message: JSON) -> JSON {
        let masked = Masking.masked(message)
        guard let headers = message["headers"]?.array, var members = masked.object else { return masked }
        members["headers"] = JSON(
            headers.map { header in
                guard let name = header["name"]?.string, let value = header["value"]?.string else {
                    return Masking.masked(header, at: [.name("headers")])
                }
                return ["name": JSON(name), "value": JSON(ReceivedDelivery.shownHeader(name, value))]
            })
        return JSON(members)
    }

    private static func destination(of message: JSON) -> JSON {
        switch message["kind"]?.string {
        case "webhook": return message["url"].map { Masking.masked($0, at: .root) } ?? JSON.null
        case "slack": return message["payload"]?["channel"] ?? message["endpoint"] ?? JSON.null
        default:
            let list = (message["to"]?.array ?? []).compactMap(\.string)
            return list.isEmpty ? JSON.null : JSON(list.joined(separator: ", "))
        }
    }
}
