import LosslessJSON
import WebhookModel

/// A webhook as somebody wants it to be: which one, or nil for a new one, and its whole document.
package struct WantedWebhook: Hashable, Sendable {
    package let key: WebhookKey?
    package let document: JSON
    /// Secrets that came by reference, by their place in the document.
    package let references: [JSONPath: String]

    package init(key: WebhookKey?, document: JSON, references: [JSONPath: String] = [:]) {
        self.key = key
        self.document = document
        self.references = references
    }
}

extension SessionState {
    /// Stages what makes webhooks as they are wanted, as one step of undo; on an error nothing is staged. What is so
    /// already is `unchanged`. The current webhook stays what it is.
    package mutating func stage(
        _ wanted: [WantedWebhook], deleting: [WebhookKey] = [], pairing: Declaration.Pairing = .identity
    ) throws(StagingError) -> StagingReport {
        var report = StagingReport()
        var failures: [StagingError.Failure] = []
        var changes: [(WebhookKey, Staged?)] = []
        var number = newCount
        for webhook in wanted {
            if webhook.key == nil { number += 1 }
            let key = webhook.key ?? .new(number)
            guard webhook.key == nil || contains(key) else { throw .unknown(key) }
            var staged = webhook.key.flatMap { stagedByKey[$0] } ?? Staged(key: key, base: webhook.key.flatMap(live))
            do throws(EditError) {
                let notes = try staged.become(webhook, pairing)
                if !notes.isEmpty { report.notes[key] = notes }
            } catch {
                failures.append(.init(key: key, error: error))
                continue
            }
            if staged == stagedByKey[key] || staged.edits.isEmpty {
                report.unchanged.append(key)
            } else {
                report.changed.append(key)
                changes.append((key, staged))
            }
        }
        for key in deleting {
            var staged = stagedByKey[key] ?? Staged(key: key, base: live(key))
            do throws(EditError) { _ = try staged.append(.delete) } catch {
                failures.append(.init(key: key, error: error))
                continue
            }
            report.changed.append(key)
            changes.append((key, staged.isNew ? nil : staged))
        }
        if !failures.isEmpty { throw .edit(failures) }
        newCount = number
        record(changes)
        if changes.contains(where: { $0.1 == nil }) { forgetGone() }
        return report
    }
}

extension Staged {
    /// Appends what makes the webhook as it is wanted.
    fileprivate mutating func become(
        _ wanted: WantedWebhook, _ pairing: Declaration.Pairing
    ) throws(EditError) -> [EditNote] {
        var notes: [EditNote] = []
        if result.document == nil {
            for edit in EditDecomposition.creation(of: wanted.document) { notes += try append(edit) }
        }
        for edit in try EditDecomposition.edits(from: result, to: wanted.document, pairing: pairing) {
            notes += try append(edit)
        }
        for (path, reference) in wanted.references.sorted(by: { $0.key.description < $1.key.description }) {
            guard let value = wanted.document.value(at: path) else { continue }
            notes += try append(.set(FieldPath(path), EditValue(value, reference: reference)))
        }
        return notes
    }
}

extension EditDecomposition {
    /// What begins a webhook that is to have this document; whatever `create` has no words for is left to the edits.
    static func creation(of document: JSON) -> [Edit] {
        let members = document.object ?? [:]
        var channels: [NewChannel] = []
        for channel in members[Member.channels]?.array ?? [] {
            // The first that is no plain channel ends the list: their order counts.
            guard let kind = channel[Member.channelKind]?.string, let configs = channel[Member.configs],
                configs.object != nil, channel.object?.keys.count == 2
            else { break }
            channels.append(NewChannel(kind: kind, .configs(EditValue(configs))))
        }
        let further = members[Member.description].map { [(Member.description, $0)] } ?? []
        return [
            .create(
                NewWebhook(
                    name: members[Member.name]?.string ?? "",
                    events: (members[Member.eventTypes]?.array ?? []).compactMap(\.string), channels: channels,
                    isActive: members[Member.isActive]?.boolean ?? true, members: JSONObject(further)))
        ]
    }
}
