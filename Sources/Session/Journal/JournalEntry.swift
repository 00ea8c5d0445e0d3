import LosslessJSON
import WebhookModel

/// One webhook of a run.
package struct JournalEntry: Hashable, Sendable {
    package var key: WebhookKey
    package var operation: WriteOperation
    /// The server's copy before; nil for a create.
    package var before: JSON?
    /// What is sent; nil for a delete.
    package var target: JSON?
    /// What the server made of it, where that is not the target.
    package var answer: JSON?
    /// For a create: webhooks of its name that there were before it was sent.
    package var equalBefore: [WebhookID]
    package var state: JournalState
    /// For a create: what it became.
    package var createdID: WebhookID?
    /// What an error said, without secrets.
    package var detail: String?

    package init(
        key: WebhookKey, operation: WriteOperation, before: JSON?, target: JSON?, equalBefore: [WebhookID] = [],
        state: JournalState = .planned, createdID: WebhookID? = nil, detail: String? = nil, answer: JSON? = nil
    ) {
        self.key = key
        self.operation = operation
        self.before = before
        self.target = target
        self.equalBefore = equalBefore
        self.state = state
        self.createdID = createdID
        self.detail = detail
        self.answer = answer
    }

    /// The webhook on the server, of a created one too.
    package var id: WebhookID? { key.id ?? createdID }

    /// What the webhook is on the server once the entry is confirmed; nil for a delete.
    package var after: JSON? { answer ?? target }

    /// The name it had, or has.
    package var name: String { (target ?? before).map { Webhook(document: $0).name } ?? "" }
}

package enum WriteOperation: String, Hashable, Sendable, CaseIterable {
    case create, update, delete
}

/// How far an entry got.
package enum JournalState: String, Hashable, Sendable, CaseIterable {
    /// Not sent.
    case planned
    /// About to be sent, or sent: what came of it is not known yet.
    case sent
    case confirmed
    /// The server held it already.
    case already
    case conflict
    /// The API refused it.
    case refused
    /// It could not be sent, or was not taken.
    case failed
    /// It may have happened.
    case unknown

    /// Whether a resume has nothing to do for it.
    package var isFinal: Bool {
        switch self {
        case .confirmed, .already, .conflict, .refused: true
        case .planned, .sent, .failed, .unknown: false
        }
    }
}

/// A new state of the entry at a position of its run.
package struct JournalUpdate: Hashable, Sendable {
    package var position: Int
    package var state: JournalState
    package var createdID: WebhookID?
    package var detail: String?
    /// Before-image and target, when a later reading has changed them.
    package var images: Images?
    /// What the server made of the target, where that is something else.
    package var answer: JSON?

    package struct Images: Hashable, Sendable {
        package var before: JSON?
        package var target: JSON?

        package init(before: JSON?, target: JSON?) {
            self.before = before
            self.target = target
        }
    }

    package init(
        position: Int, state: JournalState, createdID: WebhookID? = nil, detail: String? = nil, images: Images? = nil,
        answer: JSON? = nil
    ) {
        self.position = position
        self.state = state
        self.createdID = createdID
        self.detail = detail
        self.images = images
        self.answer = answer
    }
}
