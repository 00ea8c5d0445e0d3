import LosslessJSON
import WebhookModel

/// A fault as it is typed: `KIND[,NAME=VALUE]…`, as in `server_error,rate=0.2,status=503`.
///
/// The names are `rate` (0…1), `count`, `status`, `retry_after` (seconds), `milliseconds`,
/// and `operations` and `fields` with `+` between several. `-` may stand for `_`.
package struct FaultSpec: Hashable, Sendable {
    package enum Failure: Error, Hashable, Sendable {
        case noKind(String)
        case unknownKind(String, nearest: String?)
        case unknownName(String, nearest: String?)
        case repeated(String)
        case badValue(name: String, value: String)
    }

    package var kind: String
    package var rate: Double?
    package var count: Int?
    package var status: Int?
    package var retryAfter: Int?
    package var milliseconds: Int?
    package var operations: [String] = []
    package var fields: [String] = []

    /// Those of the server.
    package static let kinds = [
        "rate_limited", "rate_limited_without_retry_after", "server_error", "server_error_after", "unavailable",
        "reset_before", "reset_after", "delay", "truncated_body", "html_body", "stale_read", "masked_secrets",
        "kept_secrets", "dropped_fields", "lost_write", "delivery_failure", "delivery_repeated",
    ]
    static let names = ["rate", "count", "status", "retry_after", "milliseconds", "operations", "fields"]

    package init(parsing text: String) throws(Failure) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        kind = Self.spelling(parts[0])
        guard !kind.isEmpty, !kind.contains("=") else { throw .noKind(text) }
        guard Self.kinds.contains(kind) else {
            throw .unknownKind(kind, nearest: Nearest.name(kind, among: Self.kinds))
        }
        var seen: Set<String> = []
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.spelling(pair[0])
            guard Self.names.contains(name) else {
                throw .unknownName(name, nearest: Nearest.name(name, among: Self.names))
            }
            guard seen.insert(name).inserted else { throw .repeated(name) }
            let value = pair.count == 2 ? String(pair[1]) : ""
            guard take(name, value) else { throw .badValue(name: name, value: value) }
        }
    }

    private static func spelling(_ text: Substring) -> String {
        String(text.trimmingBlanks.map { $0 == "-" ? "_" : $0 })
    }

    private mutating func take(_ name: String, _ value: String) -> Bool {
        switch name {
        case "rate":
            rate = Double(value).flatMap { (0...1).contains($0) ? $0 : nil }
            return rate != nil
        case "operations": operations = Self.list(value)
        case "fields": fields = Self.list(value)
        default:
            guard let number = Int(value), number >= 0 else { return false }
            switch name {
            case "count": count = number
            case "status": status = number
            case "retry_after": retryAfter = number
            default: milliseconds = number
            }
            return true
        }
        return !value.isEmpty
    }

    private static func list(_ text: String) -> [String] { text.split(separator: "+").map(String.init) }

    /// As `POST /v1/sandbox/faults` takes it.
    package var json: JSON {
        var rule: JSONObject = ["fault": JSON(kind)]
        if let rate { rule["rate"] = JSONNumber(rate).map { JSON($0) } }
        for (name, value) in [
            ("count", count), ("status", status), ("retry_after", retryAfter), ("milliseconds", milliseconds),
        ] {
            if let value { rule[name] = JSON(value) }
        }
        if !operations.isEmpty { rule["operations"] = JSON(operations.map { JSON($0) }) }
        if !fields.isEmpty { rule["fields"] = JSON(fields.map { JSON($0) }) }
        return JSON(rule)
    }
}
