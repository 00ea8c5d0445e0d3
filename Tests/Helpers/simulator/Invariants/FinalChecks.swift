import LosslessJSON
import Session
import WebhookModel

/// What is checked when everything has come to its end: the journal against the server's history.
extension World {
    func checkEnd() async {
        let journal = MemoryJournal(storage, holder: "inspector")
        do {
            let runs = try await journal.runs(limit: .max)
            if runs.count != ledger.runs.count { violate(.journalIsTrue, "the journal has lost a run") }
            for run in runs {
                let entries = try await journal.entries(of: run.id)
                if entries != ledger.runs[run.id]?.entries {
                    violate(.journalIsTrue, "run \(run.id) reads back otherwise")
                }
                for (position, entry) in entries.enumerated() { checkEnd(of: entry, run.id, position) }
            }
        } catch { violate(.journalIsTrue, "the journal can't be read: \(error)") }
    }

    private func checkEnd(of entry: JournalEntry, _ run: RunID, _ position: Int) {
        let place = "run \(run), entry \(position) (\(entry.operation), \(entry.state))"
        if !entry.state.isFinal { violate(.comesToAnEnd, "\(place) is still open") }
        if entry.operation == .create { return checkCreation(entry, run, position, place) }
        guard let id = entry.key.id else { return violate(.journalIsTrue, "\(place) names no webhook") }
        let since = ledger.runs[run]?.begun ?? 0
        let until = ledger.runs[run]?.stated[position] ?? kernel.now
        let history = server.history(of: id)
        let effects = history.filter { $0.author.origin.map { $0.run == run && $0.position == position } ?? false }
        switch entry.state {
        case .confirmed:
            // What was there when the run began counts too.
            let earliest = scenario.isStale ? since - World.longestStaleness : since
            let first = history.lastIndex { $0.time <= earliest } ?? 0
            let held = history[first...].filter { $0.time <= until }
            let isHeld = held.contains { version in
                if entry.operation == .delete { return version.document == nil || wasShownGone(id, since, until) }
                // The answer of a reading that was old says nothing.
                return Documents.holds(version.document, scenario.isStale ? entry.target : entry.after)
            }
            if !isHeld { violate(.journalIsTrue, "\(place): the server never held it") }
        case .planned, .refused, .failed:
            if !effects.isEmpty { violate(.journalIsTrue, "\(place): the server took it") }
        case .already:
            if !effects.isEmpty { violate(.journalIsTrue, "\(place): the server took it") }
        case .conflict, .unknown, .sent: break
        }
    }

    /// Whether an old reading showed a time before it was there.
    private func wasShownGone(_ id: WebhookID, _ since: Int64, _ until: Int64) -> Bool {
        guard scenario.isStale else { return false }
        return ledger.readings.values.contains { readings in
            (readings[id] ?? []).contains { $0.document == nil && $0.time >= since && $0.time <= until }
        }
    }

    private func checkCreation(_ entry: JournalEntry, _ run: RunID, _ position: Int, _ place: String) {
        let made = ledger.created(run, position).sorted { server.firstVersion(of: $0) < server.firstVersion(of: $1) }
        if !scenario.isStale, !isShared(made, by: entry, of: run),
            made.dropLast().contains(where: { isRecognisable($0, as: entry, until: made.last) })
        {
            violate(.createdOnce, "\(place) made \(made)")
        }
        switch entry.state {
        case .confirmed:
            guard let id = entry.createdID else { return violate(.journalIsTrue, "\(place) names no webhook") }
            // An equal one of another run is as good, since nobody can tell them apart.
            let twins = ledger.runs[run]?.entries.count { $0.createdID == id } ?? 0
            if twins > 1 { violate(.createdOnce, "\(id) is the webhook of \(twins) entries") }
            if !server.history(of: id).contains(where: { Documents.holds($0.document, entry.target) }) {
                violate(.journalIsTrue, "\(place): \(id) never was that webhook")
            }
            if !made.contains(id), made.contains(where: { server.current($0) != nil }),
                !isShared(made, by: entry, of: run)
            {
                violate(.journalIsTrue, "\(place) made \(made), not \(id)")
            }
        case .refused where entry.detail != nil && wasTriedBefore(run, position):
            // Of the last try; what came of one before it may have been renamed by then, and nobody can recognise it.
            if made.contains(where: { isRecognisable($0, as: entry, at: ledger.runs[run]?.stated[position]) }) {
                violate(.journalIsTrue, "\(place): the server made \(made)")
            }
        case .planned, .refused, .failed, .already:
            if !made.isEmpty { violate(.journalIsTrue, "\(place): the server made \(made)") }
        case .conflict, .unknown, .sent: break
        }
    }

    /// Whether a create was sent more often than once, by this program or one that ended.
    private func wasTriedBefore(_ run: RunID, _ position: Int) -> Bool {
        guard let run = ledger.runs[run] else { return false }
        return run.isResumed || run.attempts[position] ?? 0 > 1
    }

    /// Whether entries of a run that want the same have made no more than one each: which is whose, nobody can tell.
    private func isShared(_ made: [WebhookID], by entry: JournalEntry, of run: RunID) -> Bool {
        let entries = ledger.runs[run]?.entries ?? []
        let twins = entries.indices.filter { entries[$0].operation == .create && entries[$0].target == entry.target }
        guard twins.count > 1 else { return false }
        // One that was gone when the last was made may have been either's.
        let made = twins.flatMap { ledger.created(run, $0) }
            .sorted { server.firstVersion(of: $0) < server.firstVersion(of: $1) }
        return made.count { isRecognisable($0, as: entry, until: made.last) } <= twins.count
    }

    /// Whether what an entry created was still there under its name when it created something again.
    private func isRecognisable(_ id: WebhookID, as entry: JournalEntry, until other: WebhookID?) -> Bool {
        isRecognisable(id, as: entry, at: other.flatMap { server.history(of: $0).first?.time })
    }

    /// Whether it was at a time; nil for the end.
    private func isRecognisable(_ id: WebhookID, as entry: JournalEntry, at time: Int64?) -> Bool {
        server.history(of: id).allSatisfy { version in
            version.time > time ?? kernel.now || version.document?[Member.name] == entry.target?[Member.name]
        }
    }
}
