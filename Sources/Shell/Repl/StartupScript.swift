import HookScript

/// `rc.hook` of the configuration folder: what a prompt begins with.
struct StartupScript {
    let shell: Shell

    /// Runs it as if its lines were typed, so that what it defines is there from then on. Whatever is wrong with it is
    /// said, and the prompt comes all the same.
    func run() async -> ExitStatus {
        let files = shell.environment.files
        guard !shell.options.skipsStartupScript, let path = shell.environment.paths?.startupScript,
            files.status(path) != nil
        else { return .done }
        // `quit` in it would leave nobody a prompt to mend it at.
        defer { shell.isLeaving = false }
        do {
            // Its lines are obeyed as if they were typed.
            if let status = files.status(files.resolved(path)), status.isOthersToWrite {
                let isOwn = status.isOwnedByUser || status.isOwnedByRoot
                throw ConfigurationError(path: path, reason: .untrusted(mode: status.mode, isOwn: isOwn))
            }
            let bytes = try files.read(path, limit: shell.limits.sourceBytes)
            let interpreter = shell.interpreter
            // Like any script file it may run programs only where the command line says so.
            _ = try await shell.inScript(path, interpreter, allowsExec: false) {
                try await interpreter.run(SourceText(name: path, bytes: bytes))
            }
        } catch {
            let status = ErrorReporter(shell: shell).report(error)
            if status == .done { return status }
            shell.messages.warn("\(Printable.escaped(path)) did not run to its end", hint: "--no-rc skips it")
            return status
        }
        return .done
    }
}
