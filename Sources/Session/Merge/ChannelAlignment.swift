import LosslessJSON
import WebhookModel

/// Finds which live channel is which of the base's, or of ours where ours has already arrived.
struct ChannelAlignment {
    let base: [JSON]
    let live: [JSON]
    let staged: [JSON]
    let tracks: [EditedDocument.ChannelTrack]
    /// The staged position of each base channel; nil for one that we removed.
    let stagedOfBase: [Int: Int]
    private let baseIdentities: [ChannelIdentity]
    private let liveIdentities: [ChannelIdentity]
    private let stagedIdentities: [ChannelIdentity]
    private let baseGroups: [ChannelIdentity: [Int]]
    private let liveGroups: [ChannelIdentity: [Int]]
    private let stagedGroups: [ChannelIdentity: [Int]]

    struct Pairs {
        var baseOfLive: [Int: Int] = [:]
        /// For live channels that are ours, added or moved, and none of the base's.
        var stagedOfLive: [Int: Int] = [:]
        fileprivate var liveOfBase: [Int: Int] = [:]
        fileprivate var liveOfStaged: [Int: Int] = [:]

        fileprivate mutating func pair(base: Int, live: Int) {
            baseOfLive[live] = base
            liveOfBase[base] = live
        }

        fileprivate mutating func pair(staged: Int, live: Int) {
            stagedOfLive[live] = staged
            liveOfStaged[staged] = live
        }

        fileprivate func isFree(live: Int) -> Bool { baseOfLive[live] == nil && stagedOfLive[live] == nil }
    }

    init(base: [JSON], live: [JSON], staged: [JSON], tracks: [EditedDocument.ChannelTrack]) {
        (self.base, self.live, self.staged, self.tracks) = (base, live, staged, tracks)
        var stagedOfBase: [Int: Int] = [:]
        for (position, track) in tracks.enumerated() {
            if let origin = track.origin { stagedOfBase[origin] = position }
        }
        self.stagedOfBase = stagedOfBase
        baseIdentities = base.map { Channel(document: $0).identity }
        liveIdentities = live.map { Channel(document: $0).identity }
        stagedIdentities = staged.map { Channel(document: $0).identity }
        baseGroups = Dictionary(grouping: base.indices) { [baseIdentities] in baseIdentities[$0] }
        liveGroups = Dictionary(grouping: live.indices) { [liveIdentities] in liveIdentities[$0] }
        stagedGroups = Dictionary(grouping: staged.indices) { [stagedIdentities] in stagedIdentities[$0] }
    }

    /// Whether we changed the list or anything in it.
    var isTouched: Bool {
        staged.count != base.count || staged.indices.contains(where: isChanged)
    }

    /// Whether we added this channel, changed it or set something in it explicitly.
    func isChanged(_ position: Int) -> Bool {
        let track = tracks[position]
        guard let origin = track.origin else { return true }
        return !track.explicit.isEmpty || staged[position] != base[origin]
    }

    /// Nil when it can't be told which is which and it matters.
    func pairs() -> Pairs? {
        var pairs = Pairs()
        pairArrived(&pairs)
        let identities = (baseIdentities + stagedIdentities).uniqued()
        var unclear: [ChannelIdentity] = []
        for identity in identities where !pairEqualCounts(identity, &pairs) { unclear.append(identity) }
        for identity in unclear where !pairWithOurs(identity, &pairs) { return nil }
        return hasRival(pairs) ? nil : pairs
    }

    /// Pairs a channel that we added, or moved to another identity, with a live one equal to ours: our own write, seen
    /// again. For a moved one the old identity must have lost one, or the same channel would count twice.
    private func pairArrived(_ pairs: inout Pairs) {
        for position in staged.indices {
            let identity = stagedIdentities[position]
            if let origin = tracks[position].origin {
                let old = baseIdentities[origin]
                guard old != identity, liveGroups[old, default: []].count < baseGroups[old, default: []].count else {
                    continue
                }
            }
            guard !baseGroups[identity, default: []].contains(where: { base[$0] == staged[position] }),
                let arrived = freeLive(identity, pairs).first(where: { live[$0] == staged[position] })
            else { continue }
            if let origin = tracks[position].origin {
                pairs.pair(base: origin, live: arrived)
            } else {
                pairs.pair(staged: position, live: arrived)
            }
        }
    }

    /// Pairs base and live of one identity k-th to k-th; false when their counts differ.
    private func pairEqualCounts(_ identity: ChannelIdentity, _ pairs: inout Pairs) -> Bool {
        let olds = freeBase(identity, pairs)
        let lives = freeLive(identity, pairs)
        guard olds.count == lives.count else { return false }
        for (old, live) in zip(olds, lives) { pairs.pair(base: old, live: live) }
        return true
    }

    /// Where the counts differ: pairs live with ours when live has become what we want, leaves alone what we did not
    /// touch or what is gone altogether; false when none of that holds.
    private func pairWithOurs(_ identity: ChannelIdentity, _ pairs: inout Pairs) -> Bool {
        let olds = freeBase(identity, pairs)
        let lives = freeLive(identity, pairs)
        let ours = stagedGroups[identity, default: []].filter { position in
            guard pairs.liveOfStaged[position] == nil else { return false }
            return tracks[position].origin.map { pairs.liveOfBase[$0] == nil } ?? true
        }
        if lives.count == ours.count {
            for (position, live) in zip(ours, lives) {
                if let origin = tracks[position].origin {
                    pairs.pair(base: origin, live: live)
                } else {
                    pairs.pair(staged: position, live: live)
                }
            }
            return true
        }
        let isOursUntouched = ours.allSatisfy { !isChanged($0) }
        let isBaseUntouched = olds.allSatisfy { stagedOfBase[$0].map { !isChanged($0) } ?? false }
        return lives.isEmpty || (isOursUntouched && isBaseUntouched)
    }

    /// Whether a live channel that is nobody's has the identity that we gave to one of ours: both would be delivered to.
    private func hasRival(_ pairs: Pairs) -> Bool {
        let moved = staged.indices.filter { position in
            tracks[position].origin.map { stagedIdentities[position] != baseIdentities[$0] } ?? true
        }
        let wanted = Set(moved.map { stagedIdentities[$0] })
        return live.indices.contains { pairs.isFree(live: $0) && wanted.contains(liveIdentities[$0]) }
    }

    private func freeBase(_ identity: ChannelIdentity, _ pairs: Pairs) -> [Int] {
        baseGroups[identity, default: []].filter { pairs.liveOfBase[$0] == nil }
    }

    private func freeLive(_ identity: ChannelIdentity, _ pairs: Pairs) -> [Int] {
        liveGroups[identity, default: []].filter { pairs.isFree(live: $0) }
    }
}
