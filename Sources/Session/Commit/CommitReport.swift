import LosslessJSON
import WebhookModel

/// What came of a commit.
package struct CommitReport: Sendable {
    /// The run in the journal; nil when nothing was to be sent.
    package let run: RunID?
    /// In the order in which the webhooks were first staged.
    package let entries: [CommitEntry]
    /// Why the run ended before all was sent.
    package let stop: CommitMachine.Stop?
    package let isDryRun: Bool
    /// Why the list at the end could not be read: what others wrote meanwhile was not looked for then.
    package var reviewFailure: ServiceError?
    /// The limits that kept everything from being sent.
    package var breaches: [LimitBreach] = []

    /// How many entries there are of each status.
    package var counts: [CommitStatus.Kind: Int] {
        entries.reduce(into: [:]) { $0[$1.status.kind, default: 0] += 1 }
    }

    /// The first error of the API or of the way to it.
    package var firstError: ServiceError? {
        if case .service(let error) = stop { return error }
        return entries.lazy.compactMap(\.status.error).first
    }

    /// The one word for the whole, from which an exit status follows.
    package var outcome: Outcome {
        if !breaches.isEmpty { return .declined }
        let counts = counts
        func has(_ kinds: CommitStatus.Kind...) -> Bool { kinds.contains { counts[$0, default: 0] > 0 } }
        if isDryRun && !has(.conflict, .invalid, .masked) { return has(.planned) ? .planned : .nothingToDo }
        let isUndone = has(.planned, .conflict, .invalid, .masked, .refused, .failed, .unknown)
        if !isUndone, stop == nil { return has(.confirmed) ? .done : .nothingToDo }
        if has(.confirmed, .unknown) { return isUndone ? .partly : .done }
        switch stop {
        case .service(let error):
            return [.unauthorized, .forbidden].contains(error.kind) ? .notAllowed(error) : .refused(error)
        case .journal(let error): return .journal(error)
        case .cancelled, .abandoned: return .interrupted
        case .canary: return .partly
        case .error, nil: break
        }
        if let error = firstError { return .refused(error) }
        if has(.conflict) { return .conflict }
        return has(.invalid, .masked) ? .declined : .nothingToDo
    }

    package enum Outcome: Hashable, Sendable {
        case done
        case nothingToDo
        /// A dry run that would send something.
        case planned
        /// Some of it is on the server, some isn't, or may not be.
        case partly
        case conflict
        /// 401 or 403.
        case notAllowed(ServiceError)
        /// The API refused it or could not be reached.
        case refused(ServiceError)
        /// Held back before sending: invalid, or masked secrets.
        case declined
        case journal(JournalError)
        case interrupted
    }
}

/// What came of one webhook.
package struct CommitEntry: Sendable {
    package let plan: PlanEntry
    package let status: CommitStatus
    /// The webhook's identifier, for one that was created too; nil when it has none.
    package let id: WebhookID?
    /// What the server holds now; nil when it isn't known or the webhook is gone.
    package let answer: Webhook?

    package var key: WebhookKey { plan.key }
}
