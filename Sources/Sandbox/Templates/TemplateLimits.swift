/// What one template may cost.
struct TemplateLimits: Hashable, Sendable {
    /// Bytes of source.
    var sourceBytes = 64 << 10
    /// How deep `if` and `for` may stand within one another.
    var depth = 16
    /// Rounds of all loops of one rendering together.
    var rounds = 10_000
    /// Bytes of one rendering, and of any value on its way into it.
    var outputBytes = 256 << 10
    /// Filters of one value.
    var filters = 16
    /// What one rendering may work through: a byte of a filter's input or output counts 1, a node 16, a comparison 256.
    var work = 16 << 20

    static let standard = TemplateLimits()
}

/// Why a text is no template, or a template gave no text.
struct TemplateError: Error, Hashable, Sendable {
    enum Reason: Hashable, Sendable {
        case tooLong(limit: Int)
        case tooDeep(limit: Int)
        /// `{{`, `{%` or `{#` without its end.
        case unclosed(String)
        case unknownTag(String)
        case unknownFilter(String)
        case tooManyFilters(limit: Int)
        /// A filter with too few or too many arguments.
        case arguments(filter: String)
        /// Something else stands here than what may.
        case expected(String)
        /// `else`, `endif` and the like where nothing is open, or the end of the text where something is.
        case unbalanced(String)
        /// While rendering.
        case tooManyRounds(limit: Int)
        case outputTooLong(limit: Int)
        case tooMuchWork
        /// The text should be JSON, and is not.
        case notJSON
    }

    let reason: Reason
    /// The byte of the source; nil while rendering.
    let offset: Int?

    /// A few words, with what is wrong quoted.
    var text: String {
        let words =
            switch reason {
            case .tooLong(let limit): "longer than \(limit) bytes"
            case .tooDeep(let limit): "more than \(limit) levels of if and for"
            case .unclosed(let mark): "'\(mark)' is not closed"
            case .unknownTag(let name): "unknown tag '\(name)'"
            case .unknownFilter(let name): "unknown filter '\(name)'"
            case .tooManyFilters(let limit): "more than \(limit) filters of one value"
            case .arguments(let filter): "wrong arguments of '\(filter)'"
            case .expected(let what): "expected \(what)"
            case .unbalanced(let name): "'\(name)' without its counterpart"
            case .tooManyRounds(let limit): "more than \(limit) rounds of loops"
            case .outputTooLong(let limit): "more than \(limit) bytes of output"
            case .tooMuchWork: "too much to work through"
            case .notJSON: "the result is no JSON"
            }
        return offset.map { "\(words) at byte \($0)" } ?? words
    }
}
