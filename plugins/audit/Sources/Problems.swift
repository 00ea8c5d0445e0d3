import PluginKit

/// What can be told of all webhooks together.
enum Problems {
    static func all(in webhooks: [Webhook]) -> [Problem] {
        webhooks.flatMap(WebhookProblems.of) + singleReceivers(webhooks) + duplicates(webhooks)
    }

    /// Event types whose loss hurts.
    private static func isCritical(_ event: String) -> Bool {
        event.hasSuffix(".failed") || event.hasSuffix(".triggered")
    }

    private static func singleReceivers(_ webhooks: [Webhook]) -> [Problem] {
        let active = webhooks.filter(\.isActive)
        let events = Set(webhooks.flatMap(\.eventTypes).filter(isCritical))
        return events.sorted().compactMap { event in
            let receivers = active.filter { $0.receives(event) }
            let destinations = Set(receivers.flatMap { $0.channels.map(Destination.init) })
            guard destinations.count == 1, let webhook = receivers.first else { return nil }
            return Problem(
                rule: .singleReceiver, webhook: webhook, path: "event_types",
                message: "\(event) goes to one destination alone")
        }
    }

    private static func duplicates(_ webhooks: [Webhook]) -> [Problem] {
        var seen: [Destination: [Webhook]] = [:]
        var problems: [Problem] = []
        for webhook in webhooks where webhook.isActive {
            for (index, channel) in webhook.channels.enumerated() {
                let destination = Destination(channel)
                if let other = seen[destination]?.first(where: { $0.key != webhook.key && overlap($0, webhook) }) {
                    problems.append(
                        Problem(
                            rule: .duplicate, webhook: webhook, path: "channels[\(index)]",
                            message: "\(destination.name) gets the same events from \(other.key) \(other.name)"))
                }
                seen[destination, default: []].append(webhook)
            }
        }
        return problems
    }

    private static func overlap(_ one: Webhook, _ other: Webhook) -> Bool {
        if one.eventTypes.contains("*") || other.eventTypes.contains("*") { return true }
        return !Set(one.eventTypes).isDisjoint(with: other.eventTypes)
    }
}

/// Where a channel delivers to.
struct Destination: Hashable {
    let name: String
    private let identity: [String]

    init(_ channel: Channel) {
        func text(_ key: String) -> String? { channel.configs[key]?.string }
        switch channel.kind {
        case "slack":
            identity = ["slack", text("channel_id") ?? text("webhook_url") ?? "", text("channel") ?? ""]
            name = "the Slack channel \(text("channel_id") ?? text("channel") ?? "of a hook")"
        case "webhook":
            identity = ["webhook", text("url") ?? ""]
            name = Self.host(of: text("url") ?? "")
        case "email", "sms":
            let keys = ["to_addresses", "recipients", "phone_numbers"]
            let addresses = keys.flatMap { channel.configs[$0]?.array?.compactMap(\.string) ?? [] }.sorted()
            identity = [channel.kind] + addresses
            name = "\(channel.kind) to \(addresses.count == 1 ? addresses[0] : "\(addresses.count) recipients")"
        default:
            identity = [channel.kind, channel.configs.description]
            name = "a channel of kind \(channel.kind)"
        }
    }

    /// What stands between `//` and the next `/`, `?` or `#`, without userinfo and port.
    static func host(of url: String) -> String {
        guard let scheme = url.utf8.firstIndex(of: UInt8(ascii: ":")) else { return url }
        let rest = url[scheme...].dropFirst(3)
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        // The colons of an IPv6 address stand before its `]`.
        let bracket = host.lastIndex(of: "]") ?? host.startIndex
        guard let colon = host.lastIndex(of: ":"), bracket <= colon else { return String(host) }
        return String(host[..<colon])
    }
}
