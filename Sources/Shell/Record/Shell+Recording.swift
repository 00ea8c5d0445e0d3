import HookScript
import Session

/// What a recording will say of a command, made out before the command runs: afterwards names may mean something else.
struct RecordingNote: Sendable {
    var line: String?
    let rule: RecordingRule
    let command: String
    /// The session before the command.
    let before: SessionState
}

extension Shell {
    /// The mark in the prompt.
    package var recordingMark: String? { recorder.map { $0.isPaused ? "rec paused" : "rec" } }

    /// Runs a command, and records what is to be.
    func recorded(
        _ invocation: Invocation, _ run: () async throws -> CommandOutput
    ) async throws -> CommandOutput {
        let note = await recordingNote(of: invocation)
        do {
            let output = try await run()
            if case .failing(_, let error) = output {
                await record(note, failure: error)
            } else {
                await record(note, failure: nil)
            }
            return output
        } catch {
            await record(note, failure: error)
            throw error
        }
    }

    /// What is to be recorded of a command; nil if nothing is.
    private func recordingNote(of invocation: Invocation) async -> RecordingNote? {
        guard let recorder, !recorder.isPaused else { return nil }
        let rule = RecordingRule.of(invocation)
        guard
            [.kept, .edits].contains(rule) || (rule == .looks && recorder.keepsAll && invocation.purpose == .statement)
        else {
            return nil
        }
        // What fails here fails in the command too, and is told there.
        guard let state = try? await state() else { return nil }
        let (environment, folder, fields) = (environment, folder, webhookFields)
        let isInEach = isInEach
        let names = RecordedNames(state: state, firstNumber: recorder.firstNumber, initial: recorder.initial)
        let statement = RecordedStatement(
            invocation: invocation, names: names, isInEach: isInEach, lastRun: lastRun,
            absolute: { environment.absolute($0, in: folder) }, field: { try? fields.resolve($0) })
        var line: String?
        record { recorder in
            if rule != .looks { try recorder.choose(state, hasCurrent: !isInEach, name: names.name) }
            line = statement.line(&recorder.secrets)
        }
        return RecordingNote(line: line, rule: rule, command: invocation.command, before: state)
    }

    /// Records a command that came to its end, well or not.
    private func record(_ note: RecordingNote?, failure: (any Error)?) async {
        guard let note, recorder != nil else { return }
        let state = await connection.knownState
        let problem = failure.map { Problems.problem($0) }
        let chose = !isInEach || ["use", "get", "create", "clone"].contains(note.command)
        record { recorder in
            guard let line = note.line else { return }
            if note.rule == .edits, problem == nil {
                if let state { try recorder.add(editsFrom: note.before, to: state) }
                return
            }
            switch problem?.exit {
            case nil, .done?, .changes?: try recorder.add(line)
            // Some of it was done, and what was not is not done the next time either.
            case .partial?: try recorder.add("try; \(line); catch; end")
            default: try recorder.addFailed(line, problem?.kind ?? "")
            }
            if note.rule == .kept, problem == nil, let state { recorder.follow(state, hasCurrent: chose) }
        }
    }

    /// Changes the recording. One that cannot be written ends, and what was done stays done.
    private func record(_ body: (inout Recorder) throws -> Void) {
        do {
            try withRecorder { recorder in
                if recorder != nil { try body(&recorder!) }
            }
        } catch {
            let path = recorder?.path ?? ""
            recorder = nil
            let sentence = Problems.problem(error).sentence
            messages.warn(
                "the recording in \(Printable.escaped(path)) ended here: \(sentence.message)", hint: sentence.hint)
        }
    }
}
