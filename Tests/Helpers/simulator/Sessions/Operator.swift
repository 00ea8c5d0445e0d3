/// Somebody who uses hookline now and then, and starts it again when it has crashed.
struct Operator {
    let number: Int
    let world: World

    func work() async {
        var dice = Dice(seed: world.scenario.seed, purpose: 100 + UInt64(number))
        if dice.oneIn(2) { _ = await world.kernel.sleep(for: .milliseconds(dice.within(0...20_000))) }
        var process = world.startProcess()
        for round in 1...world.scenario.rounds {
            if !process.isAlive {
                _ = await world.kernel.sleep(for: .milliseconds(dice.pick([0, 200, 3_000, 20_000])))
                process = world.startProcess()
            }
            let (current, chance) = (process, Dice(seed: dice.next(), purpose: UInt64(round)))
            scheduleCrash(of: current, &dice)
            await current.perform {
                var sitting = Sitting(process: current, number: round, dice: chance)
                await sitting.round()
            }
            if dice.oneIn(3) { process.die("ends") }
        }
        process.die("ends")
    }

    /// A crash at some instant, beside those at the ports.
    private func scheduleCrash(of process: Process, _ dice: inout Dice) {
        let moment = Duration.milliseconds(dice.within(0...30_000))
        guard dice.oneIn(3) else { return }
        world.kernel.after(moment) {
            guard process.isAlive, world.drawTimedCrash() else { return }
            process.die("crashes")
        }
    }
}
