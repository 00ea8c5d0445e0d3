import Dispatch
import Glibc
import LineEditor

/// Reads lines and says what it read, for the tests on a pseudo-terminal.
///
/// Arguments: `--history PATH`, `--editrc PATH`, `--right PROMPT`, `--editor upper|fails`; `--append TAG` enters a hundred
/// entries into the history and ends.
/// SIGUSR1 prints above the line, SIGUSR2 traps.
/// Lines with a meaning: `secret` asks for one, `busy` waits for Ctrl-C as a command would, `quiet` does so without a
/// word, `quit` ends.
@main
struct LineEditorProbe {
    static func main() async {
        let options = Options(CommandLine.arguments.dropFirst())
        if let tag = options.tag, let path = options.history {
            let history = HistoryFile(path: path)
            for number in 0..<100 { history.append("\(tag) \(number)\n\(String(repeating: tag, count: 50))") }
            say(history.failure.map { "failed \($0)" } ?? "appended")
            return
        }
        let reader = LineReader(
            terminal: Terminal(type: getenv("TERM").map { String(cString: $0) }),
            settings: LineReader.Settings(programName: "probe", editrcPath: options.editrc))
        let signals = Signals(reader: reader)
        let request = LineRequest(
            prompt: Prompt([.init("probe", TextStyle(.green, bold: true)), .init("> ")]), continuationPrompt: "...> ",
            rightPrompt: Prompt(options.right),
            completer: ProbeCompleter(), validator: ProbeValidator(),
            history: options.history.map { HistoryFile(path: $0) } ?? InMemoryHistory(), explainer: ProbeExplainer(),
            editor: options.editor.map(Self.editor))
        while await step(reader, request, signals) {}
        await reader.close()
        say("bye")
    }

    /// One line; false at the end.
    static func step(_ reader: LineReader, _ request: LineRequest, _ signals: Signals) async -> Bool {
        do {
            switch try await reader.readLine(request) {
            case .line("quit"): return false
            case .line("secret"):
                let secret = try await reader.readSecret(prompt: "Key: ")
                say("secret \(secret)")
            case .line("quiet"): await signals.nextInterrupt()
            case .line("busy"):
                say("busy")
                await signals.nextInterrupt()
                say("cancelled")
            case .line(let text): say("line \(VisibleText.escaped(text).debugDescription)")
            case .interrupted: say("interrupted")
            case .endOfInput:
                say("end")
                return false
            }
            return true
        } catch {
            say("error \(error)")
            return false
        }
    }

    static func editor(_ kind: String) -> @Sendable (String) async -> String? {
        { text in
            print("(editing)")
            fflush(nil)
            return kind == "upper" ? text.uppercased() + "\n" : nil
        }
    }

    static func say(_ text: String) {
        print("[\(text)]")
        fflush(nil)
    }

    struct Options {
        var history: String?
        var editrc: String?
        var tag: String?
        var editor: String?
        var right = ""

        init(_ arguments: ArraySlice<String>) {
            var rest = arguments
            while let name = rest.popFirst() {
                if name == "--history" { history = rest.popFirst() }
                if name == "--editrc" { editrc = rest.popFirst() }
                if name == "--editor" { editor = rest.popFirst() }
                if name == "--append" { tag = rest.popFirst() }
                if name == "--right" { right = rest.popFirst() ?? "" }
            }
        }
    }
}

/// Candidates of every kind a test needs.
struct ProbeCompleter: Completer {
    static let words: [Completions.Candidate] =
        [
            .init("alphabet"), .init("alphanumeric"), .init("beta"),
            .init("wh_abc123def4", detail: "Team Slack"), .init("wh_xyz789ghi0", detail: "Überwachung 監視"),
            .init("key=", suffix: ""), .init("grün"), .init("new\u{1B}[31mline"),
        ] + (0..<300).map { .init("item-\($0)") }

    func completions(for context: CompletionContext) -> Completions {
        let before = context.text.utf8.prefix(context.cursor)
        let start = before.lastIndex { $0 == 0x20 || $0 == 0x0A }.map { before.index(after: $0) } ?? before.startIndex
        let word = String(before[start...]) ?? ""
        let lower = context.cursor - word.utf8.count
        let fitting = Self.words.filter { $0.text.lowercased().hasPrefix(word.lowercased()) }
        return Completions(replacing: lower..<context.cursor, candidates: word.isEmpty ? [] : fitting)
    }
}

/// Explains an empty line and the blank behind a command.
struct ProbeExplainer: Explainer {
    func explanation(for context: CompletionContext) -> [String]? {
        context.text.isEmpty || context.text == "commit " ? ["explained \(context.text.debugDescription)"] : nil
    }
}

/// An open parenthesis or a backslash at the end goes on.
struct ProbeValidator: Validator {
    func validate(_ text: String) -> Validation {
        let open = text.utf8.count { $0 == UInt8(ascii: "(") }
        let closed = text.utf8.count { $0 == UInt8(ascii: ")") }
        return open > closed || text.hasSuffix("\\") ? .incomplete : .complete
    }
}

/// The signals that a shell would handle.
final class Signals {
    private let interrupts: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init(reader: LineReader) {
        let (interrupts, sink) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.interrupts = interrupts
        sources = [
            Self.source(SIGINT) {
                reader.takeInterruptSignal()
                sink.yield()
            },
            Self.source(SIGUSR1) { reader.printAbove("notice") },
            Self.source(SIGUSR2) { fatalError("asked for") },
        ]
    }

    func nextInterrupt() async {
        for await _ in interrupts { return }
    }

    private static func source(
        _ number: Int32, _ handler: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "signal"))
        let isRegistered = DispatchSemaphore(value: 0)
        source.setEventHandler(handler: handler)
        source.setRegistrationHandler { isRegistered.signal() }
        source.activate()
        // One that came before would be lost.
        isRegistered.wait()
        return source
    }
}
