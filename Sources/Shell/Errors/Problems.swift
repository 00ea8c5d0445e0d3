import HookScript
import LineEditor
import PluginHost
import Session
import WebhookModel

/// The one place that turns any error into a problem: kind, exit status, sentence.
enum Problems {
    static func problem(_ error: any Error) -> Problem {
        switch error {
        case let error as ShellError: problem(error)
        case let error as ServiceError:
            problem(
                ServiceSentences.name(error.kind), ServiceSentences.exitCode(error.kind),
                ServiceSentences.problem(error))
        case let error as ResolutionError: SessionSentences.problem(error)
        case let error as PlanFile.Failure: SessionSentences.problem(error)
        case let error as PromptTemplate.Failure: ScriptSentences.problem(error)
        case let error as RecordingFile.Failure: ScriptSentences.problem(error)
        case let error as PluginCallError: PluginSentences.problem(error)
        case let error as PinStoreError: PluginSentences.problem(error)
        case let error as EnableFailure: PluginSentences.problem(error)
        case let error as PluginTemplate.Failure: PluginSentences.problem(error)
        case let error as InstallFailure: PluginSentences.problem(error)
        case let error as EditRejection: PluginSentences.problem(error)
        case let error as LaunchFailure: PluginSentences.problem(error, of: "the plugin")
        case let error as CommitGuards.Denial: PluginSentences.problem(error)
        case let error as DeclaredFile.Failure: DeclaredSentences.problem(error)
        case let error as DeclaredFile.Problem: DeclaredSentences.problem(error)
        case let error as DeclaredMatching.Failure: DeclaredSentences.problem(error)
        case let error as EditSheet.Stranger: DeclaredSentences.problem(error)
        case let error as KeptSheet: DeclaredSentences.problem(error)
        case let error as TextEditor.Failure: DeclaredSentences.problem(error)
        case let error as RunError: SessionSentences.problem(error)
        case let error as JournalError: SessionSentences.problem(error)
        case let error as StagingError: SessionSentences.problem(error)
        case let error as EditError: SessionSentences.problem(error)
        case let error as FieldError: SessionSentences.problem(error)
        case let error as ConfigurationError: ConfigurationSentences.problem(error)
        case let error as ProfileResolver.Failure: ConfigurationSentences.problem(error)
        case let error as KeyFailure: ConfigurationSentences.problem(error)
        case let error as SecretStore.Failure: ConfigurationSentences.problem(error)
        case let error as SandboxFailure: ConfigurationSentences.problem(error)
        case let error as ServiceSetupError: ConfigurationSentences.problem(error)
        case let error as FaultSpec.Failure: SandboxSentences.problem(error)
        case let error as ReceiverFailure: SandboxSentences.problem(error)
        case let error as FileError: ConfigurationSentences.problem(error)
        case let error as OutputError: problem(.output(error))
        case let error as LineError: problem(error)
        case let error as ConversionError:
            Problem("wrong-kind", .usage, "“\(Printable.escaped(error.found))” is no \(kindName(error.expected))")
        case let error as PatternError: problem(error)
        case let error as Predicate.Failure: problem(error)
        case let error as CommandFailure: problem(error)
        case let error as ScriptError: problem(error)
        case is CancellationError: problem(ShellError.interrupted)
        default: Problem("internal", .failed, "unexpected: \(Printable.escaped(String(describing: error)))")
        }
    }

    private static func problem(_ kind: String, _ exit: ExitStatus, _ sentence: Sentence) -> Problem {
        Problem(kind, exit, sentence.message, hint: sentence.hint)
    }

    /// How a command is told its webhook, if it can be.
    private static func naming(_ command: String) -> String {
        guard let declaration = CommandTable.declaration(named: command) else { return "" }
        if declaration.flags.contains(where: { $0.signature.name == "on" }) {
            return ", or name it: \(command) … --on WEBHOOK"
        }
        let takesWebhook = declaration.positionals.contains { $0.signature.kind == .webhook }
        return takesWebhook ? ", or name it: \(command) WEBHOOK" : ""
    }

    private static func problem(_ error: ShellError) -> Problem {
        switch error {
        case .noTarget(let command):
            return Problem(
                "no-target", .usage, "\(command) needs a webhook: none is selected and none is current",
                hint: "choose with get, use or select" + naming(command))
        case .noCurrentWebhook(let command):
            return Problem(
                "no-target", .usage, "\(command) needs a webhook: none is current", hint: "name it, or use get first")
        case .usage(let command, let problem, let hint):
            return Problem(
                "usage", .usage, "\(command): \(Printable.escaped(problem))",
                hint: hint.map(Printable.escaped) ?? "help \(command) explains it")
        case .unknownFormat(let name, let nearest):
            return Problem(
                "usage", .usage, "there is no format \(quoted(name))", hint: nearest.map { "did you mean \($0)?" })
        case .unknownCommand(let name, let nearest):
            return Problem(
                "unknown-command", .usage, "there is no command \(quoted(name))",
                hint: nearest.map { "did you mean \($0)?" } ?? "help lists them")
        case .noPlaceForFiles:
            return Problem(
                "no-home", .failed, "there is no place to keep files: HOME is not set",
                hint: "set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME")
        case .cannotAsk(let question, let instead):
            return Problem(
                "cannot-ask", .usage, "there is nobody to ask: \(question.trimmed)", hint: "use: \(instead)")
        case .nothingGiven: return Problem("declined", .declined, "nothing was given; nothing is changed")
        case .declined: return Problem("declined", .declined, "declined; nothing was sent")
        case .stagedEdits(let count, let blocked):
            let edits = count == 1 ? "1 webhook has staged edits" : "\(count) webhooks have staged edits"
            guard blocked == "quit" else {
                return Problem(
                    "staged-edits", .failed, "\(edits) that \(blocked) would lose", hint: "commit or discard all first")
            }
            return Problem(
                "staged-edits", .failed, "\(edits) that are not committed",
                hint: "commit sends them; quit again leaves all the same, and keeps them as a draft where it can")
        case .wouldShowSecrets(let path):
            return Problem(
                "too-open", .failed, "\(Printable.escaped(path)) would get secrets, and others may read it",
                hint: "chmod 600 \(Printable.escaped(path))")
        case .includesItself(let path):
            return Problem("cycle", .failed, "\(Printable.escaped(path)) runs itself, directly or by another script")
        case .faults(let count, let isMore, let path): return ScriptSentences.faults(count, isMore: isMore, path: path)
        case .notCanonical(let count): return ScriptSentences.notCanonical(count)
        case .nothingToResume(let script):
            return Problem(
                "no-run", .failed, "no run of \(Printable.escaped(script)) is unfinished",
                hint: "log lists the runs; run it without --resume")
        case .recordingGoesOn(let path): return ScriptSentences.recordingGoesOn(path)
        case .recordingOverEdits(let count): return ScriptSentences.recordingOverEdits(count)
        case .notRecording:
            return Problem("recording", .failed, "nothing is recorded", hint: "record start FILE begins")
        case .unknownAlias(let name, let nearest): return ScriptSentences.unknownAlias(name, nearest)
        case .programsNotAllowed(let program): return ScriptSentences.programsNotAllowed(program)
        case .notInScripts(let what): return ScriptSentences.notInScripts(what)
        case .noProgram(let name): return ScriptSentences.noProgram(name)
        case .program(let name, let status): return ScriptSentences.program(name, status)
        case .interrupted: return Problem("interrupted", .interrupted, "interrupted")
        case .checksFailed(let count):
            return Problem("checks", .failed, count == 1 ? "1 check failed" : "\(count) checks failed")
        case .findings(let count):
            return Problem(
                "findings", .failed, count == 1 ? "1 check found a problem" : "\(count) checks found problems",
                hint: "each line above says how to mend it")
        case .commit(let exit, let counts, let run): return commit(exit, counts, run)
        case .limits:
            return Problem(
                "limits", .declined, "the plan is over its limits; nothing was sent",
                hint: "the lines above say which; --max-changes and --allow raise them")
        case .planHoldsChanges: return Problem("changes", .changes, "the plan holds changes")
        case .notASandbox(let profile, let host): return SandboxSentences.notASandbox(profile: profile, host: host)
        case .unknownEvent(let id): return SandboxSentences.unknownEvent(id)
        case .rehearsalInDoubt(let error): return SandboxSentences.inDoubt(error)
        case .service(let error): return problem(error as any Error)
        case .journal(let error): return SessionSentences.problem(error)
        case .output(.closed): return Problem("closed", .done, "")
        case .output(.failed(let error)): return ConfigurationSentences.problem(error)
        case .quit: return Problem("quit", .done, "")
        case .exited(let code):
            return Problem("exit", .ofScript(code), "the script ended with exit \(code)")
        }
    }

    private static func commit(_ exit: ExitStatus, _ counts: String, _ run: RunID?) -> Problem {
        let goOn = run.map { "resume \($0) goes on, rollback \($0) takes back what was done" }
        return switch exit {
        case .conflict:
            Problem(
                "conflict", .conflict, "nothing was sent where others changed the same: \(counts)",
                hint: "diff --against live shows both; commit --force takes yours where the webhook is still there")
        case .partial:
            Problem(
                "partial", .partial, "not all of it was done: \(counts)",
                hint: goOn ?? "the lines above say what is left, and why")
        case .interrupted:
            Problem(
                "interrupted", .interrupted, "interrupted: \(counts)",
                hint: goOn ?? "what was not sent is left as it was")
        default:
            Problem("declined", exit, "held back before sending: \(counts)", hint: "the lines above say what to mend")
        }
    }

    private static func problem(_ error: LineError) -> Problem {
        switch error {
        case .tooLong(let limit): Problem("input", .usage, "a line of the input is longer than \(limit) bytes")
        case .notUTF8(let line, let offset):
            Problem("input", .usage, "line \(line) of the input is not UTF-8, at byte \(offset + 1)")
        case .system(let call, let code):
            Problem("input", .failed, "the input cannot be read: \(call) failed (\(code))")
        case .closed: Problem("input", .failed, "the input is closed")
        }
    }

    private static func problem(_ error: PatternError) -> Problem {
        Problem("bad-pattern", .usage, DiagnosticRenderer.message(error.code))
    }

    private static func problem(_ error: Predicate.Failure) -> Problem {
        Problem("bad-condition", .usage, DiagnosticRenderer.message(.operation(error.problem)))
    }

    private static func problem(_ error: CommandFailure) -> Problem {
        if let cause = error.cause { return problem(cause) }
        let status = error.kind == "exit" ? .ofScript(error.exitCode) : ExitStatus(rawValue: error.exitCode) ?? .failed
        return Problem(error.kind, status, error.message, hint: error.hints.first)
    }

    /// As a command that ran a script fails with it; its diagnostics are shown whole by the reporter.
    private static func problem(_ error: ScriptError) -> Problem {
        if let failure = error.failure { return problem(failure) }
        guard let first = error.diagnostics.first else { return Problem("script", .failed, "the script failed") }
        let status = ExitStatus(rawValue: first.code.exitCode) ?? .failed
        return Problem("script", status, DiagnosticRenderer.message(first.code))
    }

    private static func kindName(_ kind: ArgumentKind) -> String {
        switch kind {
        case .boolean: "boolean (true or false)"
        case .integer: "whole number"
        case .number: "number"
        case .time: "time"
        case .duration: "duration"
        case .json: "JSON"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        default: "such value"
        }
    }

    private static func quoted(_ text: String) -> String { "“\(Printable.escaped(text))”" }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while let last = text.last, last == " " || last == ":" { text.removeLast() }
        return String(text)
    }
}
