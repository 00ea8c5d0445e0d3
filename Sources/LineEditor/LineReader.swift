/// Reads lines from a person at a terminal, with editing, or from a pipe, without.
///
/// libedit edits when input and output are a terminal that can move its cursor. A dumb terminal gets a plain reader
/// that echoes nothing and sends no escape sequence; a pipe gets neither prompt nor echo. Either way the reading is done by
/// a thread of its own, so that no task's thread blocks.
package final class LineReader: LineSource {
    /// What stays the same from line to line.
    package struct Settings: Hashable, Sendable {
        /// The name that `prog:` lines of the editrc file are for.
        package var programName: String
        /// The user's key bindings (editrc(5)), read at the first line; nil or a missing file: the defaults.
        package var editrcPath: String?
        /// Whether prompts and lists are coloured.
        package var usesColour: Bool
        /// The longest line of a pipe, in bytes.
        package var maximumLineLength: Int

        package init(
            programName: String, editrcPath: String? = nil, usesColour: Bool = true, maximumLineLength: Int = 16 << 20
        ) {
            self.programName = programName
            self.editrcPath = editrcPath
            self.usesColour = usesColour
            self.maximumLineLength = maximumLineLength
        }
    }

    package let terminal: Terminal
    package let settings: Settings

    package init(terminal: Terminal, settings: Settings) {
        self.terminal = terminal
        self.settings = settings
    }

    package func readLine(_ request: LineRequest) async throws(LineError) -> LineResult {
        throw .closed
    }

    /// Reads a line without echo and without history: a password, a key.
    package func readSecret(prompt: Prompt) async throws(LineError) -> LineResult {
        throw .closed
    }

    /// Ends the read in progress with `.interrupted`; nothing if there is none. For the owner of SIGINT: with the editor
    /// Ctrl-C is a key and no signal is sent, but on a dumb terminal it is one.
    package func interrupt() {}

    /// Prints above the line being edited, which is redrawn below; when no line is being edited, just prints.
    /// The text goes where the prompt goes, as it is; a missing final newline is added.
    package func printAbove(_ text: String) {}

    /// Ends the thread, restores the terminal. Reads in progress and later ones fail with `.closed`.
    package func close() async {}
}
