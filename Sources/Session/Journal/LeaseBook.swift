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
    }

    /// Judges the leases there are on what a run wants to write. A lease whose holder is dead is in nobody's way, but its
    /// holder may have written since the mark: its lease is buried at a new mark, and what was read is read again. A run that goes on has its own leases still
    /// when it was let go of in the same process.
    package static func judge(
        _ leases: [LeasedName: Lease], since mark: JournalMark, resuming run: RunID? = nil, by holder: String,
        isAlive: (String) -> Bool
    ) -> Verdict {
        let leases = leases.filter { $0.value.run != run || $0.value.holder != holder }
        let held = leases.filter { $0.value.holder.map(isAlive) ?? false }
        if let run = held.values.map(\.run).min() { return .leased(by: run, held.keys.sorted()) }
        let dead = leases.filter { $0.value.holder != nil }
        let written = leases.filter { $0.value.mark > mark }
        if dead.isEmpty, written.isEmpty { return .free }
        return .overtaken(Set(dead.keys).union(written.keys).sorted(), dead: dead.keys.sorted())
    }
}
