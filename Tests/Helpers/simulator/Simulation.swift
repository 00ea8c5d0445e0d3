import Session

/// One run of one scenario, from the first instant to the last check.
struct Simulation {
    /// What came of it.
    struct Outcome {
        var violations: [Violation]
        var figures: Figures
        var trace: [String]
    }

    static func run(_ scenario: Scenario, mutation: Mutation? = nil, isTraced: Bool = false) -> Outcome {
        let world = World(scenario, mutation: mutation, isTraced: isTraced)
        world.note("\(scenario)")
        world.figures.seeds = 1
        world.figures.staleSeeds = scenario.isStale ? 1 : 0
        world.populate()
        world.scheduleStrangers()
        play(world, "the operators") { world in
            await withTaskGroup { group in
                for number in 1...world.scenario.operators {
                    group.addTask { await Operator(number: number, world: world).work() }
                }
            }
        }
        world.isCalm = true
        world.note("all is calm")
        play(world, "the janitor") { await Janitor(world: $0).work() }
        play(world, "the inspector") { await $0.checkEnd() }
        world.kernel.close()
        return Outcome(violations: world.violations, figures: world.figures, trace: world.trace)
    }

    /// Lets one part of the run come to its end.
    private static func play(_ world: World, _ who: String, _ body: @escaping @Sendable (World) async -> Void) {
        let end = Flag()
        Task {
            await body(world)
            end.isRaised = true
        }
        do {
            try world.kernel.run { end.isRaised }
        } catch {
            world.violate(.comesToAnEnd, "\(who): \(error)")
        }
    }

    private final class Flag: @unchecked Sendable {
        var isRaised = false
    }
}

/// Brings what is open to its end once nothing goes wrong any more.
struct Janitor {
    let world: World

    func work() async {
        for _ in 0..<4 {
            let open = world.ledger.runs.keys.sorted().filter { isOpen($0) }
            if open.isEmpty { return }
            let process = world.startProcess()
            for run in open {
                var sitting = Sitting(
                    process: process, number: 0, dice: Dice(seed: world.scenario.seed, purpose: 99))
                await sitting.resume(run)
            }
            process.die("ends")
        }
    }

    private func isOpen(_ run: RunID) -> Bool {
        guard let run = world.ledger.runs[run] else { return false }
        return !run.isFinished && run.entries.contains { !$0.state.isFinal }
    }
}
