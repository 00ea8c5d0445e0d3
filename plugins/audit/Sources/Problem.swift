import PluginKit

enum Rule: String, CaseIterable, Hashable {
    case wildcard
    case plainHTTP = "plain-http"
    case singleReceiver = "single-receiver"
    case dead
    case duplicate
}

/// Something that is likely to go wrong.
struct Problem: Hashable {
    let rule: Rule
    /// The webhook; nil where it is about several.
    let webhook: Webhook?
    let path: String?
    let message: String

    var line: String {
        let name = webhook.map { "\($0.key) \($0.name): " } ?? ""
        return "\(rule.rawValue): \(name)\(message)"
    }

    var json: Value {
        [
            "rule": Value(rule.rawValue), "key": webhook.map { Value($0.key) } ?? nil,
            "path": path.map { Value($0) } ?? nil,
            "message": Value(message),
        ]
    }
}

/// What can be told of one webhook by itself.
enum WebhookProblems {
    static func of(_ webhook: Webhook) -> [Problem] { wildcard(webhook) + plainHTTP(webhook) + dead(webhook) }

    static func wildcard(_ webhook: Webhook) -> [Problem] {
        guard let index = webhook.eventTypes.firstIndex(of: "*") else { return [] }
        let message = "subscribed to *, which includes event types that don't exist yet"
        return [Problem(rule: .wildcard, webhook: webhook, path: "event_types[\(index)]", message: message)]
    }

    static func plainHTTP(_ webhook: Webhook) -> [Problem] {
        webhook.channels.enumerated().compactMap { index, channel in
            guard let url = channel.configs["url"]?.string, isPlain(url) else { return nil }
            return Problem(
                rule: .plainHTTP, webhook: webhook, path: "channels[\(index)].configs.url",
                message: "\(Destination.host(of: url)) is reached without TLS")
        }
    }

    private static func isPlain(_ url: String) -> Bool {
        guard url.lowercased().hasPrefix("http://") else { return false }
        return !isThisMachine(Destination.host(of: url))
    }

    /// Four numbers, or `127.0.0.1.example.com` would be this machine.
    private static func isThisMachine(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } && UInt8(part) != nil
        }
    }

    /// So many failures in a row are no accident.
    private static let failureLimit = 10

    static func dead(_ webhook: Webhook) -> [Problem] {
        guard let health = webhook.document["delivery_health"], !health.isNull else { return [] }
        if let paused = health["paused_at"]?.string {
            let reason = health["paused_reason"]?.string.map { ": \($0)" } ?? ""
            return [
                Problem(
                    rule: .dead, webhook: webhook, path: "delivery_health.paused_at",
                    message: "paused by the server at \(paused)\(reason)")
            ]
        }
        let failures = health["consecutive_failures"]?.int ?? 0
        guard webhook.isActive, failures >= failureLimit else { return [] }
        return [
            Problem(
                rule: .dead, webhook: webhook, path: "delivery_health.consecutive_failures",
                message: "the last \(failures) deliveries failed")
        ]
    }
}

/// What a change brings that was not there before.
enum NewProblems {
    static func of(_ change: Change, rule: Rule, policy: String) -> [Finding] {
        guard let after = change.after else { return [] }
        let known = Set(change.before.map { problems($0, rule).map(\.message) } ?? [])
        return problems(after, rule).filter { !known.contains($0.message) }.map {
            Finding(key: change.key, level: .deny, rule: policy, path: $0.path, message: $0.message)
        }
    }

    private static func problems(_ webhook: Webhook, _ rule: Rule) -> [Problem] {
        WebhookProblems.of(webhook).filter { $0.rule == rule }
    }
}
