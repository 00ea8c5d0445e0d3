import HookScript
import Session
import WebhookModel

/// A recording that goes on: what it holds, and where its replay would be by now.
struct Recorder: Sendable {
    /// What a replay of the file so far leaves chosen.
    struct Choice: Hashable, Sendable {
        var current: WebhookKey?
        var selection: [WebhookKey] = []
        var isSelecting = false

        init() {}

        init(_ state: SessionState) {
            current = state.current
            selection = state.selection.keys
            isSelecting = state.isSelecting
        }
    }

    let keepsAll: Bool
    /// `new:N` of the session that the recording does not count.
    let firstNumber: Int
    /// The webhooks that there were at the beginning.
    let initial: Set<WebhookID>
    private(set) var count = 0
    private(set) var isPaused = false
    private(set) var replayed = Choice()
    var secrets = RecordedSecrets()
    private var file: RecordingFile
    private var written = 0

    var path: String { file.path }

    /// Begins a file.
    init(
        _ file: RecordingFile, head: RecordingHead, replacing: Bool, keepsAll: Bool, from state: SessionState
    ) throws(FileError) {
        self.file = file
        self.keepsAll = keepsAll
        firstNumber = state.lastNumber
        initial = Set(state.listing.ids)
        try self.file.create(head.text, replacing: replacing)
    }

    /// Adds a statement that was carried out.
    mutating func add(_ line: String) throws {
        try addParameters()
        try file.append(Self.oneLine(line))
        count += 1
    }

    /// Adds the edits that a session has staged since it was `before`, each as the command that makes it.
    mutating func add(editsFrom before: SessionState, to state: SessionState) throws {
        let names = RecordedNames(state: state, firstNumber: firstNumber, initial: initial)
        for staged in state.staged {
            let known = before.staged(staged.key)?.edits.count ?? 0
            for (index, edit) in staged.edits.enumerated().dropFirst(known) {
                // A new webhook is begun by its first edit, and current from then on.
                let isBegun = !(staged.isNew && index == 0)
                let line: String
                do throws(EditText.Failure) { line = try EditText.line(edit) } catch {
                    let kind = error == .notExpressible ? "no words for it" : "a secret without a reference"
                    try addFailed("an edit of \(names.name(staged.key))", kind)
                    continue
                }
                let word = edit == .delete ? " " : " --on="
                try add(isBegun ? line + word + names.name(staged.key) : line)
                if !isBegun { replayed.current = staged.key }
            }
        }
    }

    /// Adds a statement that failed, as a comment.
    mutating func addFailed(_ line: String, _ kind: String) throws {
        // Nothing can be asked for in a comment, and what looks like a secret has no business in one.
        guard let shown = HistoryRedactor.redact(line) else { return }
        try file.append("# failed (\(kind)): " + Self.oneLine(shown))
    }

    /// Makes the replay's choice that of the session.
    ///
    /// - Parameter hasCurrent: whether the current webhook is the session's own, and not that of an `each`.
    mutating func choose(_ state: SessionState, hasCurrent: Bool, name: (WebhookKey) -> String) throws {
        let wanted = Choice(state)
        replayed = replayed.carried(over: state)
        if hasCurrent, wanted.current != replayed.current, let key = wanted.current {
            try add("use " + name(key))
            replayed.current = key
        }
        guard wanted.selection != replayed.selection || wanted.isSelecting != replayed.isSelecting else { return }
        if !wanted.isSelecting {
            try add("deselect")
        } else if wanted.selection.isEmpty {
            // A selection that holds nothing is one all the same.
            try add("select where id = none")
        } else {
            try add("select " + wanted.selection.map(name).joined(separator: " "))
        }
        replayed.selection = wanted.selection
        replayed.isSelecting = wanted.isSelecting
    }

    /// Takes note of what a recorded command left chosen.
    ///
    /// - Parameter hasCurrent: whether the command made the current webhook what it is, or none of an `each` is open.
    mutating func follow(_ state: SessionState, hasCurrent: Bool) {
        var next = Choice(state)
        if !hasCurrent { next.current = replayed.carried(over: state).current }
        replayed = next
    }

    mutating func pause() throws {
        isPaused.toggle()
        try file.append(isPaused ? "# paused" : "# goes on")
    }

    /// Leaves the file as `fmt` would write it.
    mutating func finish(signatures: any SignatureLookup) throws {
        let name = path
        try file.rewrite { text in
            try Formatter.format(SourceText(name: name, text: text), signatures: signatures)
        }
    }

    /// `param`s stand at a script's head, so that the file is written anew for each.
    private mutating func addParameters() throws {
        let new = secrets.parameters[written...]
        guard !new.isEmpty else { return }
        let lines = new.map { $0.line + "\n" }.joined()
        let last = written == 0 ? RecordingHead.requirement : secrets.parameters[written - 1].line
        let name = path
        try file.rewrite { text in
            guard let range = text.firstRange(of: last + "\n") else { throw RecordingFile.Failure.changed(path: name) }
            return text[..<range.upperBound] + lines + text[range.upperBound...]
        }
        written = secrets.parameters.count
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}

extension Recorder.Choice {
    /// The same once webhooks were created or are gone.
    fileprivate func carried(over state: SessionState) -> Self {
        var next = self
        next.current = current.flatMap { key in
            if case .new(let number) = key, let id = state.createdID(number) {
                return state.contains(.existing(id)) ? .existing(id) : nil
            }
            return state.contains(key) ? key : nil
        }
        return next
    }
}

/// The first lines of a recording.
struct RecordingHead: Sendable {
    static let requirement = "requires hookline 1"

    let version: String
    let profile: String
    let host: String
    let time: Timestamp
    /// The file's own name.
    let name: String

    var text: String {
        """
        # Recorded by hookline \(version) on \(Printable.escaped(profile)) (\(Printable.escaped(host))) at \(time).
        # To do it again: hookline --profile \(WordPrinter.word(profile)) run \(Printable.escaped(WordPrinter.word(name)))
        # With --check it is only looked through, with --dry-run nothing is sent, with --yes its commits do not ask.
        \(Self.requirement)

        """
    }
}
