import WebhookModel

/// Why a command could not be carried out on the session. Nothing was staged.
package enum StagingError: Error, Hashable, Sendable {
    /// No webhook is named, selected or current.
    case noTarget
    /// A selection was made, and nothing is in it.
    case emptySelection
    /// The session knows no such webhook.
    case unknown(WebhookKey)
    /// The edit fails on these webhooks; it was staged on none.
    case edit([Failure])
    /// The webhook is staged for deletion and can't be copied.
    case deleted(WebhookKey)

    package struct Failure: Hashable, Sendable {
        package let key: WebhookKey
        package let error: EditError

        package init(key: WebhookKey, error: EditError) {
            self.key = key
            self.error = error
        }
    }
}

/// What a staging command did.
package struct StagingReport: Hashable, Sendable {
    /// The webhooks whose staging changed.
    package var changed: [WebhookKey] = []
    /// The webhooks where the command had no effect.
    package var unchanged: [WebhookKey] = []
    /// What there is to say, by webhook.
    package var notes: [WebhookKey: [EditNote]] = [:]
}
