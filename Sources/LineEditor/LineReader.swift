import Glibc

/// Reads lines from a person at a terminal, with editing, or from a pipe, without.
///
/// libedit edits when input and output are a terminal that can move its cursor. A dumb terminal gets a plain reader
/// that sends no escape sequence; a pipe gets neither prompt nor echo. Either way the reading is done by a thread of its
/// own, so that no task's thread blocks.
///
/// While a line is edited Ctrl-C, Ctrl-\ and Ctrl-Z are keys: no signal is sent, and Ctrl-C gives `.interrupted`. Between
/// lines, and on a dumb terminal, the terminal is in its usual modes and sends signals, so the owner handles SIGINT:
/// while a command runs it cancels it, while a line is read it calls ``takeInterruptSignal()``. Handlers of SIGWINCH and
/// SIGCONT are taken only while a line is edited, and call those that were there.
package final class LineReader: LineSource {
    /// What stays the same from line to line.
    package struct Settings: Hashable, Sendable {
        /// The name that `prog:` lines of the editrc file are for.
        package var programName: String
        /// The user's key bindings (editrc(5)), read at the first line; nil or a missing file: the defaults.
        package var editrcPath: String?
        /// Whether prompts and lists are coloured.
        package var usesColour: Bool
        /// The longest line of a pipe and the longest paste, in bytes.
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

    private let terminal: Terminal
    /// nil if the process had no descriptors left when the reader was made.
    private let thread: ReaderThread?

    /// Touches nothing yet: the thread, libedit and the editrc file wait for the first read.
    package init(terminal: Terminal, settings: Settings) {
        self.terminal = terminal
        thread = WakePipe().map { pipe in
            ReaderThread(mailbox: Mailbox(pipe: pipe), terminal: terminal, settings: settings)
        }
    }

    package func readLine(_ request: LineRequest) async throws(LineError) -> LineResult {
        try await perform(.line(request))
    }

    /// Reads a line without echo and without history: a password, a key. From a pipe, just its next line.
    package func readSecret(prompt: Prompt) async throws(LineError) -> LineResult {
        try await perform(.secret(prompt))
    }

    /// Ends the read in progress with `.interrupted`; nothing if there is none.
    package func interrupt() {
        thread?.mailbox.interrupt()
    }

    /// The same for the owner of SIGINT: on a dumb terminal, and for a secret, Ctrl-C is that signal. While a line is
    /// edited it is a key, and a signal that is heard then was meant for the command before: nothing happens.
    package func takeInterruptSignal() {
        thread?.mailbox.interruptUnlessEditing()
    }

    /// Prints above the line being edited, which is redrawn below; when no line is being read, just prints.
    /// The text goes where the prompt goes, as it is; a missing final newline is added. Without a terminal there: nothing.
    package func printAbove(_ text: String) {
        guard let output = terminal.conversation, !takesAbove(text) else { return }
        writeAll(text.hasSuffix("\n") ? text : text + "\n", to: output)
    }

    /// The same while a line is being read; false, and nothing printed, when none is.
    package func takesAbove(_ text: String) -> Bool { thread?.mailbox.print(text) ?? false }

    /// Ends the thread and restores the terminal. Reads in progress and later ones fail with `.closed`.
    package func close() async {
        await thread?.close()
    }

    private func perform(_ kind: Mailbox.Job.Kind) async throws(LineError) -> LineResult {
        guard let thread else { throw .system(call: "socketpair", errno: EMFILE) }
        guard thread.start() else { throw .system(call: "pthread_create", errno: EAGAIN) }
        let mailbox = thread.mailbox
        let number = mailbox.newNumber()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                mailbox.post(Mailbox.Job(number: number, kind: kind, answer: answer))
            }
        } onCancel: {
            mailbox.interrupt(number)
        }
        return try result.get()
    }
}
