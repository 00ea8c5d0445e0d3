import WebhookModel

/// How a commit is to be done.
package struct CommitOptions: Sendable {
    /// Takes ours where a conflict is.
    package var force = false
    /// Only these webhooks of those staged; nil for all.
    package var only: Set<WebhookKey>?
    /// What the server does with secrets on reads.
    package var secrets: SecretsCapability
    /// Webhooks that may be written though they hold masks.
    package var maskedAllowed: Set<WebhookKey> = []
    /// Whether what we show in place of a secret is held back. A rollback restores what the server had, whatever it was.
    var holdsStandIns = true
    /// Webhooks on a page of the server's list; nil where the list comes in one answer.
    package var pageSize: Int?
    /// Plans and reports, and sends nothing.
    package var isDryRun = false
    package var send = SendOptions()
    /// What a commit may do at most, and what it may do only when allowed.
    package var limits = CommitLimits.none
    /// The script that commits; nil for the prompt.
    package var script: String?

    package init(secrets: SecretsCapability) {
        self.secrets = secrets
    }

    var planner: Planner {
        Planner(
            force: force, secrets: secrets, maskedAllowed: maskedAllowed,
            allowsEmpty: limits.allowed.contains(.last), holdsStandIns: holdsStandIns)
    }
}

/// How the writes of a commit are sent.
package struct SendOptions: Hashable, Sendable {
    package var onError: OnError = .stop
    /// Writes in flight at once, at least 1.
    package var concurrency = 1
    /// How long to wait after a write whose outcome is unknown before looking: the server's time-out.
    package var settleTime: Duration = .seconds(10)
    /// How long the answer to a write is waited for.
    package var requestTime: Duration = .seconds(30)
    /// How long a write may take to arrive whose program died: as long as one whose outcome is unknown.
    package var lateTime: Duration { requestTime + settleTime }
    /// How often one write is sent at most, when a look showed that it did not happen.
    package var attempts = 3
    /// How old a reading may be when something is sent by it; then everything is listed anew.
    package var maximumAge: Duration = .seconds(60)
    /// Reads each webhook right before its write, and right after.
    package var isCareful = false
    /// How many are sent first, before somebody is asked whether to go on.
    package var canary: Int?
    /// Lists everything once more at the end.
    package var reviews = false

    package init() {}

    package enum OnError: String, Hashable, Sendable {
        /// Finishes what is in flight and leaves the rest.
        case stop
        case `continue`
    }
}
