import LosslessJSON

/// What makes a channel the same one in two versions of a webhook; channels are matched by it in a merge.
///
/// Values are kept as JSON, so that a number where text is expected still identifies. A channel that lacks the members
/// its kind is identified by counts as `opaque`: it is the same only when it is equal.
package enum ChannelIdentity: Hashable, Sendable {
    /// Slack with a bot: `channel_id` + `workspace_id`.
    case slackChannel(id: JSON, workspace: JSON?)
    /// Slack with an incoming hook: `webhook_url` + `channel`.
    case slackHook(url: JSON, channel: JSON?)
    /// An HTTP endpoint: its `url`.
    case endpoint(url: JSON)
    /// E-mail or SMS: the set of its addresses or numbers.
    case addresses(kind: String, Set<JSON>)
    /// Anything else: the whole channel.
    case opaque(JSON)

    package init(of channel: Channel) {
        self = Self.known(channel) ?? .opaque(channel.document)
    }

    private static func known(_ channel: Channel) -> Self? {
        switch channel.kind {
        case "slack":
            if let id = channel.config("channel_id") {
                .slackChannel(id: id, workspace: channel.config("workspace_id"))
            } else if let url = channel.config("webhook_url") {
                .slackHook(url: url, channel: channel.config("channel"))
            } else {
                nil
            }
        case "webhook":
            channel.config("url").map { .endpoint(url: $0) }
        case "email":
            addresses(channel, at: ["to_addresses", "recipients"])
        case "sms":
            addresses(channel, at: ["phone_numbers"])
        default: nil
        }
    }

    /// The addresses under the first of these keys that holds a list or a single text.
    private static func addresses(_ channel: Channel, at keys: [String]) -> Self? {
        for key in keys {
            guard let value = channel.config(key) else { continue }
            if let list = value.array { return .addresses(kind: channel.kind, Set(list)) }
            if value.string != nil { return .addresses(kind: channel.kind, [value]) }
        }
        return nil
    }
}
