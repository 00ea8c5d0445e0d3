import CEditline
import Glibc

/// Lines without an editor: from a pipe, a dumb terminal, or without echo.
///
/// No escape sequence is written. A prompt is written to a terminal only.
final class PlainSession {
    private let terminal: Terminal
    private let limit: Int
    private let mailbox: Mailbox
    private let poll: InputPoll
    private var unread: [UInt8] = []
    private var lineNumber = 0

    private static let pieceSize = 64 << 10

    init(terminal: Terminal, limit: Int, mailbox: Mailbox) {
        self.terminal = terminal
        self.limit = limit
        self.mailbox = mailbox
        poll = InputPoll(descriptor: terminal.input, pipe: mailbox.pipe)
    }

    func read(_ request: LineRequest) -> Result<LineResult, LineError> {
        var preceding = ""
        var prompt = request.prompt
        while true {
            show(prompt)
            switch readPhysicalLine() {
            case .success(.line(let line)):
                let text = preceding + line
                guard request.validator?.validate(text) == .incomplete else {
                    if terminal.isInteractive { request.history?.append(text) }
                    return .success(.line(text))
                }
                preceding = text + "\n"
                prompt = request.continuationPrompt
            case .success(.endOfInput) where !preceding.isEmpty && !terminal.inputIsTerminal:
                // A script that is cut off: what is missing is for the parser to say.
                return .success(.line(String(preceding.dropLast())))
            case let result:
                return result
            }
        }
    }

    /// Reads a line that is not shown.
    func readSecret(_ prompt: Prompt) -> Result<LineResult, LineError> {
        guard terminal.inputIsTerminal, editline_guard_arm(terminal.input, terminal.conversation ?? terminal.input)
        else {
            return readPhysicalLine()
        }
        defer { editline_guard_disarm() }
        var modes = termios()
        tcgetattr(terminal.input, &modes)
        var silent = modes
        silent.c_lflag &= ~tcflag_t(ECHO)
        silent.c_lflag |= tcflag_t(ICANON | ISIG | ECHONL)
        silent.c_iflag |= tcflag_t(ICRNL)
        // Continued after a stop, the process would find the modes that its shell has set, and the rest be shown.
        withUnsafeMutableBytes(of: &silent.c_cc) { $0[Int(VSUSP)] = 0 }
        // What was typed before the question is not its answer.
        tcsetattr(terminal.input, TCSAFLUSH, &silent)
        unread = []
        defer { tcsetattr(terminal.input, TCSADRAIN, &modes) }
        show(prompt)
        return readPhysicalLine()
    }

    private func show(_ prompt: Prompt) {
        guard terminal.inputIsTerminal, let output = terminal.conversation else { return }
        writeAll(PromptEncoding.text(prompt, inColour: false), to: output)
    }

    private func readPhysicalLine() -> Result<LineResult, LineError> {
        var searched = 0
        while true {
            if let end = unread[searched...].firstIndex(of: 0x0A) {
                let line = unread[..<end]
                defer { unread.removeSubrange(...end) }
                return line.count > limit ? .failure(.tooLong(limit: limit)) : text(line)
            }
            searched = unread.count
            if searched > limit { return .failure(.tooLong(limit: limit)) }
            switch poll.wait() {
            case .silence: continue
            case .wake:
                guard attend() else { return .success(.interrupted) }
                continue
            case .input: break
            }
            switch poll.read(limit: Self.pieceSize) {
            case nil: continue
            case .bytes(let bytes): unread += bytes
            case .failed(let number): return .failure(.system(call: "read", errno: number))
            case .end:
                guard !unread.isEmpty else { return .success(.endOfInput) }
                defer { unread = [] }
                return text(unread[...])
            }
        }
    }

    /// Of a terminal's bytes what is no text is shown as U+FFFD; a pipe's must be right.
    private func text(_ line: ArraySlice<UInt8>) -> Result<LineResult, LineError> {
        lineNumber += 1
        if let text = String(validating: line, as: UTF8.self) { return .success(.line(text)) }
        if terminal.inputIsTerminal { return .success(.line(String(decoding: line, as: UTF8.self))) }
        return .failure(.notUTF8(line: lineNumber, offset: validPrefix(line)))
    }

    private func validPrefix(_ bytes: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
        return count
    }

    private func attend() -> Bool {
        let news = mailbox.news()
        if let output = terminal.conversation {
            for text in news.printouts { writeAll(text.hasSuffix("\n") ? text : text + "\n", to: output) }
            if news.isInterrupted, terminal.inputIsTerminal { writeAll("\n", to: output) }
        }
        guard news.isInterrupted else { return true }
        if terminal.inputIsTerminal { unread = [] }
        return false
    }
}
