/// Makes a failing scenario smaller while it still fails in the same way.
enum Shrinking {
    static func least(_ scenario: Scenario, _ mutation: Mutation?, _ rule: Violation.Rule) -> Scenario {
        var least = scenario
        var attempts = 0
        search: while true {
            for candidate in least.smaller {
                attempts += 1
                if attempts > attemptsAtMost { break search }
                let outcome = Simulation.run(candidate, mutation: mutation)
                if outcome.violations.first?.rule == rule {
                    least = candidate
                    continue search
                }
            }
            break
        }
        return least
    }

    private static let attemptsAtMost = 300
}
