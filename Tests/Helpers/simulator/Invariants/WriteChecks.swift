import LosslessJSON
import Session
import WebhookAPI
import WebhookModel

/// What is checked of each write: when it is planned, when it is handed to the client, when it arrives, and by what it did.
extension World {
    /// An entry as the journal has it before it is sent: its target is the merge of what was wanted over its before-image.
    func checkPlanned(_ run: RunID, _ position: Int, _ entry: JournalEntry) {
        guard let intent = ledger.runs[run]?.intents[position] else {
            return violate(.mergedRight, "nobody wants entry \(position) of run \(run)")
        }
        if let objection = ExpectedMerge.objection(to: entry.target, entry.operation, over: entry.before, intent) {
            violate(.mergedRight, "run \(run), entry \(position): \(objection)")
        }
    }

    /// An entry that needs no sending: the server has what was wanted.
    func checkAlready(_ run: RunID, _ position: Int, _ entry: JournalEntry) {
        guard let intent = ledger.runs[run]?.intents[position] else { return }
        if entry.operation == .delete {
            guard !scenario.isStale, let id = entry.key.id, server.current(id) != nil else { return }
            violate(.journalIsTrue, "run \(run), entry \(position): \(id) is not gone")
        } else if let objection = ExpectedMerge.objection(to: entry.before, entry.operation, over: entry.before, intent)
        {
            violate(.mergedRight, "run \(run), entry \(position) is not so already: \(objection)")
        }
    }

    /// A write that a session hands to its client.
    func beginWrite(by process: Process, id: WebhookID?, _ document: JSON?) -> WriteContext? {
        guard !kernel.isClosing else { return nil }
        guard let (run, position, entry) = announced(by: process, id: id, document) else {
            violate(.journalledFirst, "\(process) sends \(id?.rawValue ?? "a create") that no journal has as sent")
            return nil
        }
        let attempts = ledger.runs[run]?.attempts[position] ?? 0
        ledger.runs[run]?.attempts[position] = attempts + 1
        if !Documents.isSpelledAlike(document, entry.target) {
            violate(.sentAsJournalled, "run \(run), entry \(position) is not what is sent")
        }
        if let name = entry.leasedName, ledger.holders[name]?.process != process.number {
            violate(.oneHolder, "\(process) writes \(name) without holding it")
        }
        let origin = WriteOrigin(process: process.number, run: run, position: position)
        guard let id else {
            return WriteContext(
                origin: origin, read: nil, basedOn: 0, target: entry.target, intent: ledger.runs[run]?.intents[position]
            )
        }
        // A second attempt was decided by the look that came before it.
        let decided = attempts == 0 ? ledger.runs[run]?.decided[position] ?? kernel.now : kernel.now
        let reading = checkReading(of: id, entry, run, decided, isFirst: attempts == 0, process)
        var context = WriteContext(
            origin: origin, read: reading?.document, basedOn: reading?.version ?? 0, target: entry.target,
            intent: ledger.runs[run]?.intents[position])
        if let reading, let age = ledger.runs[run]?.options.maximumAge {
            context.leaves = (reading.time, age)
        }
        return context
    }

    /// The entry that a process has announced in the journal.
    private func announced(
        by process: Process, id: WebhookID?, _ document: JSON?
    ) -> (run: RunID, position: Int, entry: JournalEntry)? {
        for (run, content) in ledger.runs.sorted(by: { $0.key > $1.key }) where content.process == process.number {
            for (position, entry) in content.entries.enumerated() where entry.state == .sent {
                if let id, entry.key.id == id { return (run, position, entry) }
                if id == nil, entry.operation == .create, entry.target == document { return (run, position, entry) }
            }
        }
        return nil
    }

    /// The before-image is what the process last read, and read for this commit.
    private func checkReading(
        of id: WebhookID, _ entry: JournalEntry, _ run: RunID, _ decided: Int64, isFirst: Bool, _ process: Process
    ) -> Ledger.Reading? {
        let shown = readings(of: id, by: process.number, at: decided)
        // What is gone is no less gone after a delete.
        if entry.operation == .delete, let last = shown.last, last.document == nil { return last }
        guard let reading = shown.last(where: { Documents.isSame($0.document, entry.before) }) else {
            violate(
                shown.isEmpty ? .freshReading : .shownWriteKept,
                "run \(run): \(id) goes by another state than \(process) was shown")
            return shown.last
        }
        guard let content = ledger.runs[run], isFirst else { return reading }
        let age = Duration.nanoseconds(decided - reading.began)
        if reading.time < content.asked {
            violate(.freshReading, "run \(run): \(id) was last read before the commit was asked for")
        } else if !content.options.isCareful, !content.isResumed, age > content.options.maximumAge + Self.listTime {
            violate(.freshReading, "run \(run): \(id) goes by a reading of \(age) ago")
        }
        return reading
    }

    /// How long a list may take beside the age that is asked for: repeats and waits for the rate included.
    private static let listTime = Duration.seconds(3_600)

    // MARK: On its way

    /// A write leaves: what was read of the webhook is not too old even now, but for the moments that sending takes.
    func checkDeparture(_ context: WriteContext?) {
        guard let context, let (readAt, maximumAge) = context.leaves else { return }
        let age = Duration.nanoseconds(kernel.now - readAt)
        if age > maximumAge + .seconds(1) {
            violate(.freshReading, "\(context.origin) leaves by a reading of \(age) ago")
        }
    }

    // MARK: At the server

    func checkKey(_ request: TransportRequest, of process: Process) {
        if request.endpoint.origin != Process.endpoint.origin || !request.target.hasPrefix("/") {
            violate(.keyAtHome, "\(process) sends its key to \(request.endpoint.origin)")
        }
    }

    /// A write that arrives, before it has its effect.
    func checkArrival(of request: ModelWire.Request, _ context: WriteContext?) {
        figures.writes += 1
        guard let context else { return violate(.journalledFirst, "a write arrives that nobody announced") }
        switch request {
        case .update(let id, let body):
            if body[Member.isActive]?.boolean == nil { violate(.activeIsSent, "PUT \(id) without is_active") }
            checkUntouched(id, body, context)
            checkMasks(id, body)
            if body != context.target { violate(.sentAsJournalled, "PUT \(id) is not what the journal has") }
        case .create(let body):
            if body != context.target { violate(.sentAsJournalled, "POST is not what the journal has") }
        case .delete, .list, .get: break
        }
        if let entry = ledger.runs[context.origin.run]?.entries[context.origin.position] {
            if entry.operation != .create, entry.before == nil {
                violate(.journalledFirst, "\(context.origin) has no before-image")
            }
            if entry.state == .planned { violate(.journalledFirst, "\(context.origin) is still planned") }
        }
    }

    /// What the user did not change stays as it was read.
    private func checkUntouched(_ id: WebhookID, _ body: JSON, _ context: WriteContext) {
        guard let read = context.read, let touched = context.intent?.touched else { return }
        for name in Set((read.object?.keys ?? []) + (body.object?.keys ?? [])).sorted() {
            if touched.contains(name) || Member.serverOwned.contains(name) { continue }
            if body[name] != read[name] { violate(.untouchedField, "\(id): \(name) by \(context.origin)") }
        }
    }

    private func checkMasks(_ id: WebhookID, _ body: JSON) {
        if server.secrets == .lossy, SecretMasks.holdsMask(body) {
            violate(.secretKept, "\(id) is sent a mask that it takes at its word")
        }
    }

    /// What a write did, by the versions that it replaced.
    func checkEffect(on id: WebhookID, _ context: WriteContext) {
        // By an old state nobody can tell what came since.
        if scenario.isStale { return }
        let history = server.history(of: id)
        guard let last = history.last, last.author == .ours(context.origin), last.number > context.basedOn else {
            return
        }
        let replaced = history.dropLast().filter { $0.number > context.basedOn }
        for (index, version) in replaced.enumerated() {
            guard let origin = version.author.origin else { continue }
            let isSameEntry = origin.run == context.origin.run && origin.position == context.origin.position
            if !isSameEntry {
                violate(.appliedOnce, "\(context.origin) goes over \(origin), of whom it had not read")
            } else if replaced.dropFirst(index + 1).contains(where: { $0.author == .stranger }) {
                violate(.appliedOnce, "\(context.origin) is applied again over somebody else's write")
            }
        }
    }
}
