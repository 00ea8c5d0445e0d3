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

    /// By their letters.
    static let words = ShortWords(allCases.map { ($0.rawValue, $0) })

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

    /// How many arguments a call has.
    var argumentCount: Int {
        switch self {
        case .now: 0
        case .len, .lower, .upper, .first, .last, .sum, .host, .json, .type: 1
        case .env, .receives, .field, .count, .all, .none: 1
        case .join, .split, .matches, .default: 2
        case .replace: 3
        }
    }

    /// The role of the argument at an index.
    func role(at index: Int) -> Role {
        switch self {
        case .field: .field
        case .count, .all, .none: .condition
        case .matches where index == 1: .pattern
        case .env, .receives: .text
        default: index == 0 ? .subject : .text
        }
    }

    /// Whether it goes over the elements of a list.
    var isQuantifier: Bool { self == .all || self == .none || self == .count }
}
