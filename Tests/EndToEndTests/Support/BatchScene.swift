import Glibc
import LosslessJSON
import TestSupport
import Testing

/// One server for a whole suite, with organizations of 500 webhooks: starting one costs more than most tests.
struct BatchServer: SuiteTrait, TestScoping {
    /// Each an organization of its own, `sk_NAME`.
    let organizations: [String]

    @TaskLocal static var current: ServedSandbox?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let home = try Home()
        let keys = organizations.flatMap { ["--key", "sk_\($0)"] }
        let server = try await ServedSandbox(home, ["--seed", "samples:500"] + keys)
        try await Self.$current.withValue(server, operation: function)
    }
}

extension Trait where Self == BatchServer {
    static func batchServer(_ organizations: [String]) -> BatchServer { BatchServer(organizations: organizations) }
}

/// A user who runs a script of scripts/batch on an organization of the shared server.
final class BatchScene: Sendable {
    static let folder =
        String(#filePath.prefix(upTo: #filePath.firstRange(of: "/Tests/EndToEndTests/")!.lowerBound))
        + "/scripts/batch/"

    /// Every script there is, by its name without `.hook`.
    static let scripts: [String] = {
        var names: [String] = []
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".hook") { names.append(String(name.dropLast(5))) }
        }
        return names.sorted()
    }()

    let home: Home
    let script: String

    /// - Parameter other: an organization that is the profile `production`.
    init(_ script: String, other: String? = nil) throws {
        home = try Home()
        self.script = Self.folder + script + ".hook"
        let base = try #require(BatchServer.current).base
        for folder in [".config", ".config/hookline"] { mkdir(home.file(folder), 0o700) }
        var text = "default: here\nprofiles:\n" + Self.profile("here", base, script)
        if let other { text += Self.profile("production", base, other) }
        try home.write(text, to: ".config/hookline/config.yaml")
        chmod(home.file(".config/hookline/config.yaml"), 0o600)
    }

    private static func profile(_ name: String, _ base: String, _ organization: String) -> String {
        """
          \(name):
            base: \(base)
            key: sk_\(organization)
            secrets: plain
            max_changes: none
            max_percent: none

        """
    }

    /// Runs a text; it must end well.
    @discardableResult
    func run(_ text: String) async throws -> String {
        let run = try await home.hookline("-c", text)
        try #require(run.status == 0, "\(text): \(run.errors)")
        return run.output
    }

    func count(_ condition: String, profile: String? = nil) async throws -> Int {
        let output = try await run((profile.map { "profile use \($0); " } ?? "") + "count where \(condition)")
        return try #require(Int(output.split(separator: "\n").first ?? ""))
    }

    func secret(_ name: String, _ value: String) async throws {
        let run = try await home.hookline("secret", "set", name, input: value + "\n")
        try #require(run.status == 0, "\(run.errors)")
    }

    /// A dry run, which must leave everything as it is, then the run itself.
    ///
    /// - Parameter ignoring: a member that changes by itself meanwhile.
    func perform(_ words: String..., ignoring member: String? = nil) async throws -> ProgramRun {
        let before = try await documents(without: member)
        let dry = try await ProgramRun.run(
            Home.program, ["run", script] + words + ["--dry-run", "--yes"], environment: home.environment(),
            directory: home.path)
        #expect(dry.status == 0, "\(dry.errors)")
        let after = try await documents(without: member)
        #expect(after == before, "the dry run wrote something")
        let run = try await ProgramRun.run(
            Home.program, ["run", script] + words + ["--yes"], environment: home.environment(), directory: home.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(!(run.output + run.errors + dry.output + dry.errors).contains("canary"))
        return run
    }

    private func documents(without member: String?) async throws -> String {
        let lines = try await run("ls --jsonl --show-secrets")
        guard let member else { return lines }
        return try lines.split(separator: "\n").map { line in
            var document = try JSON(parsing: String(line)).object ?? [:]
            document[member] = nil
            return JSON(document).text(.compact)
        }.joined(separator: "\n")
    }

    /// The same without expecting that it ends well, and without a dry run.
    func attempt(_ words: String...) async throws -> ProgramRun {
        try await ProgramRun.run(
            Home.program, ["run", script] + words + ["--yes"], environment: home.environment(), directory: home.path)
    }
}
