/// Which run holds or held which webhooks: the rules of leases as a value, for journals to keep.
package struct LeaseBook: Sendable {
    package struct Lease: Hashable, Sendable {
        package var run: RunID
        /// Nil when it was given up.
        package var holder: String?
        /// When it was taken, or given up.
        package var mark: JournalMark

        package init(run: RunID, holder: String?, mark: JournalMark) {
            self.run = run
            self.holder = holder
            self.mark = mark
        }
    }

    /// What stands in the way of a run that begins.
    package enum Verdict: Hashable, Sendable {
        case free
        case leased(by: RunID, [LeasedName])
        /// Some were written since the mark; the holders of others died, and their leases are to be buried.
        case overtaken([LeasedName], dead: [LeasedName])
        /// The holders of some died, and a write that they sent may still be on its way.
        case unsettled([RunID])
    }

    /// Judges the leases there are on what a run wants to write, and those of the run itself where it goes on. A lease
    /// whose holder is dead is in nobody's way, but its holder may have written since the mark: its lease is buried at a
    /// new mark, and what was read is read again. Where a write was under way when it died, that has to be waited for
    /// first: `settled` are the runs for which that was done, before the reading. A run that goes on has its own leases
    /// still when it was let go of in the same process.
    package static func judge(
        _ leases: [LeasedName: Lease], since mark: JournalMark, resuming run: RunID? = nil, by holder: String,
        settled: Set<RunID> = [], isUnderWay: (LeasedName, RunID) -> Bool = { _, _ in false },
        isAlive: (String) -> Bool
    ) -> Verdict {
        let leases = leases.filter { $0.value.run != run || $0.value.holder != holder }
        let held = leases.filter { $0.value.holder.map(isAlive) ?? false }
        if let run = held.values.map(\.run).min() { return .leased(by: run, held.keys.sorted()) }
        let ended = leases.filter { $0.value.holder != nil }
        let unsettled = ended.filter { name, lease in
            lease.run != run && !settled.contains(lease.run) && isUnderWay(name, lease.run)
        }
        if !unsettled.isEmpty { return .unsettled(Set(unsettled.values.map(\.run)).sorted()) }
        // Read after the wait: there is no more to be seen.
        let dead = ended.filter { !settled.contains($0.value.run) || $0.value.mark > mark }
        let written = leases.filter { $0.value.mark > mark }
        if dead.isEmpty, written.isEmpty { return .free }
        return .overtaken(Set(dead.keys).union(written.keys).sorted(), dead: dead.keys.sorted())
    }
}
