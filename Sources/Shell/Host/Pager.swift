import HookScript

/// Shows what is longer than the window, page by page.
struct Pager: Sendable {
    /// For `/bin/sh -c`, as every program takes `PAGER`.
    let line: String
    /// What fits in the window.
    let rows: Int

    func show(_ text: String, in environment: ShellEnvironment) async throws {
        if text.utf8.count(where: { $0 == 0x0A }) >= rows {
            try environment.standardOutput.flush()
            // less passes colours on, and leaves short text on the screen, unless the user has it otherwise.
            let shell = ProcessCommand.shell("LESS=\"${LESS-FRX}\"; export LESS; \(line)")
            let pipeline = ProcessPipeline(
                commands: [shell.arguments], standardInput: Array(text.utf8), output: .inherited,
                ignoresCancellation: true)
            let result = try? await environment.processes.run(pipeline)
            // 126 and 127: there was no pager, and nothing was shown.
            if let status = result?.status, status < 126 || status > 127 { return }
        }
        try environment.standardOutput.write(text)
        try environment.standardOutput.flush()
    }
}

extension Shell {
    /// The pager for what a line prints: only one that was typed, on a terminal.
    func pager(for source: SourceText) -> Pager? {
        let terminal = environment.terminal
        guard isInteractive, source.name == "prompt", terminal.inputIsTerminal, terminal.outputIsTerminal,
            !terminal.isDumb, let rows = terminal.rows()
        else { return nil }
        switch preferences.paging {
        case .never: return nil
        case .command(let line): return Pager(line: line, rows: rows)
        case .environment:
            guard let line = environment.variables["PAGER"], !line.allSatisfy(\.isWhitespace), line != "cat" else {
                return nil
            }
            return Pager(line: line, rows: rows)
        }
    }
}
