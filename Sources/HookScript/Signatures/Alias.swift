/// A name that a user gave to the beginning of a command line: `paused` for `ls where not active`.
///
/// The host keeps the table and hands it out by ``SignatureLookup/alias(named:)``. The parser puts what the name stands
/// for in its place, where a command is due and nowhere else; a command of that name goes first.
package struct Alias: Hashable, Sendable {
    package let name: String
    /// Source: a command, and what of its line comes before the words that follow the name. Neither a pipe nor a
    /// redirect nor a second statement.
    package let text: String

    package init(_ name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// An alias for words. One alone is read as source, so that it can hold a whole line; several are taken as they are,
    /// but for those after `where`, which are joined and read as an expression.
    package init(_ name: String, words: [String]) {
        self.init(name, text: words.count == 1 ? words[0] : ArgvSource.text(words, takesWhere: true))
    }

    /// What the words behind `alias` define: `NAME = WORD…`, `NAME WORD…`, or `NAME=TEXT` as other shells have it; nil if
    /// they name something and give it nothing.
    package init?(definition words: [String]) {
        guard let name = words.first else { return nil }
        var rest = Array(words.dropFirst())
        if rest.first == "=" { rest.removeFirst() }
        if !rest.isEmpty {
            self.init(name, words: rest)
        } else if words.count == 1, let equals = name.firstIndex(of: "="), equals != name.startIndex,
            name.index(after: equals) != name.endIndex
        {
            self.init(String(name[..<equals]), text: String(name[name.index(after: equals)...]))
        } else {
            return nil
        }
    }
}
