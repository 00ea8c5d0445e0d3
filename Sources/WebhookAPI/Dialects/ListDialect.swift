/// The two ways in which the API has answered a list.
package enum ListDialect: String, Hashable, Sendable, CaseIterable {
    /// Since 2026-01: `POST …/webhooks/list`, pages of `{results, pagination, total}`.
    case paged
    /// 2025-11: `GET …/webhooks/`, one bare array.
    case array

    var other: ListDialect { self == .paged ? .array : .paged }
}

/// Which dialect to speak.
package enum DialectChoice: Hashable, Sendable {
    /// This one, whatever the server says.
    case fixed(ListDialect)
    /// Found by asking, beginning with the one that worked before.
    case automatic(remembered: ListDialect?)

    /// What to try, in order. A 404 or 405 leads on to the next.
    func candidates(learned: ListDialect?) -> [ListDialect] {
        switch self {
        case .fixed(let dialect): return [dialect]
        case .automatic(let remembered):
            let first = learned ?? remembered ?? .paged
            return [first, first.other]
        }
    }
}
