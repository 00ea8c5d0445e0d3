import LosslessJSON
import WebhookModel

/// What a commit would do, webhook by webhook, and what it would cost.
package struct Plan: Hashable, Sendable {
    /// In the order in which the webhooks were first staged.
    package let entries: [PlanEntry]
    /// Requests to send: one for each entry that writes. Reading the server's copies is over by now.
    package var writes: Int { entries.count { $0.action.isWrite } }
    /// Requests that reading the server's copies took, as far as is known: pages of the list, or single reads.
    package let reads: Int

    package init(entries: [PlanEntry], reads: Int) {
        self.entries = entries
        self.reads = reads
    }

    /// How many entries there are of each kind.
    package var counts: [PlanEntry.Action.Kind: Int] {
        entries.reduce(into: [:]) { $0[$1.action.kind, default: 0] += 1 }
    }

    /// Whether there is anything to send.
    package var isEmpty: Bool { !entries.contains { $0.action.isWrite } }
}

/// What a commit would do to one webhook.
package struct PlanEntry: Hashable, Sendable {
    package let staged: Staged
    /// The server's copy that the plan was made against; nil when there is none.
    package let live: Webhook?
    package let action: Action
    /// From the server's copy to what would be sent.
    package let changes: [Change]
    /// What the API may take but is probably not meant.
    package let warnings: [Finding]
    /// What somebody else changed and `force` takes back.
    package let overwritten: [Conflict]

    package var key: WebhookKey { staged.key }

    /// The name it is shown under.
    package var name: String { staged.shownName ?? live?.name ?? "" }

    package enum Action: Hashable, Sendable {
        /// Send a new webhook.
        case create(JSON)
        /// Send the whole document.
        case update(JSON)
        case delete
        /// The server holds it already: nothing to send.
        case already
        /// Somebody else's change is in the way.
        case conflict([Conflict])
        /// The API would refuse it.
        case invalid([Finding])
        /// Secrets that the server showed masked would be sent back, and may be lost by it.
        case masked([JSONPath])

        package var kind: Kind {
            switch self {
            case .create: .create
            case .update: .update
            case .delete: .delete
            case .already: .already
            case .conflict: .conflict
            case .invalid: .invalid
            case .masked: .masked
            }
        }

        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case create, update, delete, already, conflict, invalid, masked
        }

        package var isWrite: Bool {
            switch self {
            case .create, .update, .delete: true
            case .already, .conflict, .invalid, .masked: false
            }
        }

        /// The document to send.
        package var target: JSON? {
            switch self {
            case .create(let target), .update(let target): target
            case .delete, .already, .conflict, .invalid, .masked: nil
            }
        }
    }
}

/// What a server does with secrets when it is read from, and with their masks when they are sent back.
package enum SecretsCapability: String, Hashable, Sendable {
    /// Secrets are read as they are.
    case plain
    /// A mask sent back keeps the stored secret.
    case keep
    /// A mask sent back overwrites the stored secret.
    case lossy
    case unknown
}
