import LosslessJSON
import WebhookModel

/// Which channel of a webhook an edit is about.
package enum ChannelMatch: Hashable, Sendable {
    /// By position, from 0. Staged as the identity of the channel that stands there.
    case index(Int)
    /// The channel of this kind.
    case kind(String)
    /// The channel of this kind whose config value at `key` equals `value`, or reads like it: `timeout` 30 and "30".
    case property(kind: String, key: JSONPath, value: JSON)
    /// The channel with this identity; `occurrence` counts from 0 where several have it.
    case identity(ChannelIdentity, occurrence: Int)

    /// Positions of the channels that match.
    func positions(in channels: [Channel]) -> [Int] {
        switch self {
        case .index(let index):
            return channels.indices.contains(index) ? [index] : []
        case .kind(let kind):
            return channels.indices.filter { channels[$0].kind == kind }
        case .property(let kind, let key, let value):
            return channels.indices.filter { index in
                guard channels[index].kind == kind, let configs = channels[index].document[Member.configs] else {
                    return false
                }
                return configs.value(at: key).map { Self.reads($0, like: value) } ?? false
            }
        case .identity(let identity, let occurrence):
            let same = channels.indices.filter { channels[$0].identity == identity }
            return same.indices.contains(occurrence) ? [same[occurrence]] : []
        }
    }

    /// The match that will find the same channel wherever it moves to.
    static func stable(_ position: Int, in channels: [Channel]) -> ChannelMatch {
        let identity = channels[position].identity
        let before = channels[..<position].count { $0.identity == identity }
        return .identity(identity, occurrence: before)
    }

    /// Equal, or the same when spelt as text: what a user typed has no type.
    private static func reads(_ found: JSON, like value: JSON) -> Bool {
        found == value || (value.string.map { $0 == found.string ?? found.description } ?? false)
    }
}
