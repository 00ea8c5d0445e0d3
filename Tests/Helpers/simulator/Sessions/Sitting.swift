import LosslessJSON
import Session
import WebhookModel

/// One round of somebody at work in a process: resume, edit, commit, take back.
struct Sitting {
    let process: Process
    let number: Int
    var dice: Dice

    var world: World { process.world }
    var session: Session { process.session }

    init(process: Process, number: Int, dice: Dice) {
        self.process = process
        self.number = number
        self.dice = dice
    }

    mutating func round() async {
        if !dice.oneIn(4) { await resumeNewest() }
        guard await refreshed() else { return }
        _ = await stagedCount()
        await stage()
        await think()
        guard let report = await commitStaged(force: dice.oneIn(8)) else { return }
        if dice.oneIn(2), let run = report.run, ledgerHasOpen(run) { await resume(run) }
        if dice.oneIn(3), await stagedCount() > 0 { _ = await commitStaged(force: dice.oneIn(2)) }
        if dice.oneIn(4), let run = report.run { await rollback(run) }
    }

    /// Brings what is open in the newest run to its end.
    mutating func resumeNewest() async {
        guard let run = try? await session.newestRun(where: { $0.finishedAt == nil && $0.openCount > 0 }) else {
            return
        }
        await resume(run.id)
    }

    mutating func resume(_ run: RunID) async {
        let options = options(force: false)
        announce(options, [:], resuming: run)
        guard let prepared = try? await session.prepareResume(run, options) else { return }
        if dice.oneIn(3) { await think() }
        _ = await commit(prepared)
    }

    private mutating func rollback(_ run: RunID) async {
        let options = options(force: false)
        announce(options, [:])
        guard let prepared = try? await session.prepareRollback(run, options) else { return }
        if dice.oneIn(3) { await think() }
        _ = await commit(prepared)
    }

    private func ledgerHasOpen(_ run: RunID) -> Bool {
        world.ledger.runs[run].map { !$0.isFinished && $0.entries.contains { !$0.state.isFinal } } ?? false
    }

    private func refreshed() async -> Bool {
        for _ in 0..<3 where (try? await session.refresh()) != nil { return true }
        return false
    }

    /// Forgets what is no longer staged.
    private func stagedCount() async -> Int {
        let state = await session.state
        process.intents = process.intents.filter { state.staged($0.key) != nil }
        return state.stagedCount
    }

    private mutating func think() async {
        let seconds = dice.pick([0, 0, 1, 5, 30, 90])
        if seconds > 0 { _ = await world.kernel.sleep(for: .seconds(seconds)) }
    }

    // MARK: Staging

    private mutating func stage() async {
        let listed = await session.state.listing.ids
        let count = min(listed.count, dice.within(1...(dice.oneIn(6) ? 12 : 4)))
        var chosen = Set<WebhookID>()
        for _ in 0..<count { chosen.insert(dice.pick(listed)) }
        for id in listed where chosen.contains(id) {
            if dice.oneIn(8) { await delete(id) } else { await edit(id) }
        }
        if dice.oneIn(3) || listed.isEmpty {
            for _ in 0..<dice.within(1...3) { await create() }
        }
    }

    /// What the session has edits of a webhook made against.
    private func base(of key: WebhookKey) async -> JSON? {
        let state = await session.state
        return (state.staged(key)?.base ?? state.live(key))?.document
    }

    private mutating func edit(_ id: WebhookID) async {
        let key = WebhookKey.existing(id)
        guard let base = await base(of: key) else { return }
        var intent = process.intents[key] ?? Intent(base: base, staged: base)
        for index in 0..<dice.within(1...3) {
            guard let staged = intent.staged else { return }
            let label = "p\(process.number)s\(number)e\(index)\(id.rawValue.suffix(2))"
            let edit = StagedEdit.random(for: staged, &dice, label: label)
            guard (try? await session.update { try $0.stage(edit.edit, on: [key]) }) != nil else { continue }
            world.note("\(process) stages \(edit.edit) on \(id)")
            intent.staged = edit.apply(staged)
            intent.explicit.formUnion(edit.explicit)
            if edit.isExactAboutEvents { intent.isExactAboutEvents = true }
        }
        process.intents[key] = intent
    }

    private mutating func delete(_ id: WebhookID) async {
        let key = WebhookKey.existing(id)
        guard let base = await base(of: key) else { return }
        guard (try? await session.update { try $0.stage(.delete, on: [key]) }) != nil else { return }
        world.note("\(process) stages the deletion of \(id)")
        process.intents[key] = Intent(base: base, staged: nil)
    }

    private mutating func create() async {
        let label = "p\(process.number)s\(number)" + (dice.oneIn(4) ? "twin" : "n\(dice.below(1_000))")
        let url = "https://hooks.example.com/\(label)"
        let isActive = dice.oneIn(2)
        let webhook = NewWebhook(
            name: "new \(label)", events: ["object.created"],
            channels: [NewChannel(kind: "webhook", entries: [ConfigEntry(["url"], EditValue(JSON(url)))])],
            isActive: isActive)
        guard let (key, _) = try? await session.update({ try $0.create(webhook) }) else { return }
        process.intents[key] = Intent(
            base: nil,
            staged: [
                Member.name: JSON("new \(label)"), Member.eventTypes: ["object.created"],
                Member.channels: [[Member.channelKind: "webhook", Member.configs: ["url": JSON(url)]]],
                Member.isActive: JSON(isActive),
            ])
    }
}
