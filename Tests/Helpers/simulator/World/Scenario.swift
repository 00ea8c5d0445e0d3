/// What a seed stands for: how large the world is, and how much goes wrong in it. Everything else follows from the seed.
struct Scenario: Hashable {
    let seed: UInt64
    var webhooks: Int
    var operators: Int
    /// Sittings of each operator: edits, commits, resumes, rollbacks.
    var rounds: Int
    /// Writes by strangers.
    var strangers: Int
    /// Faults of the server and the network at most; those beyond don't happen.
    var faults: Int
    /// One request in so many meets a fault.
    var faultRate: Int
    /// Crashes of the program at most.
    var crashes: Int
    /// Cancellations, abandonments and pauses at most.
    var interruptions: Int
    var style: ModelWire.ListStyle
    var pageSize: Int
    var secrets: ModelServer.SecretsOnReads
    /// Whether reads may show an older state.
    var isStale: Bool
    /// Whether jobs that could run at once run in an order of the seed's, or as they came.
    var isShuffled: Bool

    init(seed: UInt64) {
        var dice = Dice(seed: seed, purpose: 1)
        self.seed = seed
        webhooks = dice.oneIn(10) ? dice.within(8...20) : dice.within(1...5)
        operators = dice.oneIn(2) ? 2 : 1
        rounds = dice.within(1...3)
        strangers = dice.oneIn(4) ? 0 : dice.within(1...12)
        faults = dice.oneIn(5) ? 0 : dice.within(1...15)
        faultRate = dice.within(2...12)
        crashes = dice.oneIn(2) ? 0 : dice.within(1...3)
        interruptions = dice.oneIn(2) ? 0 : dice.within(1...3)
        style = dice.pick(ModelWire.ListStyle.allCases)
        pageSize = dice.within(1...5)
        secrets = dice.oneIn(2) ? .plain : dice.pick(ModelServer.SecretsOnReads.allCases)
        isStale = dice.oneIn(8)
        isShuffled = !dice.oneIn(4)
    }

    /// Smaller scenarios of the same seed, the smallest first.
    var smaller: [Scenario] {
        let knobs: [(WritableKeyPath<Scenario, Int>, Int)] = [
            (\.operators, 1), (\.crashes, 0), (\.faults, 0), (\.strangers, 0), (\.interruptions, 0), (\.rounds, 1),
            (\.webhooks, 1),
        ]
        return knobs.flatMap { knob, least in
            Set([least, (self[keyPath: knob] + least) / 2, self[keyPath: knob] - 1]).sorted()
                .filter { $0 >= least && $0 < self[keyPath: knob] }
                .map { value in
                    var smaller = self
                    smaller[keyPath: knob] = value
                    return smaller
                }
        }
    }
}

extension Scenario: CustomStringConvertible {
    var description: String {
        """
        seed \(seed): \(webhooks) webhooks, \(operators) operators of \(rounds) sittings, \(strangers) strangers' writes, \
        \(faults) faults, \(crashes) crashes, \(interruptions) interruptions, list by \(style), page \(pageSize), \
        secrets \(secrets)\(isStale ? ", stale reads" : "")
        """
    }
}
