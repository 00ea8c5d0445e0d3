import LosslessJSON
import WebhookModel

/// A webhook's document with edits applied to it, and what a merge must know about how it came to be.
package struct EditedDocument: Hashable, Sendable {
    /// Nil before a `create` or `clone`.
    package internal(set) var document: JSON?
    package internal(set) var isDeleted = false
    /// Paths outside `channels` that an edit set explicitly, equal or not.
    package internal(set) var explicit: Set<JSONPath> = []
    /// One for each element of the document's `channels`.
    package internal(set) var channels: [ChannelTrack]

    /// What is known of one staged channel; paths start at the channel.
    package struct ChannelTrack: Hashable, Sendable {
        /// Its position in the base, or nil for a channel that was added.
        package var origin: Int?
        package var explicit: Set<JSONPath> = []
        /// Where secrets stand that came by reference.
        package var references: [JSONPath: String] = [:]
    }

    /// The unedited base; nil for a webhook to create.
    package init(base: JSON?) {
        document = base
        let count = base?[Member.channels]?.array?.count ?? 0
        channels = (0..<count).map { ChannelTrack(origin: $0) }
    }

    /// The reference of the secret that stands at this path, if it came by one.
    package func reference(at path: JSONPath) -> String? {
        guard let (position, rest) = Self.channelPlace(path), channels.indices.contains(position) else { return nil }
        return channels[position].references[rest]
    }

    /// Every secret that came by reference, by its path.
    package var references: [(path: JSONPath, reference: String)] {
        channels.enumerated().flatMap { position, track in
            track.references.map { (Self.channelPath(position).appending($0.key), $0.value) }
        }
    }

    /// The values that came by reference, as they stand in the document.
    package var knownSecrets: KnownSecrets {
        var known = KnownSecrets()
        guard let document else { return known }
        for (path, reference) in references {
            if let value = document.value(at: path) { known.add(value, reference: reference) }
        }
        return known
    }

    /// `channels[position]`.
    static func channelPath(_ position: Int) -> JSONPath {
        JSONPath([.name(Member.channels), .index(position)])
    }

    /// The channel that a path leads into, and the rest of the path.
    static func channelPlace(_ path: JSONPath) -> (position: Int, rest: JSONPath)? {
        let components = path.components
        guard components.count >= 2, components[0] == .name(Member.channels), case .index(let position) = components[1]
        else { return nil }
        return (position, JSONPath(Array(components.dropFirst(2))))
    }
}
