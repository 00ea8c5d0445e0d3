import LosslessJSON
import WebhookModel

/// Whoever else writes to the organization.
extension World {
    /// The webhooks that there are in the beginning.
    func populate() {
        for number in 0..<scenario.webhooks {
            _ = server.create(
                Self.document(number, &dice.strangers), by: .beginning, at: kernel.now - 3_600_000_000_000)
        }
    }

    private static func document(_ number: Int, _ dice: inout Dice) -> JSON {
        var channels: [JSON] = []
        for index in 0...dice.below(3) {
            var configs: JSONObject = ["url": JSON("https://hooks.example.com/\(number)/\(index)"), "timeout": 10]
            if dice.oneIn(3) { configs["signing_secret"] = JSON("secret-\(number)-\(index)-abcd") }
            channels.append([Member.channelKind: "webhook", Member.configs: JSON(configs)])
        }
        var members: JSONObject = [
            "x_first": .null, Member.name: JSON("webhook \(number)"),
            Member.eventTypes: JSON(
                (0...dice.below(4)).map { _ in JSON(dice.pick(StagedEdit.events)) }),
            Member.channels: JSON(channels), Member.isActive: JSON(!dice.oneIn(2)),
            "x_owner": ["team": "core", "level": 1], "x_team": "core",
        ]
        // Spellings that a careless client loses.
        members["x_number"] = try? JSON(parsing: "1.50e2")
        return JSON(members)
    }

    func scheduleStrangers() {
        for number in 0..<scenario.strangers {
            let moment = Duration.milliseconds(
                dice.strangers.pick([dice.strangers.within(0...3_000), dice.strangers.within(0...200_000)]))
            var chance = Dice(seed: dice.strangers.next(), purpose: 1)
            kernel.after(moment) { self.interfere(number, &chance) }
        }
    }

    /// Lets a stranger change what we have just written, before we have looked at it again.
    func provokeStranger(about id: WebhookID) {
        guard !isCalm, provocationsLeft > 0, dice.strangers.oneIn(4) else { return }
        provocationsLeft -= 1
        let number = 100 + provocationsLeft
        let moment = Duration.milliseconds(dice.strangers.within(0...6_000))
        var chance = Dice(seed: dice.strangers.next(), purpose: 2)
        kernel.after(moment) { self.interfere(number, with: [id], &chance) }
    }

    private func interfere(_ number: Int, with wanted: [WebhookID]? = nil, _ dice: inout Dice) {
        guard !kernel.isClosing else { return }
        let ids = wanted?.filter { server.current($0) != nil } ?? server.listing(at: kernel.now)
        if ids.isEmpty, wanted != nil { return }
        figures.strangers += 1
        if ids.isEmpty || wanted == nil && dice.oneIn(8) {
            let made = server.create(Self.document(1_000 + number, &dice), by: .stranger, at: kernel.now)
            return note("a stranger creates \(made.name)")
        }
        let id = dice.pick(ids)
        if dice.oneIn(10) {
            _ = server.delete(id, by: .stranger, at: kernel.now)
            return note("a stranger deletes \(id)")
        }
        guard let document = server.current(id) else { return }
        let changed = StagedEdit.random(for: document, &dice, label: "x\(number)").apply(document)
        _ = server.replace(id, with: changed, by: .stranger, at: kernel.now)
        note("a stranger changes \(id)")
    }
}
