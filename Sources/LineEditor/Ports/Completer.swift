/// Answers Tab: what could stand where the cursor is.
///
/// Called on the editor's own thread while a key is being handled, so it must answer from what is already known:
/// no request, no spawned process, no wait.
package protocol Completer: Sendable {
    func completions(for context: CompletionContext) -> Completions
}

/// The text so far and where in it the cursor stands.
package struct CompletionContext: Hashable, Sendable {
    /// The whole text, lines already entered at the continuation prompt included, joined with `\n`.
    package var text: String
    /// Where the cursor is: an offset in UTF-8 bytes from the start of `text`, on a scalar's boundary.
    package var cursor: Int

    package init(text: String, cursor: Int) {
        self.text = text
        self.cursor = cursor
    }
}

/// The candidates for one place in the text, in the order to show them.
package struct Completions: Hashable, Sendable {
    /// What a candidate replaces: UTF-8 byte offsets in the context's text. A range that leaves the line being
    /// edited, or that splits a scalar, is refused and nothing is inserted.
    package var replacing: Range<Int>
    package var candidates: [Candidate]
    /// How many fit in all; ``candidates`` may be the first of them.
    package var total: Int
    /// What is put in the range's place when several fit: what all of them begin with, as the language wants it written.
    /// nil leaves it to the candidates' texts.
    package var common: String?

    package init(replacing: Range<Int>, candidates: [Candidate], total: Int? = nil, common: String? = nil) {
        self.replacing = replacing
        self.candidates = candidates
        self.total = max(candidates.count, total ?? 0)
        self.common = common
    }

    /// Nothing fits.
    package static let none = Completions(replacing: 0..<0, candidates: [])

    /// One thing that could stand at the cursor.
    package struct Candidate: Hashable, Sendable {
        /// What is inserted, quoted as the language wants it.
        package var text: String
        /// What the list shows; `text` if not given.
        package var display: String
        /// A few words beside it in the list: a webhook's name beside its id.
        package var detail: String?
        /// What follows the candidate when it is the only one: a blank after a whole word, nothing after `key=`.
        package var suffix: String

        package init(_ text: String, display: String? = nil, detail: String? = nil, suffix: String = " ") {
            self.text = text
            self.display = display ?? text
            self.detail = detail
            self.suffix = suffix
        }
    }
}
