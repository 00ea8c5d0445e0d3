/// What a run, or many, consisted of.
struct Figures {
    var seeds = 0
    var requests = 0
    var writes = 0
    var faults: [Fault: Int] = [:]
    var journalFaults = 0
    var strangers = 0
    var crashes = 0
    var runs = 0
    var resumed = 0
    var rollbacks = 0
    var conflicts = 0
    var interruptions = 0
    var confirmed = 0
    var staleSeeds = 0

    static func += (left: inout Self, right: Self) {
        left.seeds += right.seeds
        left.requests += right.requests
        left.writes += right.writes
        left.faults.merge(right.faults) { $0 + $1 }
        left.journalFaults += right.journalFaults
        left.strangers += right.strangers
        left.crashes += right.crashes
        left.runs += right.runs
        left.resumed += right.resumed
        left.rollbacks += right.rollbacks
        left.conflicts += right.conflicts
        left.interruptions += right.interruptions
        left.confirmed += right.confirmed
        left.staleSeeds += right.staleSeeds
    }
}

extension Figures: CustomStringConvertible {
    var description: String {
        """
        seeds          \(seeds) (\(staleSeeds) with stale reads)
        requests       \(requests), \(writes) of them writes that arrived
        faults         \(faults.values.reduce(0, +)) of \(faults.count) kinds, \(journalFaults) of the journal
        strangers      \(strangers) writes
        crashes        \(crashes)
        interruptions  \(interruptions)
        runs           \(runs), \(rollbacks) of them rollbacks; \(resumed) resumes
        confirmed      \(confirmed)
        conflicts      \(conflicts)
        """
    }
}
