/// Which run holds or held which webhooks: the rules of leases as a value, for journals to keep.
package struct LeaseBook: Sendable {
    package struct Lease: Hashable, Sendable {
        package var run: RunID
        /// Nil when it was given up.
        package var holder: String?
        /// When it was taken, or given up.
        package var place: Int64

        package init(run: RunID, holder: String?, place: Int64) {
            self.run = run
            self.holder = holder
            self.place = place
        }
    }

    /// What stands in the way of a run that begins.
    package enum Verdict: Hashable, Sendable {
        case free
        case leased(by: RunID, [LeasedName])
        /// Some were written, or may have been, since the mark.
        case overtaken([LeasedName])
        /// The holders of some died, and a write that they sent may still be on its way.
        case unsettled([RunID])
    }

    /// Judges the leases there are on what a run wants to write, and those of the run itself where it goes on.
    ///
    /// A lease whose holder is dead is in nobody's way. A holder that died after the mark may have written since, so that
    /// what was read is read again. One that had died before may have had a write under way, which has to be waited for
    /// first, unless it was. A run that goes on sees to its own writes under way; and it has its own leases still when it
    /// was let go of in the same process.
    package static func judge(
        _ leases: [LeasedName: Lease], since mark: JournalMark, resuming run: RunID? = nil, by holder: String,
        isUnderWay: (LeasedName, RunID) -> Bool = { _, _ in false }, isAlive: (String) -> Bool
    ) -> Verdict {
        let leases = leases.filter { $0.value.run != run || $0.value.holder != holder }
        let held = leases.filter { $0.value.holder.map(isAlive) ?? false }
        if let run = held.values.map(\.run).min() { return .leased(by: run, held.keys.sorted()) }
        let overtaken = leases.filter { _, lease in
            lease.place > mark.place || lease.holder.map { !mark.dead.contains($0) } ?? false
        }
        if !overtaken.isEmpty { return .overtaken(overtaken.keys.sorted()) }
        let unsettled = leases.filter { name, lease in
            guard lease.run != run, let holder = lease.holder, !mark.settled.contains(holder) else { return false }
            return isUnderWay(name, lease.run)
        }
        return unsettled.isEmpty ? .free : .unsettled(Set(unsettled.values.map(\.run)).sorted())
    }
}
