/// The facts about the three standard streams that decide how to read and write: found once, at the edge, and injected.
package struct Terminal: Sendable {
    /// File descriptors.
    package var input: Int32
    package var output: Int32
    package var error: Int32
    /// What `TERM` says; nil when unset or empty.
    package var type: String?

    package init(input: Int32 = 0, output: Int32 = 1, error: Int32 = 2, type: String?) {
        self.input = input
        self.output = output
        self.error = error
        self.type = type?.isEmpty == true ? nil : type
    }

    package var inputIsTerminal: Bool { isTerminal(input) }
    package var outputIsTerminal: Bool { isTerminal(output) }
    package var errorIsTerminal: Bool { isTerminal(error) }

    /// A terminal that no escape sequence may be sent to: `TERM` unset, `dumb` or `unknown`.
    package var isDumb: Bool {
        guard let type else { return true }
        return type == "dumb" || type == "unknown"
    }

    /// The descriptor for prompts and messages: standard error if it is a terminal, else standard output if it is one.
    package var conversation: Int32? {
        errorIsTerminal ? error : outputIsTerminal ? output : nil
    }

    /// Whether somebody sits there who can be asked.
    package var isInteractive: Bool { inputIsTerminal && conversation != nil }

    /// The window's size now, asked of the first stream that has one; nil off a terminal or when unknown.
    package var size: WindowSize? {
        for descriptor in [output, error, input] {
            if let size = WindowSize(of: descriptor) { return size }
        }
        return nil
    }
}
