import TestSupport

/// The probe on a pseudo-terminal.
struct ProbeSession {
    let pty: PtyProcess
    static let prompt = "probe> "

    static func start(
        _ arguments: [String] = [], columns: Int = 80, rows: Int = 24, type: String? = "xterm-256color",
        language: String? = "C.UTF-8"
    ) async throws -> PtyProcess {
        let pty = try PtyProcess(
            HelperProgram.path("line-editor-probe"), arguments,
            environment: PtyProcess.environment(type: type, language: language), columns: columns, rows: rows)
        try await pty.wait(forLine: "probe>", column: 7)
        return pty
    }
}
