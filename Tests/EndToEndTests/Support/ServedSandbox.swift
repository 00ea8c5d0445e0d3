import Glibc
import LosslessJSON
import TestSupport

/// `hookline sandbox serve` for other programs, stopped with its owner.
final class ServedSandbox: Sendable {
    static let key = "sk_test_served"

    let base: String
    private let process: pid_t

    init(_ home: Home, _ words: [String] = [], environment: [String: String?] = [:], errors: String? = nil) async throws
    {
        let output = home.file("serve.out")
        unlink(output)
        var streams: [StartedProgram.Stream] = [.input("/dev/null"), .output(output)]
        if let errors { streams.append(.errors(home.file(errors))) }
        process = try StartedProgram.start(
            [Home.program, "sandbox", "serve", "--port", "0", "--key", Self.key] + words,
            environment: home.environment(environment), streams: streams)
        do {
            base = try await Self.base(home)
        } catch {
            kill(process, SIGKILL)
            throw error
        }
    }

    deinit {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// What makes hookline work on it.
    var environment: [String: String?] { ["MIXPEEK_API_KEY": Self.key, "MIXPEEK_API_BASE": base] }

    /// Waits for the line that says where it listens.
    private static func base(_ home: Home) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            if let text = home.read("serve.out"), text.hasSuffix("\n") {
                if let base = (try? JSON(parsing: text))?["base"]?.string { return base }
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw ProgramRun.Failure(description: "the sandbox did not say where it listens")
    }
}
