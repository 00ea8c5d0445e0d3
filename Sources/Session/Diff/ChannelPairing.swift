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

    /// The same, and where one channel of a kind is left on both sides, they are taken for each other: for showing a
    /// change, and for what a person edits.
    static func likelyOrigins(of new: [JSON], in old: [JSON]) -> [Int?] {
        var result = origins(of: new, in: old)
        let taken = Set(result.compactMap(\.self))
        let left = Dictionary(grouping: old.indices.filter { !taken.contains($0) }) { Channel(document: old[$0]).kind }
        let unpaired = Dictionary(grouping: new.indices.filter { result[$0] == nil }) {
            Channel(document: new[$0]).kind
        }
        for (kind, positions) in unpaired where positions.count == 1 {
            if let others = left[kind], others.count == 1 { result[positions[0]] = others[0] }
        }
        return result
    }
}
