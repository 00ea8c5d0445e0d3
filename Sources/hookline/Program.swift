import Dispatch
import Glibc
import HookScript
import LineEditor
import Shell

/// One run: a prompt, a text, a script, or one command.
struct Program {
    let arguments: Arguments

    func run() async -> ExitStatus {
        let wiring = Wiring(arguments: arguments)
        let shell: Shell
        do {
            shell = try wiring.makeShell()
        } catch {
            return wiring.report(error)
        }
        let suspension = Suspension()
        shell.watchCommits { suspension.watch($0) }
        let code = await run(shell, wiring)
        await shell.stopPlugins()
        await shell.connection.close()
        await wiring.sandbox.stop()
        return code
    }

    private func run(_ shell: Shell, _ wiring: Wiring) async -> ExitStatus {
        if arguments.text == nil, arguments.words.isEmpty, wiring.environment.terminal.inputIsTerminal {
            return await prompt(shell, wiring)
        }
        let task = Task { await runUnattended(shell) }
        let interrupts = Signals.on(SIGINT) { Self.interrupt(task, shell) }
        let terminations = Signals.on(SIGTERM) { task.cancel() }
        defer {
            interrupts.cancel()
            terminations.cancel()
        }
        return await task.value
    }

    /// Once: nothing more is sent, and what is under way comes to its end. Twice: nobody waits for that either.
    private static func interrupt(_ task: Task<ExitStatus, Never>, _ shell: Shell) {
        // The keys are the editor's, and Ctrl-C is one of them.
        if shell.isInEditor { return }
        if task.isCancelled { shell.abandon() }
        task.cancel()
    }

    private func runUnattended(_ shell: Shell) async -> ExitStatus {
        let runner = ScriptRunner(shell: shell)
        let batch = Batch(shell: shell, runner: runner)
        if let text = arguments.text {
            guard arguments.words.isEmpty else { return batch.refuse("-c TEXT takes no further words") }
            return await batch.leave(await runner.run(text, name: "-c"))
        }
        if arguments.words.isEmpty {
            return await batch.leave(await batch.runStandardInput())
        }
        return await batch.run(words: arguments.words)
    }

    private func prompt(_ shell: Shell, _ wiring: Wiring) async -> ExitStatus {
        var ports = Repl.Ports { wiring.history(profile: $0.name) }
        ports.status = wiring.status
        ports.completions["run"] = { await shell.runCompletions() }
        ports.recording = { shell.recordingMark }
        ports.template = { shell.preferences.prompt }
        let repl = Repl(shell: shell, lines: wiring.lineReader, ports: ports)
        let interrupts = Signals.on(SIGINT) {
            if shell.isInEditor { return }
            wiring.lineReader.takeInterruptSignal()
            repl.interrupt()
        }
        // A terminal that hangs up: what runs comes to its end, and everything is put away. A second signal ends at once.
        let endings = [SIGHUP, SIGTERM].map { number in
            Signals.on(number) {
                signal(number, SIG_DFL)
                repl.end()
                wiring.lineReader.interrupt()
            }
        }
        defer { for source in [interrupts] + endings { source.cancel() } }
        if !arguments.quiet {
            shell.greet(version: Version.current)
        }
        await shell.offerDrafts()
        let code = await repl.run()
        await wiring.lineReader.close()
        return code
    }
}
