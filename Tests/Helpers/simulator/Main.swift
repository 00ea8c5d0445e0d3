import Glibc

/// Runs the sessions of hookline against a model of the server in virtual time, seed by seed, and checks after each that
/// no promise of docs/safety.md was broken.
@main
enum Simulator {
    static func main() {
        guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
            _ = Arguments.usage.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            exit(2)
        }
        if arguments.listsMutations {
            for mutation in Mutation.allCases { print(mutation.rawValue) }
            exit(0)
        }
        Repeatability.ensure()
        JobQueue.install()
        if let seed = arguments.traced {
            let outcome = Simulation.run(Scenario(seed: seed), mutation: arguments.mutation, isTraced: true)
            for line in outcome.trace { print(line) }
            exit(outcome.violations.isEmpty ? 0 : 1)
        }
        exit(arguments.isSurvey ? survey(arguments) : run(arguments) ? 0 : 1)
    }

    /// Runs all seeds whatever they break, and tells how often each rule was.
    private static func survey(_ arguments: Arguments) -> Int32 {
        var figures = Figures()
        var seeds: [Violation.Rule: [UInt64]] = [:]
        for seed in arguments.seeds {
            let outcome = Simulation.run(Scenario(seed: seed), mutation: arguments.mutation)
            figures += outcome.figures
            if let rule = outcome.violations.first?.rule { seeds[rule, default: []].append(seed) }
        }
        for (rule, seeds) in seeds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let first = seeds.prefix(10).map { String($0) }.joined(separator: " ")
            print("\(rule.rawValue): \(seeds.count) of \(arguments.seeds.count) seeds: \(first)")
        }
        print(figures)
        return seeds.isEmpty ? 0 : 1
    }

    /// Runs the seeds; false once one breaks a promise.
    private static func run(_ arguments: Arguments) -> Bool {
        var figures = Figures()
        for seed in arguments.seeds {
            let scenario = Scenario(seed: seed)
            let outcome = Simulation.run(scenario, mutation: arguments.mutation)
            figures += outcome.figures
            if let violation = outcome.violations.first {
                print(
                    "seed \(seed) breaks a promise after \(seed - arguments.seeds.lowerBound + 1) seeds: \(violation)")
                if arguments.showsTrace { show(scenario, arguments.mutation, violation) }
                return false
            }
        }
        print(figures)
        return true
    }

    private static func show(_ scenario: Scenario, _ mutation: Mutation?, _ violation: Violation) {
        let least = Shrinking.least(scenario, mutation, violation.rule)
        print("the smallest scenario that still does:")
        for line in Simulation.run(least, mutation: mutation, isTraced: true).trace { print("  \(line)") }
    }
}
