import CEditline
import Glibc

/// What the editor writes to the terminal beside libedit's own drawing, and the libedit that draws.
final class EditorScreen {
    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"

    let editor: OpaquePointer
    /// The terminal's descriptor, as it was given.
    let output: Int32

    private let stream: UnsafeMutablePointer<FILE>
    private let silence: UnsafeMutablePointer<FILE>
    private let source: UnsafeMutablePointer<FILE>
    private let input: Int32
    /// The terminal's modes before the editor came; nil if they can't be read.
    private let firstModes: termios?
    private let usesColour: Bool
    private let prompt = WideText("")
    private let rightPrompt = WideText("")
    private var promptText = ""
    private var columns: Int

    init?(input: Int32, output: Int32, type: String?, settings: LineReader.Settings) {
        guard let stream = Self.stream(output, "w"), let source = Self.stream(input, "r"),
            let silence = fopen("/dev/null", "we")
        else { return nil }
        var modes = termios()
        let firstModes = tcgetattr(input, &modes) == 0 ? modes : nil
        guard let editor = editline_create(settings.programName, source, stream, silence) else { return nil }
        self.stream = stream
        self.source = source
        self.firstModes = firstModes
        // libedit would complain of an unknown terminal, and of an editrc file, into the line.
        self.silence = silence
        self.editor = editor
        self.input = input
        self.output = output
        usesColour = settings.usesColour
        columns = WindowSize(of: input)?.columns ?? 80
        guard Self.understandsSequences(editor) else { return nil }
    }

    deinit {
        editline_destroy(editor)
        if var modes = firstModes, isInForeground { tcsetattr(input, TCSADRAIN, &modes) }
        for stream in [stream, source, silence] { fclose(stream) }
    }

    /// libedit's streams are its own, so that what the program prints stays out of them.
    private static func stream(_ descriptor: Int32, _ mode: String) -> UnsafeMutablePointer<FILE>? {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        return copy < 0 ? nil : fdopen(copy, mode)
    }

    /// Whether the terminal moves its cursor by ECMA-48's sequences, which all but museum pieces do.
    private static func understandsSequences(_ editor: OpaquePointer) -> Bool {
        guard editline_capability(editor, "ce") != nil else { return false }
        // tmux and screen go up one line by ESC M, which scrolls at the top, and several by a sequence.
        return isSequence(editline_capability(editor, "up")) || isSequence(editline_capability(editor, "UP"))
    }

    private static func isSequence(_ capability: UnsafePointer<CChar>?) -> Bool {
        capability.map { String(cString: $0).hasPrefix("\u{1B}[") } ?? false
    }

    func setPrompts(_ prompt: Prompt, right: Prompt) {
        promptText = PromptEncoding.text(prompt, inColour: usesColour)
        self.prompt.replace(with: PromptEncoding.scalars(prompt, inColour: usesColour))
        rightPrompt.replace(with: PromptEncoding.scalars(right, inColour: usesColour))
        let marker = CChar(PromptEncoding.marker.value)
        editline_set_prompt(editor, { EditlineSession.of($0).screen.prompt.pointer }, marker)
        editline_set_right_prompt(editor, { EditlineSession.of($0).screen.rightPrompt.pointer }, marker)
    }

    /// The window may have changed since the last line.
    func begin() {
        columns = size.columns
        write(Self.pasteOn)
    }

    /// Takes away what the terminal has echoed of keys typed ahead, in the editor's modes and before the prompt: they are
    /// read, and drawn, as part of the line. Gives how many bytes of them wait.
    func clearTypeAhead() -> Int {
        var waiting: Int32 = 0
        guard ioctl(input, UInt(FIONREAD), &waiting) == 0, waiting > 0 else { return 0 }
        write("\r\u{1B}[K")
        flush()
        return Int(waiting)
    }

    func end() {
        write(Self.pasteOff)
        flush()
    }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, stream) }
    }

    func flush() { fflush(stream) }

    /// How descriptions look in a list of candidates.
    var detailStyle: TextStyle { usesColour ? TextStyle(dim: true) : .plain }

    var size: WindowSize { WindowSize(of: input) ?? WindowSize(columns: 80, rows: 24) }
}

// MARK: - Around the line

extension EditorScreen {
    /// Prints lines below the line, and draws it anew below them.
    func printBelow(_ lines: [String], line: EditedLine) {
        moveToEnd(of: line)
        write("\n" + lines.map { $0 + "\n" }.joined())
        redraw()
    }

    /// Prints in the line's place, and draws it anew below.
    func printAbove(_ texts: [String], line: EditedLine) {
        erase(line, columns: columns)
        for text in texts { write(text.hasSuffix("\n") ? text : text + "\n") }
        redraw()
    }

    /// Leaves the line standing and goes to the start of the row below it.
    func leave(line: EditedLine, mark: String) {
        moveToEnd(of: line)
        let column = layout(line, columns).end.column
        write("\r" + (column > 0 ? "\u{1B}[\(column)C" : "") + mark + "\r\n")
        flush()
    }

    /// The window has a new size.
    ///
    /// A terminal may have wrapped the line anew or cut it off; which of both is not known. Going up by the smaller of
    /// both counts may leave a row of the old line, but never takes one of the output above.
    func resize(line: EditedLine) {
        let old = columns
        columns = size.columns
        let rows = min(layout(line, old).cursor.row, layout(line, columns).cursor.row)
        erase(rows: rows)
        flush()
        editline_resize(editor)
        redraw()
    }

    /// Whether the terminal is this process group's. Otherwise to set its modes would stop the process.
    var isInForeground: Bool { tcgetpgrp(input) == getpgrp() }

    /// The process goes on after a stop: the shell has used the terminal meanwhile.
    func resume(line: EditedLine) {
        editline_set_editing_modes(editor, false)
        editline_set_editing_modes(editor, true)
        write("\r\u{1B}[J" + Self.pasteOn)
        flush()
        columns = size.columns
        editline_resize(editor)
        redraw()
    }

    /// Gives the terminal to the shell for the time of a stop.
    func suspend(line: EditedLine) {
        leave(line: line, mark: Self.pasteOff)
        editline_set_editing_modes(editor, false)
    }

    private func layout(_ line: EditedLine, _ columns: Int) -> LineLayout {
        LineLayout(prompt: promptText, line: line.scalars, cursor: line.cursor, columns: columns)
    }

    private func moveToEnd(of line: EditedLine) {
        let layout = layout(line, columns)
        let rows = min(layout.end.row - layout.cursor.row, size.rows)
        write(String(repeating: "\n", count: rows))
    }

    private func erase(_ line: EditedLine, columns: Int) {
        erase(rows: layout(line, columns).cursor.row)
    }

    private func erase(rows: Int) {
        let rows = min(rows, size.rows - 1)
        write((rows > 0 ? "\u{1B}[\(rows)A" : "") + "\r\u{1B}[J")
    }

    private func redraw() {
        flush()
        editline_redraw(editor)
    }
}
