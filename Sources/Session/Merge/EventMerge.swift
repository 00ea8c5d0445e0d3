import LosslessJSON
import WebhookModel

extension Merger {
    /// Merges `event_types` as a set. A list that we did not touch keeps its order and copies, an addition appends, a
    /// removal drops all copies. An exact list (`set-events`) conflicts with a foreign addition or removal.
    mutating func mergeEvents(_ base: JSON?, _ live: JSON?, _ staged: JSON?, _ explicit: Explicit) -> JSON? {
        let path: JSONPath = [.name(Member.eventTypes)]
        guard let old = base == nil ? [] : base?.array, let now = live?.array, let wanted = staged?.array else {
            return mergeValue(base, live, staged, at: path, explicit)
        }
        if old == wanted, !explicit.isExact { return live }
        if now == wanted { return live }
        if now == old { return staged }
        let (oldSet, nowSet, wantedSet) = (Set(old), Set(now), Set(wanted))
        let foreignOrderOnly = nowSet == oldSet
        if explicit.isExact || oldSet == wantedSet {
            if Self.isSameBag(now, wanted) { return live }
            if foreignOrderOnly { return staged }
            if nowSet == wantedSet { return live }
            return conflict(at: path, base: base, live: live, staged: staged)
        }
        let kept = now.filter { wantedSet.contains($0) || !oldSet.contains($0) }
        let added = wanted.uniqued().filter { !oldSet.contains($0) && !nowSet.contains($0) }
        return JSON(kept + added)
    }

    /// Whether two lists hold the same elements, each as often.
    private static func isSameBag(_ left: [JSON], _ right: [JSON]) -> Bool {
        guard left.count == right.count else { return false }
        var counts: [JSON: Int] = [:]
        for element in left { counts[element, default: 0] += 1 }
        for element in right { counts[element, default: 0] -= 1 }
        return counts.values.allSatisfy { $0 == 0 }
    }
}
