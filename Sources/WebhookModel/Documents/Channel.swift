import LosslessJSON

/// One notification channel of a webhook, `{channel, configs}`, as a view of its JSON.
package struct Channel: Hashable, Sendable {
    package var document: JSON

    package init(document: JSON) {
        self.document = document
    }

    /// A channel with the given kind and settings, spelt in the order `channel`, `configs`.
    package init(kind: String, configs: JSONObject) {
        document = [Member.channelKind: JSON(kind), Member.configs: JSON(configs)]
    }

    /// `channel`: `slack`, `email`, `webhook`, `sms` or a kind not known yet; empty when absent.
    package var kind: String { document[Member.channelKind]?.string ?? "" }

    /// `configs`, or nil when absent or no object.
    package var configs: JSONObject? { document[Member.configs]?.object }

    /// A value of `configs` by its key.
    package func config(_ key: String) -> JSON? { document[Member.configs]?[key] }

    /// What makes this channel the same channel in another version of the webhook.
    package var identity: ChannelIdentity { ChannelIdentity(of: self) }
}
