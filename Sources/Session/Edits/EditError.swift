import LosslessJSON
import WebhookModel

/// Why an edit can't be staged on a webhook. Nothing was changed.
package enum EditError: Error, Hashable, Sendable {
    /// The path leads to no place that could hold a value.
    case noSuchPlace(FieldPath)
    /// Only the server changes this member.
    case readOnly(member: String)
    /// The member can't be removed: the API requires it.
    case required(member: String)
    /// A member that the program itself relies on would get a value of another type.
    case wrongType(member: String, expected: Finding.Expected, found: JSON.Kind)
    /// A secret may stand in a channel's `configs` only.
    case secretOutsideConfigs(FieldPath)
    /// Several channels match, at these positions.
    case ambiguousChannel(ChannelMatch, positions: [Int])
    /// A channel's `configs` must be an object.
    case configsNotAnObject(JSON.Kind)
    /// A channel's config key leads through something that is no object.
    case badKey(JSONPath)
    /// `channels` or `event_types` of the document is no list.
    case notAList(member: String)
    /// A whole document was given that is no object.
    case notADocument(JSON.Kind)
    /// The glob picks nothing in the catalogue.
    case unknownEvents(EventPattern, nearest: String?)
    /// The webhook is staged for deletion.
    case deleted
    /// The webhook exists already, or does not exist yet.
    case wrongOrigin
}

/// What an edit had to say besides changing something.
package enum EditNote: Hashable, Sendable {
    case alreadySubscribed(String)
    case notSubscribed(String)
    /// A glob that picks nothing of what is subscribed.
    case nothingMatched(EventPattern)
    /// Subscribed, though no catalogue knows the name.
    case unknownEvent(String, nearest: String?)
    case noChannelMatched(ChannelMatch)
    /// An equal channel is there already.
    case channelPresent
    /// Another channel with the same identity is there: deliveries will go to it twice.
    case channelRepeated
    /// Nothing stands at the path.
    case nothingAt(FieldPath)
    /// The text to replace isn't there.
    case nothingToReplace(TextPattern)
    /// The value was equal already; as an explicit intent it is kept all the same.
    case equalAlready(FieldPath)
}
