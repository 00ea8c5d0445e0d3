/// One thing that could stand at the cursor, before it is quoted.
package struct CompletionItem: Hashable, Sendable {
    package var text: String
    /// A few words beside it in a list.
    package var detail: String?
    /// What follows when it is the only one.
    package var suffix: String
    /// Written as it is, without quotes: part of the grammar.
    package var isLiteral: Bool

    package init(_ text: String, _ detail: String? = nil, suffix: String = " ", isLiteral: Bool = false) {
        self.text = text
        self.detail = detail
        self.suffix = suffix
        self.isLiteral = isLiteral
    }
}
