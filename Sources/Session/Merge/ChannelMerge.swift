import LosslessJSON
import WebhookModel

extension Merger {
    /// Merges `channels` by identity: the live list keeps its order; ours are added at its end, or in front of the channel
    /// that they were put in front of.
    ///
    /// Channels that share an identity pair up k-th to k-th when the counts agree; where they don't, and we touched one of
    /// them, the whole list is a conflict.
    mutating func mergeChannels(
        _ base: JSON?, _ live: JSON?, _ staged: JSON?, _ explicit: Explicit, _ tracks: [EditedDocument.ChannelTrack]
    ) -> JSON? {
        let path: JSONPath = [.name(Member.channels)]
        guard let old = base == nil ? [] : base?.array, let now = live?.array, let wanted = staged?.array,
            tracks.count == wanted.count
        else { return mergeValue(base, live, staged, at: path, explicit) }
        if now == wanted { return live }
        if explicit.isExact {
            return now == old ? staged : conflict(at: path, base: base, live: live, staged: staged)
        }
        let alignment = ChannelAlignment(base: old, live: now, staged: wanted, tracks: tracks)
        if !alignment.isTouched { return live }
        guard let pairs = alignment.pairs() else {
            return conflict(at: path, base: base, live: live, staged: staged)
        }
        var list = MergedChannels(alignment: alignment, pairs: pairs)
        return JSON(list.merge(with: &self))
    }
}

/// Puts the merged list together once it is known which channel is which.
private struct MergedChannels {
    let alignment: ChannelAlignment
    let pairs: ChannelAlignment.Pairs
    /// Staged channels that the live list has already.
    private let arrived: Set<Int>
    private var emitted: Set<Int> = []
    private var result: [JSON] = []

    init(alignment: ChannelAlignment, pairs: ChannelAlignment.Pairs) {
        self.alignment = alignment
        self.pairs = pairs
        arrived = Set(pairs.stagedOfLive.values)
    }

    mutating func merge(with merger: inout Merger) -> [JSON] {
        for position in alignment.live.indices { takeLive(position, &merger) }
        for position in alignment.staged.indices where !emitted.contains(position) { takeStaged(position, &merger) }
        return result
    }

    private mutating func takeLive(_ position: Int, _ merger: inout Merger) {
        let live = alignment.live[position]
        if let origin = pairs.baseOfLive[position] {
            let base = alignment.base[origin]
            guard let ours = alignment.stagedOfBase[origin] else {
                if base != live {
                    let path = EditedDocument.channelPath(position)
                    if let kept = merger.conflict(at: path, base: base, live: live, staged: nil) { result.append(kept) }
                }
                return
            }
            mergePair(base, live, ours, &merger)
        } else if let ours = pairs.stagedOfLive[position] {
            mergePair(nil, live, ours, &merger)
        } else {
            result.append(live)
        }
    }

    private mutating func mergePair(_ base: JSON?, _ live: JSON, _ ours: Int, _ merger: inout Merger) {
        takeNew(before: ours)
        emitted.insert(ours)
        let explicit = base == nil ? Explicit([]) : Explicit(alignment.tracks[ours].explicit)
        let merged = merger.mergeValue(
            base, live, alignment.staged[ours], at: EditedDocument.channelPath(ours), explicit)
        if let merged { result.append(merged) }
    }

    private mutating func takeNew(before ours: Int) {
        var first = ours
        while first > 0, isNew(first - 1) { first -= 1 }
        for position in first..<ours {
            emitted.insert(position)
            result.append(alignment.staged[position])
        }
    }

    private func isNew(_ position: Int) -> Bool {
        alignment.tracks[position].origin == nil && !emitted.contains(position) && !arrived.contains(position)
    }

    /// A staged channel that the live list doesn't have.
    private mutating func takeStaged(_ position: Int, _ merger: inout Merger) {
        let ours = alignment.staged[position]
        guard let origin = alignment.tracks[position].origin else {
            result.append(ours)
            return
        }
        guard alignment.isChanged(position) else { return }
        let kept = merger.conflict(
            at: EditedDocument.channelPath(position), base: alignment.base[origin], live: nil, staged: ours)
        if let kept { result.append(kept) }
    }
}
