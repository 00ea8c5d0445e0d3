import HookScript
import LosslessJSON
import WebhookModel

/// What a command has to show, before any format: the same value makes a table, JSON and the result of `$(COMMAND)`.
package enum CommandOutput: Sendable {
    case nothing
    /// Webhooks, one a row.
    case webhooks([WebhookRow], columns: [Field])
    /// One whole webhook.
    case webhook(WebhookRow)
    /// What stands at a field of a webhook.
    case part(of: WebhookRow, at: Field)
    /// A number, a text, any JSON.
    case value(JSON)
    /// Rows of something else; as JSON an array of objects with the columns' names in lower case.
    case records(columns: [RecordColumn], rows: [[JSON]])
    /// Text for people whose data form is `json`.
    case report([String], json: JSON)
    /// What a command inside this one has shown already; only its value counts.
    case shown(Value)
    /// Text only.
    case text([String])
    /// Shown first, then the command fails with this.
    indirect case failing(CommandOutput, with: any Error)
}

/// A webhook as a command shows it.
package struct WebhookRow: Sendable {
    /// What is staged on it.
    package enum Mark: String, Sendable {
        case edited = "*"
        case created = "+"
        case deleted = "-"
    }

    /// `wh_…`, or `new:N` for one that the server does not know yet.
    package var key: String
    package var webhook: Webhook
    package var mark: Mark?

    package init(key: String, webhook: Webhook, mark: Mark? = nil) {
        self.key = key
        self.webhook = webhook
        self.mark = mark
    }
}

package struct RecordColumn: Sendable {
    package var name: String
    package var isRigid: Bool

    package init(_ name: String, isRigid: Bool = false) {
        self.name = name
        self.isRigid = isRigid
    }
}
