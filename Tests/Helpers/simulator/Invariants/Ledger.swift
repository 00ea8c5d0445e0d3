import LosslessJSON
import Session
import WebhookAPI
import WebhookModel

/// What the simulator knows of readings, intents and runs: the independent side of every check.
struct Ledger {
    /// A copy of a webhook as a process was shown it.
    struct Reading {
        let began: Int64
        let time: Int64
        /// Nil when it was gone.
        let document: JSON?
        /// The server's version that it was.
        let version: Int
    }

    /// A run of the journal, as written.
    struct Run {
        let header: RunHeader
        var entries: [JournalEntry]
        var intents: [Int: Intent]
        /// The process that began it.
        let owner: Int
        /// The process that has it open.
        var process: Int?
        /// Whether some process goes on with it after another.
        var isResumed = false
        var isFinished = false
        /// When the commit that writes it was asked for.
        var asked: Int64
        /// When the write of each entry was decided.
        var decided: [Int: Int64] = [:]
        /// How often each entry was handed to the client since the run was opened.
        var attempts: [Int: Int] = [:]
        var options: Conduct
        /// When each entry got its state.
        var stated: [Int: Int64] = [:]
        let begun: Int64
    }

    /// How a commit is done, as far as checks depend on it.
    struct Conduct {
        var isCareful = false
        var maximumAge = Duration.seconds(60)
    }

    /// What a process is about to commit.
    struct Plan {
        var intents: [WebhookKey: Intent] = [:]
        var asked: Int64 = 0
        var conduct = Conduct()
        /// The run that is to be gone on with.
        var resumes: RunID?
    }

    var readings: [Int: [WebhookID: [Reading]]] = [:]
    var plans: [Int: Plan] = [:]
    var runs: [RunID: Run] = [:]
    /// Who holds what.
    var holders: [LeasedName: (process: Int, run: RunID)] = [:]
    /// Webhooks that each entry created.
    var creations: [WriteOrigin: [WebhookID]] = [:]
    /// Versions that each entry made.
    var effects: [WriteOrigin: [Int]] = [:]

    mutating func noteCreation(_ request: ModelWire.Request, _ document: JSON, _ context: WriteContext?) {
        guard case .create = request, let context, let id = Webhook(document: document).id else { return }
        creations[context.origin, default: []].append(id)
    }

    /// The webhooks that an entry created, by whatever process, in no order.
    func created(_ run: RunID, _ position: Int) -> [WebhookID] {
        creations.filter { $0.key.run == run && $0.key.position == position }.values.flatMap(\.self)
    }
}

// MARK: Readings

extension World {
    func noteReading(of id: WebhookID, as document: JSON?, by process: Process, began: Int64) {
        let version = server.version(of: id, showing: document, until: kernel.now)
        if version == nil, document != nil { violate(.mergedRight, "\(process) read \(id) as it never was") }
        ledger.readings[process.number, default: [:]][id, default: []].append(
            Ledger.Reading(began: began, time: kernel.now, document: document, version: version?.number ?? 0))
    }

    /// A whole list; what it lacks is gone.
    func noteReading(of webhooks: [Webhook], by process: Process, began: Int64) {
        var missing = Set(server.order)
        for webhook in webhooks {
            guard let id = webhook.id else { continue }
            missing.remove(id)
            noteReading(of: id, as: webhook.document, by: process, began: began)
        }
        for id in missing.sorted() { noteReading(of: id, as: nil, by: process, began: began) }
        note("\(process) has listed \(webhooks.count) webhooks")
    }

    /// The readings that a decision at a time may go by: the last one before it, and those at that very instant.
    func readings(of id: WebhookID, by process: Int, at time: Int64) -> [Ledger.Reading] {
        let all = ledger.readings[process]?[id] ?? []
        guard let last = all.lastIndex(where: { $0.time < time }) else { return all.filter { $0.time == time } }
        return Array(all[last...].filter { $0.time <= time })
    }
}

// MARK: The journal

extension World {
    func drawJournalFault() -> Bool {
        guard !isCalm, scenario.faults > 0, dice.journal.oneIn(150) else { return false }
        figures.journalFaults += 1
        return true
    }

    func noteBegin(of run: RunID, _ header: RunHeader, _ entries: [JournalEntry], by process: Process) {
        let plan = ledger.plans[process.number] ?? Ledger.Plan()
        var intents: [Int: Intent] = [:]
        for (position, entry) in entries.enumerated() {
            intents[position] = header.kind == .commit ? plan.intents[entry.key] : inverse(entry, of: header.kind)
        }
        ledger.runs[run] = Ledger.Run(
            header: header, entries: entries, intents: intents, owner: process.number, process: process.number,
            asked: plan.asked,
            options: plan.conduct, begun: kernel.now)
        note(
            "\(process) begins run \(run): \(entries.map { "\($0.operation) \($0.id?.rawValue ?? $0.name) \($0.state)" })"
        )
        figures.runs += 1
        if header.kind != .commit { figures.rollbacks += 1 }
        figures.conflicts += entries.count { $0.state == .conflict }
        take(run, process)
        for (position, entry) in entries.enumerated() where entry.state == .planned {
            checkPlanned(run, position, entry)
        }
    }

    /// What a rollback wants of an entry.
    private func inverse(_ entry: JournalEntry, of kind: RunKind) -> Intent? {
        guard case .rollback(let id) = kind, let run = ledger.runs[id] else { return nil }
        // Of several of one name the one that is the same comes first.
        let originals = run.entries.filter { Documents.isSame($0.before, entry.target) } + run.entries
        for original in originals {
            switch (original.operation, entry.operation) {
            case (.update, .update) where original.id == entry.id:
                return Intent(base: original.after, staged: original.before)
            case (.create, .delete) where original.createdID != nil && original.createdID == entry.id:
                return Intent(base: original.after, staged: nil)
            case (.delete, .create) where original.before.map { Documents.isRecreation(entry.target, of: $0) } ?? false:
                return Intent(base: nil, staged: original.before)
            default: continue
            }
        }
        return nil
    }

    func noteReopening(of run: RunID, by process: Process) {
        note("\(process) goes on with run \(run)")
        figures.resumed += 1
        let plan = ledger.plans[process.number] ?? Ledger.Plan()
        ledger.runs[run]?.process = process.number
        ledger.runs[run]?.isResumed = true
        ledger.runs[run]?.attempts = [:]
        ledger.runs[run]?.asked = plan.asked
        ledger.runs[run]?.options = plan.conduct
        take(run, process)
    }

    private func take(_ id: RunID, _ process: Process) {
        for name in Set(ledger.runs[id]?.entries.compactMap(\.leasedName) ?? []).sorted() {
            if let holder = ledger.holders[name], holder.process != process.number || holder.run != id,
                processes[holder.process - 1].isAlive
            {
                violate(.oneHolder, "\(name) is held by run \(holder.run) and taken by run \(id)")
            }
            ledger.holders[name] = (process.number, id)
        }
    }

    func noteRelease(of run: RunID, isFinished: Bool, by process: Process) {
        note("\(process) \(isFinished ? "finishes" : "lets go of") run \(run)")
        ledger.runs[run]?.process = nil
        ledger.runs[run]?.isFinished = isFinished
        ledger.holders = ledger.holders.filter { $0.value.run != run }
    }

    func noteRecord(_ update: JournalUpdate, of run: RunID, by process: Process, asked: Int64) {
        guard ledger.runs[run]?.entries.indices.contains(update.position) == true else { return }
        note("\(process) journals run \(run), entry \(update.position): \(update.state) \(update.detail ?? "")")
        ledger.runs[run]?.entries[update.position].take(update)
        let now = kernel.now
        ledger.runs[run]?.stated[update.position] = now
        if update.state == .conflict { figures.conflicts += 1 }
        if update.state == .confirmed { figures.confirmed += 1 }
        guard update.state == .sent, let entry = ledger.runs[run]?.entries[update.position] else { return }
        ledger.runs[run]?.decided[update.position] = asked
        if update.images != nil { checkPlanned(run, update.position, entry) }
    }
}
