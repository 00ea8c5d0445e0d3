import LosslessJSON
import WebhookModel

/// Decides what a commit does: pure, staged edits and the server's copies in, a plan out.
package struct Planner: Sendable {
    /// Takes ours where a conflict is.
    package var force: Bool
    /// What the server does with secrets.
    package var secrets: SecretsCapability
    /// Webhooks that may be written though they hold masks that the server may take at their word.
    package var maskedAllowed: Set<WebhookKey>
    /// Sends webhooks without event types or channels, and leaves it to the API to refuse them.
    package var allowsEmpty: Bool
    /// Holds back what we show in place of a secret.
    package var holdsStandIns: Bool

    package init(
        force: Bool = false, secrets: SecretsCapability, maskedAllowed: Set<WebhookKey> = [], allowsEmpty: Bool = false,
        holdsStandIns: Bool = true
    ) {
        self.force = force
        self.secrets = secrets
        self.maskedAllowed = maskedAllowed
        self.allowsEmpty = allowsEmpty
        self.holdsStandIns = holdsStandIns
    }

    /// The plan for these staged edits.
    package func plan(_ staged: [Staged], against snapshot: LiveSnapshot) -> Plan {
        Plan(
            entries: staged.map { plan($0, live: $0.key.id.flatMap { snapshot.webhooks[$0] }) },
            reads: snapshot.requests)
    }

    /// The plan for one webhook; `live` is nil when the server doesn't have it.
    package func plan(_ staged: Staged, live: Webhook?) -> PlanEntry {
        let result = staged.result
        let merge = Merge(base: staged.base?.document, live: live?.document, staged: result, force: force)
        let (action, warnings) = decide(staged.key, result, live: live, merge)
        return PlanEntry(
            staged: staged, live: live, action: action, changes: changes(of: action, staged, live), warnings: warnings,
            overwritten: merge.overwritten)
    }

    private func decide(
        _ key: WebhookKey, _ result: EditedDocument, live: Webhook?, _ merge: Merge
    ) -> (action: PlanEntry.Action, warnings: [Finding]) {
        if !merge.conflicts.isEmpty { return (.conflict(merge.conflicts), []) }
        if result.isDeleted { return (live == nil ? .already : .delete, []) }
        guard let merged = merge.document else { return (.already, []) }
        if let live, merged == live.document, !clearsDeliveryHealth(result, live) { return (.already, []) }
        let target = Self.withActive(merged)
        let findings = newFindings(in: target, live: live)
        let errors = findings.filter { isError($0) }
        let warnings = findings.filter { !isError($0) }
        if !errors.isEmpty { return (.invalid(errors), warnings) }
        let masked = maskedSecrets(in: target, live: live)
        if !masked.isEmpty, !maskedAllowed.contains(key) { return (.masked(masked), warnings) }
        return (live == nil ? .create(target) : .update(target), warnings)
    }

    /// The document with `is_active` in it: a PUT that leaves it out, or says null, re-enables a paused webhook.
    private static func withActive(_ document: JSON) -> JSON {
        guard var members = document.object, members[Member.isActive]?.isNull ?? true else { return document }
        members[Member.isActive] = JSON(Webhook(document: document).isActive)
        return JSON(members)
    }

    /// Setting `is_active` true clears `delivery_health`: an intent that isn't fulfilled by `is_active` being true.
    private func clearsDeliveryHealth(_ result: EditedDocument, _ live: Webhook) -> Bool {
        live.deliveryHealth != nil && result.explicit.contains([.name(Member.isActive)])
            && result.document.map { Webhook(document: $0).isActive } == true
    }

    private func isError(_ finding: Finding) -> Bool {
        finding.severity == .error && !(allowsEmpty && finding.isEmptyList)
    }

    /// Findings that the server's copy doesn't have already: what it holds can't be refused for what was not touched.
    private func newFindings(in target: JSON, live: Webhook?) -> [Finding] {
        let found = Validation.findings(in: target)
        guard let live, !found.isEmpty else { return found }
        let known = Set(Validation.findings(in: live.document).map(\.withoutPositions))
        return found.filter { !known.contains($0.withoutPositions) }
    }

    /// Where the document holds what the server may take for the secret itself: a mask that it showed, or what we show in
    /// place of a secret.
    private func maskedSecrets(in target: JSON, live: Webhook?) -> [JSONPath] {
        (serversMasks(in: target, live: live) + standIns(in: target, live: live)).uniqued()
    }

    /// `signing_secret` is exempt: the API's pages say that `redacted` keeps it. What is new has nothing to keep.
    private func serversMasks(in target: JSON, live: Webhook?) -> [JSONPath] {
        switch secrets {
        case .plain: return []
        case .keep: if live != nil { return [] }
        case .lossy, .unknown: break
        }
        return SecretPaths.secrets(in: target).filter { secret in
            guard let text = secret.value.string, Masking.looksMasked(text) else { return false }
            return secret.path.last != .name("signing_secret") || text != "redacted" || live == nil
        }.map(\.path)
    }

    /// Ours that the server doesn't have: wherever they stand, since a text that was edited may not look like one that holds
    /// a secret any more.
    private func standIns(in target: JSON, live: Webhook?) -> [JSONPath] {
        guard holdsStandIns else { return [] }
        let found = (target.object ?? [:]).flatMap { name, value in
            live?.document[name] == value ? [] : StandIn.texts(in: value, at: [.name(name)])
        }
        if found.isEmpty { return [] }
        let held = Set(live.map { StandIn.texts(in: $0.document, at: .root).map(\.text) } ?? [])
        return found.filter { !held.contains($0.text) }.map(\.path)
    }

    private func changes(of action: PlanEntry.Action, _ staged: Staged, _ live: Webhook?) -> [Change] {
        switch action {
        case .create(let target), .update(let target):
            DocumentDiff.changes(from: live?.document, to: target).map {
                [secrets = staged.knownSecrets] change in
                change.knowing(secrets)
            }
        case .delete: DocumentDiff.changes(from: live?.document, to: nil)
        case .already: []
        case .conflict, .invalid, .masked: staged.changes
        }
    }
}

extension Finding {
    /// Whether the last event type or channel is gone.
    package var isEmptyList: Bool {
        guard case .tooShort = code else { return false }
        return path == [.name(Member.eventTypes)] || path == [.name(Member.channels)]
    }

    /// The finding with positions in lists left open, since removing a channel moves those behind it.
    fileprivate var withoutPositions: Finding {
        let components = path.components.map { component in
            if case .index = component { JSONPath.Component.any } else { component }
        }
        return Finding(path: JSONPath(components), code: code, suggestion: suggestion)
    }
}
