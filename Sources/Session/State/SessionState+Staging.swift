import LosslessJSON
import WebhookModel

extension SessionState {
    /// Stages one edit on every one of these webhooks, as one step of undo; on an error it is staged on none.
    package mutating func stage(_ edit: Edit, on keys: [WebhookKey]) throws(StagingError) -> StagingReport {
        let edits = [edit]
        return try stage(keys.map { ($0, edits) })
    }

    /// Stages edits on webhooks, as one step of undo; on an error nothing is staged.
    package mutating func stage(_ edits: [(key: WebhookKey, edits: [Edit])]) throws(StagingError) -> StagingReport {
        var report = StagingReport()
        var failures: [StagingError.Failure] = []
        let edits = Self.joined(edits)
        var before: [(key: WebhookKey, staged: Staged?)] = []
        before.reserveCapacity(edits.count)
        stagedByKey.reserveCapacity(stagedByKey.count + edits.count)
        for (key, edits) in edits {
            let old = stagedByKey[key]
            guard contains(key) else {
                restore(before)
                throw .unknown(key)
            }
            before.append((key, old))
            var staged = old ?? Staged(key: key, base: live(key))
            do throws(EditError) {
                let notes = try staged.append(edits)
                if !notes.isEmpty { report.notes[key, default: []] += notes }
                stagedByKey[key] = staged
            } catch {
                failures.append(.init(key: key, error: error))
            }
        }
        if !failures.isEmpty {
            restore(before)
            throw .edit(failures)
        }
        take(before, into: &report)
        return report
    }

    /// Each webhook once, with all edits that are for it.
    private static func joined(_ edits: [(key: WebhookKey, edits: [Edit])]) -> [(key: WebhookKey, edits: [Edit])] {
        if Set(edits.lazy.map(\.key)).count == edits.count { return edits }
        var places: [WebhookKey: Int] = [:]
        var joined: [(key: WebhookKey, edits: [Edit])] = []
        for (key, edits) in edits {
            if let place = places[key] {
                joined[place].edits += edits
            } else {
                places[key] = joined.count
                joined.append((key, edits))
            }
        }
        return joined
    }

    private mutating func restore(_ before: [(key: WebhookKey, staged: Staged?)]) {
        for (key, old) in before { stagedByKey[key] = old }
    }

    /// Makes one step of undo of what was staged: each webhook with how it was before.
    private mutating func take(
        _ before: [(key: WebhookKey, staged: Staged?)], into report: inout StagingReport
    ) {
        var before = before
        for (key, old) in before where stagedByKey[key]?.edits.count ?? 0 == old?.edits.count ?? 0 {
            stagedByKey[key] = old
            report.unchanged.append(key)
        }
        if !report.unchanged.isEmpty {
            let unchanged = Set(report.unchanged)
            before.removeAll { unchanged.contains($0.key) }
        }
        report.changed = before.map(\.key)
        var isAnyGone = false
        for (key, old) in before {
            guard let new = stagedByKey[key] else { continue }
            // A webhook that was never sent is gone with its deletion.
            let isGone = new.isNew && new.isDeleted
            isAnyGone = isAnyGone || isGone
            note(isGone ? nil : new, after: old, for: key)
        }
        if !before.isEmpty { undoLog.record(UndoLog.Step(staged: before)) }
        if isAnyGone { forgetGone() }
    }

    /// Stages a new webhook, and makes it current.
    package mutating func create(
        _ webhook: NewWebhook
    ) throws(StagingError) -> (key: WebhookKey, report: StagingReport) {
        try begin(with: .create(webhook))
    }

    /// Stages a copy of a webhook as it is shown, under another name where one is given, and makes it current.
    package mutating func clone(
        _ key: WebhookKey, name: String? = nil
    ) throws(StagingError) -> (key: WebhookKey, report: StagingReport) {
        guard contains(key) else { throw .unknown(key) }
        guard var document = webhook(key)?.document else { throw .deleted(key) }
        if let name { try? document.set(JSON(name), at: [.name(Member.name)]) }
        return try begin(with: .clone(of: key, document: document))
    }

    private mutating func begin(with edit: Edit) throws(StagingError) -> (key: WebhookKey, report: StagingReport) {
        let key = WebhookKey.new(newCount + 1)
        var staged = Staged(key: key, base: nil)
        let notes: [EditNote]
        do throws(EditError) { notes = try staged.append(edit) } catch {
            throw .edit([.init(key: key, error: error)])
        }
        newCount += 1
        record([(key, staged)])
        current = key
        let report = StagingReport(changed: [key], notes: notes.isEmpty ? [:] : [key: notes])
        return (key, report)
    }

    /// A key for a webhook that is created without being staged.
    mutating func reserveKey() -> WebhookKey {
        newCount += 1
        return .new(newCount)
    }

    /// Drops the staged edits of these webhooks, as one step of undo; answers those that had any.
    @discardableResult
    package mutating func discard(_ keys: some Sequence<WebhookKey>) -> [WebhookKey] {
        let staged = keys.uniqued().filter { stagedByKey[$0] != nil }
        record(staged.map { ($0, nil) })
        forgetGone()
        return staged
    }

    /// Drops all staged edits, as one step of undo.
    @discardableResult
    package mutating func discardAll() -> [WebhookKey] { discard(staged.map(\.key)) }

    /// Puts stagings in place and records how they were.
    mutating func record(_ changes: [(key: WebhookKey, staged: Staged?)]) {
        guard !changes.isEmpty else { return }
        undoLog.record(swap(UndoLog.Step(staged: changes)))
    }

    /// Puts the stagings of a step in place; answers the step that would put back what was there.
    mutating func swap(_ step: UndoLog.Step) -> UndoLog.Step {
        UndoLog.Step(staged: step.staged.map { key, staged in (key, put(staged, for: key)) })
    }

    /// Puts one staging in place, or none; answers what was there.
    @discardableResult
    mutating func put(_ staged: Staged?, for key: WebhookKey) -> Staged? {
        let old = stagedByKey[key]
        note(staged, after: old, for: key)
        return old
    }

    /// Puts a staging in place, with all that follows from it.
    private mutating func note(_ staged: Staged?, after old: Staged?, for key: WebhookKey) {
        stagedByKey[key] = staged.map { $0.order == 0 ? $0.placed(old?.order ?? nextOrder()) : $0 }
        if let secrets = staged?.knownSecrets, !secrets.isEmpty { knownSecrets.formUnion(secrets) }
        index(staged, for: key)
    }

    /// Notes the name a webhook is shown under where it isn't the listed one.
    mutating func index(_ staged: Staged?, for key: WebhookKey) {
        let old = stagedNameByKey[key]
        let shown = staged?.shownName
        let new = shown == live(key)?.name ? nil : shown
        guard old != new else { return }
        stagedNameByKey[key] = new
        if let old {
            stagedNames[old]?.remove(key)
            if stagedNames[old]?.isEmpty == true { stagedNames[old] = nil }
        }
        if let new { stagedNames[new, default: []].insert(key) }
    }
}
