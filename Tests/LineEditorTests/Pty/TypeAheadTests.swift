import TestSupport
import Testing

@Suite("What is typed ahead of an editor's end")
struct TypeAheadTests {
    @Test("is there for whoever reads the terminal next")
    func behind() async throws {
        let probe = HelperProgram.path("line-editor-probe")
        let pty = try PtyProcess(
            "/bin/bash", ["-c", #""$0"; read -r rest; echo "next: $rest""#, probe],
            environment: PtyProcess.environment(type: "xterm-256color", language: "C.UTF-8"), columns: 80, rows: 24)
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type("quit\rnot lost\r")
        try await pty.wait(forRow: "next: not lost")
        #expect(try await pty.waitForEnd() == .exited(0))
        #expect(pty.modes == .usual)
    }
}
