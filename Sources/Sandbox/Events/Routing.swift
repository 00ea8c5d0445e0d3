import Digest
import LosslessJSON
import WebhookModel

/// What has to be known of a webhook to hand an event to its channels, without reading its document.
struct Routing: Hashable, Sendable {
    struct Target: Hashable, Sendable {
        /// `slack`, `email`, `webhook`, `sms`, or a kind unknown today.
        let kind: String
        /// Tells one channel of the kind from another: 16 hexadecimal digits of what `ChannelIdentity` compares.
        let identity: String
    }

    let resourceTypes: [String]
    /// By their place in the document.
    let targets: [Target]

    init(_ webhook: Webhook) {
        resourceTypes = webhook.resourceTypes ?? []
        targets = webhook.channels.map { Target($0) }
    }

    /// Reads what `text` gave; nil for anything else.
    init?(parsing text: String) {
        guard let json = try? JSON(parsing: text), let channels = json["channels"]?.array else { return nil }
        resourceTypes = json["resource_types"]?.array?.compactMap(\.string) ?? []
        targets = channels.compactMap { channel in
            guard let kind = channel[0]?.string, let identity = channel[1]?.string else { return nil }
            return Target(kind: kind, identity: identity)
        }
        guard targets.count == channels.count else { return nil }
    }

    var text: String {
        let channels = JSON(targets.map { [JSON($0.kind), JSON($0.identity)] })
        guard !resourceTypes.isEmpty else { return (["channels": channels] as JSON).text(.compact) }
        return (["channels": channels, "resource_types": JSON(resourceTypes.map { JSON($0) })] as JSON).text(.compact)
    }
}

extension Routing.Target {
    init(_ channel: Channel) {
        self.init(kind: channel.kind, identity: Self.digest(channel.identity))
    }

    private static func digest(_ identity: ChannelIdentity) -> String {
        let parts: [String] =
            switch identity {
            case .slackChannel(let id, let workspace): ["bot", id.text(), workspace?.text() ?? ""]
            case .slackHook(let url, let channel): ["hook", url.text(), channel?.text() ?? ""]
            case .endpoint(let url): ["endpoint", url.text()]
            case .addresses(let kind, let addresses): ["addresses", kind] + addresses.map { $0.text() }.sorted()
            case .opaque(let document): ["opaque", document.text()]
            }
        // JSON texts hold no line feed.
        return Hexadecimal.text(SHA256.digest(parts.joined(separator: "\n").utf8).prefix(8))
    }
}
