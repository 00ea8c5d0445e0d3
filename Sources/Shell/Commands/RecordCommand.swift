import HookScript
import LosslessJSON

/// `record`: what is done becomes a script.
enum RecordCommand: Command {
    static let declaration = CommandDeclaration(
        "record", .script, "writes what is done from now on as a script",
        flags: .output,
        subcommands: [
            CommandDeclaration(
                "start", .script, "begins a recording",
                positionals: [DeclaredPositional("FILE", .file, "the script; it must not exist")],
                flags: [
                    DeclaredFlag("force", "replace a file that exists"),
                    DeclaredFlag("all", "keep the commands that only look, too"),
                ]),
            CommandDeclaration("stop", .script, "ends it"),
            CommandDeclaration("pause", .script, "leaves out what follows, until it is said again"),
            CommandDeclaration("status", .script, "says what is recorded"),
        ],
        details: [
            "A statement that changed the session or the server is written once it has succeeded, in canonical form: "
                + "webhooks by their identifiers, or new:N where the recording creates them, blocks, aliases and scripts as "
                + "the commands that they ran. One that failed stays as a comment. Secrets are written as references; one "
                + "that was typed becomes a param. The file can be run whatever happens.",
            "It begins without staged edits, so that it starts from what the server holds. pause leaves a gap, and what is "
                + "done meanwhile is missing when it is run.",
        ],
        examples: [
            .init("record start move.hook", "from now on"), .init("record stop", "then: hookline run move.hook"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        switch call.invocation.subcommand {
        case "start": try await start(call)
        case "stop": try await stop(call)
        case "pause": try pause(call)
        default: status(call)
        }
    }

    private static func start(_ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        if let recorder = shell.recorder {
            throw ShellError.recordingGoesOn(path: recorder.path)
        }
        let staged = await shell.connection.stagedCount
        guard staged == 0 else { throw ShellError.recordingOverEdits(count: staged) }
        let profile = await shell.connection.profile
        let file = call.text("FILE")!
        let path = try shell.outputPath(file, in: shell.folder)
        let head = RecordingHead(
            version: Version.current, profile: profile.name, host: profile.host, time: shell.environment.now(),
            name: file)
        shell.recorder = try Recorder(
            RecordingFile(path: path, files: shell.environment.files), head: head, replacing: call.has("force"),
            keepsAll: call.has("all"), from: try await shell.state())
        shell.messages.note("Recording to \(Printable.escaped(path)). record stop ends it.")
        return .nothing
    }

    private static func stop(_ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        var recorder = try going(shell)
        shell.recorder = nil
        if let state = await shell.connection.knownState, !recorder.isPaused {
            let names = RecordedNames(state: state, firstNumber: recorder.firstNumber, initial: recorder.initial)
            try recorder.choose(state, hasCurrent: !shell.isInEach, name: names.name)
        }
        try recorder.finish(signatures: shell)
        shell.messages.note("\(statements(recorder.count)) recorded in \(Printable.escaped(recorder.path)).")
        return .nothing
    }

    private static func pause(_ call: CommandCall) throws -> CommandOutput {
        _ = try going(call.shell)
        let isPaused = try call.shell.withRecorder { recorder in
            try recorder?.pause()
            return recorder?.isPaused ?? false
        }
        call.shell.messages.note(isPaused ? "Nothing is recorded until record pause." : "The recording goes on.")
        return .nothing
    }

    private static func status(_ call: CommandCall) -> CommandOutput {
        guard let recorder = call.shell.recorder else {
            return .report(["Nothing is recorded."], json: ["recording": false])
        }
        let paused = recorder.isPaused ? ", paused" : ""
        return .report(
            ["\(Printable.escaped(recorder.path)): \(statements(recorder.count))\(paused)"],
            json: [
                "recording": true, "path": JSON(recorder.path), "statements": JSON(recorder.count),
                "paused": JSON(recorder.isPaused), "all": JSON(recorder.keepsAll),
            ])
    }

    private static func going(_ shell: Shell) throws -> Recorder {
        guard let recorder = shell.recorder else {
            throw ShellError.notRecording
        }
        return recorder
    }

    private static func statements(_ count: Int) -> String { count == 1 ? "1 statement" : "\(count) statements" }
}
