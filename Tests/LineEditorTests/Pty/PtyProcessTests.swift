import CPlatform
import Glibc
import TestSupport
import Testing

@Suite("A program on a pseudo-terminal")
struct PtyProcessTests {
    @Test("leads its session, has the terminal, its size, its folder and exactly its environment")
    func spawn() async throws {
        let pty = try PtyProcess(
            "/bin/bash", ["-c", #"ps -o pid=,sid=,tpgid= $$ | tr -s ' '; echo $$; stty size; pwd; env | grep -c ."#],
            environment: ["PATH": "/usr/bin:/bin", "TERM": "dumb"], columns: 60, rows: 9, directory: "/usr")
        #expect(try await pty.waitForEnd() == .exited(0))
        let rows = pty.screen.rows
        let process = rows[1]
        #expect(rows[0].split(separator: " ").prefix(2).allSatisfy { $0 == process })
        #expect(rows[2...3] == ["9 60", "/usr"])
    }

    @Test("that cannot be executed is reported", arguments: ["/no/such/program", "/etc/passwd"])
    func missing(path: String) {
        #expect(throws: PtyProcess.SystemError.self) { try PtyProcess(path, environment: [:]) }
    }

    @Test("has every signal at its default, whatever its parent ignores")
    func signals() async throws {
        signal(SIGUSR1, SIG_IGN)
        defer { signal(SIGUSR1, SIG_DFL) }
        let pty = try PtyProcess("/bin/bash", ["-c", "kill -USR1 $$; echo alive"], environment: [:])
        #expect(try await pty.waitForEnd() == .killed(signal: SIGUSR1))
    }

    @Test("a wait that is in vain says what was awaited and shows the screen")
    func timeout() async throws {
        let pty = try PtyProcess("/bin/bash", ["-c", "echo hello"], environment: [:], columns: 20, rows: 2)
        let error = await #expect(throws: PtyProcess.Timeout.self) { try await pty.wait(forRow: "goodbye") }
        #expect(error?.awaited == "goodbye")
        #expect(error?.screen.contains("|hello") == true)
    }

    @Test("the death signal of a parent can be set, and nonsense is refused")
    func parentDeathSignal() {
        #expect(platform_set_parent_death_signal(0) == 0)
        #expect(platform_set_parent_death_signal(10_000) == EINVAL)
    }
}
