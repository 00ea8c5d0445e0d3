/// Where lines come from: a terminal with an editor, a pipe, or a test's list.
package protocol LineSource: Sendable {
    /// Reads one text: a line, or several when the request's validator wants more. One call at a time; a second waits
    /// for its turn. Cancelling the task ends the read with `.interrupted`.
    func readLine(_ request: LineRequest) async throws(LineError) -> LineResult
}

/// How a read ended.
package enum LineResult: Hashable, Sendable {
    /// The text, without its final newline; `\n` between the lines of one that was continued or pasted.
    case line(String)
    /// Ctrl-D on an empty line, the end of a pipe, or a terminal that went away.
    case endOfInput
    /// Ctrl-C: what was typed is dropped, and the caller goes on.
    case interrupted
}

/// What a read can fail with.
package enum LineError: Error, Hashable, Sendable {
    /// A line of a pipe is longer than the limit, in bytes.
    case tooLong(limit: Int)
    /// A line of a pipe is not UTF-8; `line` counts from 1, `offset` is the byte within it.
    case notUTF8(line: Int, offset: Int)
    /// A system call on the input failed; `call` is its name.
    case system(call: String, errno: Int32)
    /// The reader has been closed.
    case closed
}

/// One read: the prompts, and what helps while the line is edited.
package struct LineRequest: Sendable {
    package var prompt: Prompt
    /// Before the second and later lines of a text that goes on.
    package var continuationPrompt: Prompt
    /// At the right edge, where there is room.
    package var rightPrompt: Prompt
    package var completer: (any Completer)?
    package var validator: (any Validator)?
    /// Recalled from, and added to; nil for an answer to a question.
    package var history: (any HistoryStore)?
    /// Answers `?`, which otherwise is a character.
    package var explainer: (any Explainer)?
    /// Has the text edited in another program, which gets the terminal in its usual modes; nil leaves the text as it is.
    package var editor: (@Sendable (String) async -> String?)?

    package init(
        prompt: Prompt, continuationPrompt: Prompt = "> ", rightPrompt: Prompt = .empty,
        completer: (any Completer)? = nil, validator: (any Validator)? = nil, history: (any HistoryStore)? = nil,
        explainer: (any Explainer)? = nil, editor: (@Sendable (String) async -> String?)? = nil
    ) {
        self.prompt = prompt
        self.continuationPrompt = continuationPrompt
        self.rightPrompt = rightPrompt
        self.completer = completer
        self.validator = validator
        self.history = history
        self.explainer = explainer
        self.editor = editor
    }
}
