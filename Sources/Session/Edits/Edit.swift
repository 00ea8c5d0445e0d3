import LosslessJSON
import WebhookModel

/// One staged change to one webhook, kept as what it means rather than as the document it leads to.
package enum Edit: Hashable, Sendable {
    /// Begins a webhook that the server doesn't have yet.
    case create(NewWebhook)
    /// Begins a webhook as a copy of another's document, taken when it was staged, without its server-owned members.
    case clone(of: WebhookKey, document: JSON)
    /// Writes a value; every place the path leads to gets it. Counts as a change even where it is equal.
    case set(FieldPath, EditValue)
    /// Removes the member or element at every place the path leads to.
    case unset(FieldPath)
    /// Subscribes; what is subscribed already stays where it is.
    case addEvents([String])
    /// Drops every copy of what matches; globs pick among what is subscribed.
    case removeEvents([EventPattern])
    /// Makes the subscription exactly this.
    case setEvents([String])
    /// Puts one event type in another's place.
    case renameEvent(from: String, to: String)
    case addChannel(NewChannel)
    /// Writes values into a channel's `configs`.
    case setChannel(ChannelMatch, [ConfigEntry])
    case removeChannel(ChannelMatch)
    /// Replaces text in every text at and below the path; a value that is no text is replaced when it equals `old`.
    case replace(FieldPath, old: TextPattern, new: EditValue)
    /// Makes the document this one, but for what the server owns.
    case become(JSON)
    /// Removes the webhook.
    case delete
}

/// What `create` was given.
package struct NewWebhook: Hashable, Sendable {
    package var name: String
    package var events: [String]
    package var channels: [NewChannel]
    package var isActive: Bool
    /// Further members, in order.
    package var members: JSONObject

    package init(
        name: String, events: [String], channels: [NewChannel], isActive: Bool = true, members: JSONObject = [:]
    ) {
        self.name = name
        self.events = events
        self.channels = channels
        self.isActive = isActive
        self.members = members
    }
}

/// A channel to add: a kind, then either config entries or whole JSON.
package struct NewChannel: Hashable, Sendable {
    package var kind: String
    package var content: Content

    package enum Content: Hashable, Sendable {
        case entries([ConfigEntry])
        /// The whole `configs`, which must be an object.
        case configs(EditValue)
    }

    package init(kind: String, _ content: Content) {
        self.kind = kind
        self.content = content
    }

    package init(kind: String, entries: [ConfigEntry]) {
        self.init(kind: kind, .entries(entries))
    }
}

/// One `key=value` for a channel's `configs`; the key may lead deeper: `headers.X-Team`.
package struct ConfigEntry: Hashable, Sendable {
    package var key: JSONPath
    package var value: EditValue

    package init(_ key: JSONPath, _ value: EditValue) {
        self.key = key
        self.value = value
    }
}
