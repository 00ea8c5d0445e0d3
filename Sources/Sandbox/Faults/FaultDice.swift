/// Decides which faults happen. A value: the same draws in the same order for a seed.
struct FaultDice: Hashable, Sendable {
    let plan: FaultPlan
    /// How often each rule has happened.
    private(set) var happened: [Int]
    private var state: UInt64

    init(_ plan: FaultPlan) {
        self.plan = plan
        state = plan.seed
        happened = Array(repeating: 0, count: plan.rules.count)
    }

    /// The faults of the next request for an operation, in the order of their rules.
    /// A rule that names no operation concerns those on webhooks.
    mutating func request(_ operation: String, isOfWebhooks: Bool) -> [FaultRule] {
        draw { rule in
            !rule.kind.isOfDeliveries
                && (rule.operations.isEmpty ? isOfWebhooks : rule.operations.contains(operation))
        }
    }

    /// The faults of the next delivery.
    mutating func delivery() -> [FaultRule] {
        draw { $0.kind.isOfDeliveries }
    }

    private mutating func draw(_ concerns: (FaultRule) -> Bool) -> [FaultRule] {
        var drawn: [FaultRule] = []
        for (index, rule) in plan.rules.enumerated() where concerns(rule) {
            // Drawn even where the rule is used up, so that one rule's count doesn't move another's draws.
            let isHit = next() < rule.rate
            guard isHit, rule.count.map({ happened[index] < $0 }) ?? true else { continue }
            happened[index] += 1
            drawn.append(rule)
        }
        return drawn
    }

    /// SplitMix64, as a number in 0..<1.
    private mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
    }
}

extension FaultKind {
    var isOfDeliveries: Bool { self == .deliveryFailure || self == .deliveryRepeated }
}
