import WebhookModel

/// What a session calls a webhook: the server's identifier, or `new:N` for one that was never sent.
///
/// A number is given once in a session and never again; after its commit `new:N` still names the webhook it became.
package enum WebhookKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    case existing(WebhookID)
    case new(Int)

    /// Reads what `description` writes.
    package init?(_ text: String) {
        if let id = WebhookID(rawValue: text) {
            self = .existing(id)
        } else if text.hasPrefix("new:"), let number = Int(text.dropFirst(4)), number > 0, text == "new:\(number)" {
            self = .new(number)
        } else {
            return nil
        }
    }

    package var id: WebhookID? {
        if case .existing(let id) = self { id } else { nil }
    }

    /// `wh_…` or `new:1`.
    package var description: String {
        switch self {
        case .existing(let id): id.description
        case .new(let number): "new:\(number)"
        }
    }

    /// Identifiers before new webhooks, each in their order.
    package static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.existing(let left), .existing(let right)): left < right
        case (.new(let left), .new(let right)): left < right
        case (.existing, .new): true
        case (.new, .existing): false
        }
    }
}
