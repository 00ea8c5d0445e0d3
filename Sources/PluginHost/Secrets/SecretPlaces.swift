import LosslessJSON
import WebhookModel

/// Where tokens stand in a webhook's document: in a channel by the channel's identity, so that a channel may move, and by
/// the path in it.
struct SecretPlaces {
    private struct Place: Hashable {
        /// nil outside the channels.
        let channel: ChannelIdentity?
        /// How many channels with this identity come before.
        let occurrence: Int
        let path: JSONPath
        let text: String
    }

    private var places: [(place: Place, path: JSONPath)] = []

    init(of document: JSON, _ tokens: SecretTokens) {
        var occurrences: [ChannelIdentity: Int] = [:]
        for (component, member) in document.children {
            if component == .name(Member.channels), let channels = member.array {
                for (index, channel) in channels.enumerated() {
                    let identity = Channel(document: channel).identity
                    let occurrence = occurrences[identity, default: 0]
                    occurrences[identity] = occurrence + 1
                    let outer: JSONPath = [component, .index(index)]
                    collect(channel, identity, occurrence, outer: outer, tokens)
                }
            } else {
                collect(member, nil, 0, outer: [component], tokens)
            }
        }
    }

    private mutating func collect(
        _ value: JSON, _ channel: ChannelIdentity?, _ occurrence: Int, outer: JSONPath, _ tokens: SecretTokens
    ) {
        var rest: [(path: JSONPath, value: JSON)] = [(.root, value)]
        while let (path, value) = rest.popLast() {
            if value.kind.isContainer {
                for (component, child) in value.children.reversed() {
                    if case .name(let name) = component, tokens.areIn(name) {
                        add(Place(channel: channel, occurrence: occurrence, path: path, text: name), outer, path)
                    }
                    rest.append((path.appending(component), child))
                }
            } else if let text = value.string, tokens.areIn(text) {
                let place = channel == nil ? outer.appending(path) : path
                add(Place(channel: channel, occurrence: occurrence, path: place, text: text), outer, path)
            }
        }
    }

    private mutating func add(_ place: Place, _ outer: JSONPath, _ path: JSONPath) {
        places.append((place, outer.appending(path)))
    }

    /// The path of the first token that stands where none of the others does.
    func first(notIn others: SecretPlaces) -> JSONPath? {
        let known = Set(others.places.map(\.place))
        return places.first { !known.contains($0.place) }?.path
    }
}

extension FieldPath {
    /// Reads a path as the language spells it, for a document: short names of fields and kinds of channels count, and a
    /// member that the document lacks may be named.
    init?(pluginPath text: String, in document: JSON) {
        let kinds = Set(Webhook(document: document).channels.map(\.kind))
        var members = Set(document.object?.keys ?? [])
        if let path = try? JSONPath(parsing: text), case .name(let first) = path.first { members.insert(first) }
        guard let path = try? FieldResolver(members: members, kinds: kinds).field(text).path else { return nil }
        self = path
    }
}
