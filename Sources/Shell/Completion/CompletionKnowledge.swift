import HookScript
import Session
import WebhookModel

/// What Tab may know, gathered when a line begins: so that nothing is asked, read from disk or waited for at the key.
package struct CompletionKnowledge: Sendable {
    /// Things that the host knows by name (`run`, `plugin`), by ``ArgumentKind/name(_:)``.
    package typealias Source = @Sendable () async -> [CompletionItem]

    var state: SessionState?
    var webhooks = WebhookIndex()
    /// What the webhooks that an edit is for are subscribed to.
    var subscriptions = Subscriptions()
    /// Names and paths that `where`, columns and `set` take.
    var fields: [CompletionItem] = FieldCandidates.known
    var signatures: any SignatureLookup
    var variables: [String] = []
    var profiles: [String] = []
    var secrets: [String] = []
    var named: [String: [CompletionItem]] = [:]

    init(signatures: any SignatureLookup) { self.signatures = signatures }

    /// All that is known of a state. Takes time in proportion to its webhooks.
    mutating func learn(_ state: SessionState?) {
        self.state = state
        webhooks = WebhookIndex(state)
        subscriptions = Subscriptions(state)
        fields = FieldCandidates.known + FieldCandidates.found(in: state)
    }

    /// What is cheap to know: variables and commands defined, profiles, names of secrets.
    static func gather(_ shell: Shell, sources: [String: Source] = [:]) async -> CompletionKnowledge {
        var knowledge = CompletionKnowledge(signatures: await shell.interpreter.signatures)
        knowledge.variables = await shell.interpreter.variableNames
        knowledge.profiles =
            ((try? shell.profiles.configuration().profiles.map(\.name)) ?? []) + [Profile.sandboxName]
        knowledge.secrets = (try? shell.profiles.secrets().names()) ?? []
        for (kind, source) in sources { knowledge.named[kind] = await source() }
        return knowledge
    }
}

/// The event types of the webhooks that an edit would be for.
struct Subscriptions: Sendable {
    /// Subscribed to by every one of them.
    var byAll: Set<String> = []
    /// Subscribed to by any, in the order first seen.
    var byAny: [String] = []
    /// Whether there is something to edit.
    var hasTargets = false

    init(_ state: SessionState? = nil) {
        guard let state, let targets = try? state.targets() else { return }
        var isFirst = true
        var seen: Set<String> = []
        for key in targets {
            guard let webhook = state.webhook(key) else { continue }
            let events = webhook.eventTypes
            for event in events where seen.insert(event).inserted { byAny.append(event) }
            if isFirst { byAll = Set(events) }
            if !byAll.isEmpty, !byAll.allSatisfy(events.contains) { byAll.formIntersection(events) }
            isFirst = false
        }
        hasTargets = !isFirst
    }
}
