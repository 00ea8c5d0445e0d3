import Glibc
import TestSupport
import Testing

@Suite("Without an editor")
struct PlainTests {
    static func started(type: String?) throws -> PtyProcess {
        try PtyProcess(HelperProgram.path("line-editor-probe"), environment: PtyProcess.environment(type: type))
    }

    @Test(
        "a dumb, unset or unknown terminal gets lines without a single escape sequence",
        arguments: ["dumb", nil, "no-such-terminal"])
    func dumb(type: String?) async throws {
        let pty = try Self.started(type: type)
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type("set (a\n")
        try await pty.wait(forLine: "...>", column: 5)
        try await pty.type("grün)\n")
        try await pty.wait(forRow: #"[line "set (a\\ngrün)"]"#)
        try await pty.type(Key.control("c"))
        try await pty.wait(forRow: "[interrupted]")
        try await pty.wait(forLine: "probe>", column: 7)
        try await pty.type(Key.control("d"))
        #expect(try await pty.waitForEnd() == .exited(0))
        let hasSequences = pty.output.contains(0x1B)
        #expect(!hasSequences)
    }
}
