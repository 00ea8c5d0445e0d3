import Glibc
import TestSupport
import Testing

@Suite("A crash")
struct CoreDumpTests {
    /// Whether a program that a signal ends dumps its memory, where the shell that starts it allows that.
    private func dumps(_ command: String, in home: Home, killed: (pid_t) async throws -> Void) async throws -> Bool {
        var variables = home.environment()
        variables["SWIFT_BACKTRACE"] = nil
        let process = try StartedProgram.start(
            ["/bin/sh", "-c", "ulimit -c unlimited; cd '\(home.path)'; exec \(command)"], environment: variables,
            streams: [.input("/dev/null"), .output(home.file("out")), .errors(home.file("err"))])
        try await killed(process)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        #expect(status & 0x7F == SIGSEGV)
        return status & 0x80 != 0
    }

    @Test("leaves no core and no registers, which hold keys and secrets")
    func nothing() async throws {
        let home = try Home()
        // What a machine does with any other program: without that the test shows nothing, and fails nowhere.
        let others = try await dumps("sh -c 'kill -SEGV $$'", in: home) { _ in }
        let ours = try await dumps("\(Home.program) sandbox serve --port 0", in: home) { process in
            let deadline = ContinuousClock.now + .seconds(180)
            while home.read("out")?.contains("base") != true, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(5))
            }
            kill(process, SIGSEGV)
        }
        #expect(!ours, "others: \(others)")
        #expect(home.read("err") == "")
    }
}
