/// The functions of expressions.
package enum Function: String, Hashable, Sendable, CaseIterable {
    /// Characters of a text, elements of a list, members of an object.
    case len
    case lower, upper
    case now
    /// A variable of the environment, null when it is not set.
    case env
    /// How many elements a list has, or for how many a condition holds.
    case count
    case first, last, sum
    case join, split
    /// Whether a regular expression matches somewhere in a text.
    case matches
    /// A text with every occurrence of another replaced.
    case replace
    /// The first value, or the second if the first is null.
    case `default`
    /// The host of a URL.
    case host
    /// The value that a JSON text stands for.
    case json
    /// The name of a value's kind.
    case type
    /// Whether a record receives an event.
    case receives
    /// A field, where a bare word would be text.
    case field
    /// Whether a condition holds for all elements, or for none.
    case all, none

    /// How an argument is read.
    enum Role: Hashable, Sendable {
        /// As a word at the place of the call would be.
        case subject
        /// Bare words are text.
        case text
        /// A bare word is a field, wherever the call stands.
        case field
        /// A condition, over fields, wherever the call stands.
        case condition
        /// A regular expression, `/…/` or text.
        case pattern
    }

    /// The arguments' roles, and from how many on the call is complete.
    var parameters: (roles: [Role], required: Int) {
        switch self {
        case .len, .lower, .upper, .first, .last, .sum, .host, .json, .type: ([.subject], 1)
        case .now: ([], 0)
        case .env, .receives: ([.text], 1)
        case .field: ([.field], 1)
        case .count, .all, .none: ([.condition], 1)
        case .join, .split: ([.subject, .text], 2)
        case .matches: ([.subject, .pattern], 2)
        case .replace: ([.subject, .text, .text], 3)
        case .default: ([.subject, .text], 2)
        }
    }

    /// Whether it goes over the elements of a list.
    var isQuantifier: Bool { self == .all || self == .none || self == .count }
}
