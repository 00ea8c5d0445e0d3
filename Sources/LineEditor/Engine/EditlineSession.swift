import CEditline
import Glibc

/// A line editor on a terminal: one libedit, used by one thread.
///
/// While a line is edited the terminal is in libedit's modes, with the signal keys delivered as keys; between lines it is
/// as a program expects it, and Ctrl-C is SIGINT.
final class EditlineSession {
    let editor: OpaquePointer
    let screen: EditorScreen
    let mailbox: Mailbox
    var keys: KeyInput

    /// The read in progress.
    var request = LineRequest(prompt: .empty)
    /// The lines of this text entered before, each with its newline.
    var preceding = ""
    /// How the read ends when it ends without a line.
    var outcome: Result<LineResult, LineError>?
    var historyCursor: HistoryCursor?
    var givenWord: GivenWord?
    var shownList: ShownList?

    private let terminal: Terminal
    let settings: LineReader.Settings
    private let history: EditlineHistory
    /// Names that libedit keeps pointers to.
    private var names: [WideText] = []

    /// nil where libedit cannot work: no UTF-8 locale, a terminal whose cursor cannot be moved, `edit off`.
    init?(terminal: Terminal, settings: LineReader.Settings, mailbox: Mailbox) {
        guard let output = terminal.conversation, editline_use_utf8(), let history = EditlineHistory(),
            let screen = EditorScreen(input: terminal.input, output: output, type: terminal.type, settings: settings)
        else { return nil }
        self.terminal = terminal
        self.settings = settings
        self.mailbox = mailbox
        self.screen = screen
        self.history = history
        editor = screen.editor
        keys = KeyInput(poll: InputPoll(descriptor: terminal.input, pipe: mailbox.pipe))
        editline_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
        editline_set_history(editor, history.source)
        editline_set_reader(editor) { el, scalar in EditlineSession.of(el).readScalar(into: scalar) }
        // Some systems build libedit with vi's keys as the default.
        editline_use_emacs(editor)
        _ = editline_take_signal_keys(editor)
        addCommands()
        bindDefaults()
        readEditrc()
        guard editline_is_enabled(editor) else { return nil }
    }

    /// The session that a callback belongs to.
    static func of(_ editor: OpaquePointer) -> EditlineSession {
        Unmanaged<EditlineSession>.fromOpaque(editline_client(editor)!).takeUnretainedValue()
    }

    /// Reads one text.
    func read(_ request: LineRequest) -> Result<LineResult, LineError> {
        self.request = request
        preceding = ""
        begin()
        defer { end() }
        screen.setPrompts(request.prompt, right: request.rightPrompt)
        while true {
            outcome = nil
            historyCursor = nil
            givenWord = nil
            shownList = nil
            guard let line = readPhysicalLine() else { return outcome ?? .success(.endOfInput) }
            let text = preceding + line
            if request.validator?.validate(text) == .incomplete {
                preceding = text + "\n"
                screen.setPrompts(request.continuationPrompt, right: .empty)
                continue
            }
            request.history?.append(text)
            return .success(.line(text))
        }
    }

    private func begin() {
        history.use(request.history)
        editline_guard_arm(terminal.input, screen.output)
        editline_watch_signals(mailbox.pipe.writeEnd)
        screen.begin()
    }

    private func end() {
        screen.end()
        editline_unwatch_signals()
        editline_guard_disarm()
        request = LineRequest(prompt: .empty)
    }

    private func readPhysicalLine() -> String? {
        // libedit does this at the first key, after the prompt: what is typed in between would be echoed twice.
        editline_set_editing_modes(editor, true)
        keys.typedAhead = screen.clearTypeAhead()
        var count: Int32 = 0
        guard let text = editline_read_line(editor, &count), count > 0 else { return nil }
        var scalars = UnsafeBufferPointer(start: text, count: Int(count))
        if scalars.last == 0x0A { scalars = UnsafeBufferPointer(rebasing: scalars.dropLast()) }
        return String(wide: scalars)
    }
}

// MARK: - Keys

extension EditlineSession {
    private func addCommands() {
        for command in KeyCommand.all {
            let name = WideText(command.name)
            let help = WideText(command.help)
            names += [name, help]
            _ = editline_add_function(editor, name.pointer, help.pointer, command.function)
        }
    }

    private func bindDefaults() {
        let vi = editline_is_vi(editor)
        keys.recognizesSequences = vi
        bind(KeyBinding.defaults(vi: vi))
    }

    private func readEditrc() {
        for line in settings.editrcPath.map(EditrcFile.lines(at:)) ?? [] {
            // A line that libedit does not know is for a newer one, or for another program: it is not ours to complain.
            _ = WideText.with(line) { editline_configure(editor, $0) }
            if EditrcFile.resetsBindings(line) { bindDefaults() }
        }
        bind(KeyBinding.fixed(vi: editline_is_vi(editor)))
    }

    private func bind(_ bindings: [KeyBinding]) {
        for binding in bindings {
            _ = WideText.with(binding.key) { key in
                WideText.with(binding.command) { editline_bind(editor, key, $0, binding.inCommandMode) }
            }
        }
    }
}

// MARK: - Input

extension EditlineSession {
    /// What libedit reads its keys with: 1, or 0 at the end.
    private func readScalar(into target: UnsafeMutablePointer<UInt32>) -> Int32 {
        while true {
            switch keys.next() {
            case .scalar(let scalar):
                target.pointee = scalar.value
                return 1
            case .wake(let bytes):
                if !attend(to: bytes) { return 0 }
            case .end:
                outcome = .success(.endOfInput)
                return 0
            case .failed(let number):
                outcome = .failure(.system(call: "read", errno: number))
                return 0
            }
        }
    }

    /// Does what came up while waiting for a key; false if the read is to end.
    func attend(to bytes: [UInt8]) -> Bool {
        // Continued in the background: brought to the foreground it is continued once more.
        if bytes.contains(editline_continued), screen.isInForeground { screen.resume(line: line) }
        if bytes.contains(editline_window_changed) { screen.resize(line: line) }
        let news = mailbox.news()
        if !news.printouts.isEmpty { screen.printAbove(news.printouts, line: line) }
        guard news.isInterrupted else { return true }
        screen.leave(line: line, mark: "")
        outcome = .success(.interrupted)
        return false
    }
}
