import LosslessJSON
import WebhookModel

/// A request that was received, as a record: what it says of itself, and whether it is genuine. Secrets are masked.
struct ReceivedDelivery: Sendable {
    static let columns = SandboxRecords(columns: [
        .init(name: "at", member: "at", width: 20), .init(name: "method", member: "method", width: 6),
        .init(name: "path", member: "path", width: 10), .init(name: "type", member: "type", width: 18),
        .init(name: "event", member: "event", width: 24), .init(name: "signature", member: "signature", width: 10),
        .init(name: "headers", member: "headers", width: 7), .init(name: "body", member: "body"),
    ])

    /// What a table leaves out: it is long, and every delivery has nearly the same.
    static let tableColumns = SandboxRecords(columns: columns.columns.filter { $0.name != "headers" })

    let object: JSON

    init(_ request: ReceivedRequest, verdict: DeliverySignatureCheck.Verdict, at now: Timestamp) {
        let body = try? JSON(parsing: request.body)
        let path = request.target.prefix { $0 != "?" && $0 != "#" }
        object = [
            "at": JSON(TimeText.seconds(now)), "method": JSON(request.method),
            "path": JSON(path == request.target ? request.target : path + "?" + Masking.mark),
            "type": JSON(body?["event_type"]?.string ?? ""), "event": JSON(body?["event_id"]?.string ?? ""),
            "signature": JSON(verdict.rawValue), "headers": Self.headers(request),
            "body": body.map { Masking.masked($0) } ?? JSON(Self.text(request.body)),
        ]
    }

    /// Their values are secrets as often as not (`Authorization`, keys of one's own), so only harmless ones are shown.
    private static func headers(_ request: ReceivedRequest) -> JSON {
        var members = JSONObject()
        for header in request.headers {
            members[header.name] = JSON(shownHeader(header.name, header.value))
        }
        return JSON(members)
    }

    /// A header's value as it may be shown; one that is masked already stays so.
    static func shownHeader(_ name: String, _ value: String) -> String {
        plain.contains(name.lowercased()) || value.hasPrefix(Masking.mark) ? value : Masking.masked(value)
    }

    private static let plain: Set<String> = [
        "content-type", "content-length", "user-agent", "accept", "host", "accept-encoding", "connection", "date",
    ]

    /// A body that is no JSON; what is no UTF-8 in it is replaced, and it is cut to 4,096 bytes.
    private static func text(_ body: [UInt8]) -> String {
        Masking.masked(JSON(String(decoding: body.prefix(4096), as: UTF8.self)), at: .root).string ?? ""
    }
}
