import TestSupport

/// The probe on a pseudo-terminal.
enum ProbeSession {
    /// Starts it and waits for its prompt.
    static func start(
        _ arguments: [String] = [], columns: Int = 80, rows: Int = 24, type: String? = "xterm-256color",
        language: String? = "C.UTF-8", prompt: String = "probe>"
    ) async throws -> PtyProcess {
        let pty = try PtyProcess(
            HelperProgram.path("line-editor-probe"), arguments,
            environment: PtyProcess.environment(type: type, language: language), columns: columns, rows: rows)
        try await pty.wait(forLine: prompt, column: 7)
        return pty
    }
}
