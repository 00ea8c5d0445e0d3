import LosslessJSON
import WebhookModel

/// Finds which channel of a list is which in another version of it, by identity alone.
enum ChannelPairing {
    /// For each channel of `new` the position in `old` of the one with the same identity, k-th to k-th; nil where `old`
    /// has no more of them.
    static func origins(of new: [JSON], in old: [JSON]) -> [Int?] {
        var positions = groups(old)
        return new.map { channel in
            let identity = Channel(document: channel).identity
            guard positions[identity]?.isEmpty == false else { return nil }
            return positions[identity]?.removeFirst()
        }
    }

    /// The positions of the channels of each identity, in order.
    static func groups(_ channels: [JSON]) -> [ChannelIdentity: [Int]] {
        Dictionary(grouping: channels.indices) { Channel(document: channels[$0]).identity }
    }
}
