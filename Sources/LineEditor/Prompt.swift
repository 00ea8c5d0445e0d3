/// What stands before the text being edited: runs of text, each in its style.
///
/// Control characters in it are dropped, so a name from elsewhere cannot move the cursor.
package struct Prompt: Hashable, Sendable, ExpressibleByStringLiteral {
    /// A run of text in one style.
    package struct Part: Hashable, Sendable {
        package var text: String
        package var style: TextStyle

        package init(_ text: String, _ style: TextStyle = .plain) {
            self.text = text
            self.style = style
        }
    }

    package var parts: [Part]

    package init(_ parts: [Part]) {
        self.parts = parts
    }

    package init(_ text: String) {
        self.init([Part(text)])
    }

    package init(stringLiteral text: String) {
        self.init(text)
    }

    /// The text without its styles: what a plain reader writes.
    package var text: String { parts.map(\.text).joined() }

    package static let empty = Prompt([])
}
