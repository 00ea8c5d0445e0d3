/// The words that begin a statement or divide a block. No command can have one as its name.
package enum Keyword: String, Hashable, Sendable, CaseIterable {
    case `let`, unlet, `if`, elif, `else`, `for`, each, def, end, `try`, `catch`, param, requires, assert, exit, `break`
    case `continue`, wait, `return`

    /// By their letters.
    static let words = ShortWords(allCases.map { ($0.rawValue, $0) })

    /// Whether it ends or divides a block instead of beginning a statement.
    var dividesBlock: Bool {
        switch self {
        case .elif, .else, .end, .catch: true
        default: false
        }
    }
}
