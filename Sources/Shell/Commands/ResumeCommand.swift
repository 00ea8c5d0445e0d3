import HookScript
import Session

/// `resume`: goes on with a run that was interrupted.
enum ResumeCommand: Command {
    static let declaration = CommandDeclaration(
        "resume", .write, "goes on with a run that was interrupted",
        positionals: [DeclaredPositional("RUN", .run, .optional, "its number; the newest unfinished one if not given")],
        flags: CommitFlags.asking + CommitFlags.sending + [
            DeclaredFlag("same-organization", "the key is another one, of the same organization"),
            DeclaredFlag("json", "write the report as JSON"),
        ],
        restrictions: .notInSubstitution, rules: CommitFlags.rules,
        details: [
            "The server's copies of all that is open are read: what the server holds already is noted as done, what is as "
                + "it was before is sent, and anything else is a conflict and is left alone."
        ],
        examples: [.init("resume", "the newest unfinished run"), .init("resume 12 --yes", "in a script")],
        exits: [.notAllowed, .refused, .conflict, .partial, .declined, .interrupted])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let session = try await call.shell.connection.session()
        return try await goOn(with: try await RunChoice.run(call, session) { $0.finishedAt == nil }, call)
    }

    /// Does what is left of a run.
    static func goOn(with run: RunID, _ call: CommandCall) async throws -> CommandOutput {
        let shell = call.shell
        let session = try await shell.connection.session()
        let profile = await shell.connection.profile
        let options = try await CommitFlags.options(call, profile, session)
        let prepared: PreparedCommit
        do {
            prepared = try await session.prepareResume(
                run, options, sameOrganization: call.has("same-organization"),
                observer: { progress in
                    guard case .awaiting(let run, let duration) = progress else { return }
                    shell.messages.note(ProgressMeter.awaiting(run, duration))
                })
        } catch RunError.nothingOpen {
            shell.messages.note("Run \(run) has nothing left to do.")
            return call.wantsData ? .value([]) : .nothing
        }
        shell.messages.note("Going on with run \(run).")
        return try await CommitConversation(call: call, session: session, profile: profile).hold(prepared)
    }
}

/// The run that a command is about.
enum RunChoice {
    /// The one named; else this session's last, else the newest that is wanted.
    static func run(
        _ call: CommandCall, _ session: Session, where isWanted: @escaping @Sendable (RunSummary) -> Bool
    ) async throws -> RunID {
        if let text = call.text("RUN") {
            guard let number = Int(text), number > 0 else {
                throw ShellError.usage(
                    command: call.invocation.command, problem: "a run is a number", hint: "log lists them")
            }
            return RunID(rawValue: number)
        }
        if let last = call.shell.lastRun, let summary = try? await session.journal.run(last), isWanted(summary) {
            return last
        }
        return try await session.newestRun(where: isWanted).id
    }
}
