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
    /// Webhooks on a page of the server's list; nil where the list comes in one answer.
    package var pageSize: Int?
    /// Plans and reports, and sends nothing.
    package var isDryRun = false
    package var send = SendOptions()
    /// How old a reading may be when it is committed by; older ones are read anew.
    package var maximumAge: Duration = .seconds(60)
    /// The script that commits; nil for the prompt.
    package var script: String?

    package init(secrets: SecretsCapability) {
        self.secrets = secrets
    }

    var planner: Planner { Planner(force: force, secrets: secrets, maskedAllowed: maskedAllowed) }
}

/// How the writes of a commit are sent.
package struct SendOptions: Hashable, Sendable {
    package var onError: OnError = .stop
    /// Writes in flight at once, at least 1.
    package var concurrency = 1
    /// How long to wait after a write whose outcome is unknown before looking: the server's time-out.
    package var settleTime: Duration = .seconds(10)
    /// How often one write is sent at most, when a look showed that it did not happen.
    package var attempts = 3

    package init() {}

    package enum OnError: String, Hashable, Sendable {
        /// Finishes what is in flight and leaves the rest.
        case stop
        case `continue`
    }
}
