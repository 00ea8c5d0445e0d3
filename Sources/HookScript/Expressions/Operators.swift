/// The comparisons. They do not chain.
package enum Comparator: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// Text against a glob.
    case like = "~"
    /// Text against a regular expression.
    case matches = "=~"
    /// A list against one of its elements.
    case has
    /// A value against a list of which it may be one.
    case `in`

    var isOrdering: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }
}

package enum ArithmeticOperator: String, Hashable, Sendable, CaseIterable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case remainder = "%"

    var isMultiplicative: Bool { self != .plus && self != .minus }
}
