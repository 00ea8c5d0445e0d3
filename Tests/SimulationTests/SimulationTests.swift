import TestSupport
import Testing

/// Sessions, server and network in virtual time, seed by seed: docs/safety.md has what is simulated and what is checked.
@Suite("The simulator", .serialized)
struct SimulationTests {
    private func simulate(_ arguments: String..., seconds: Int = 1_200) async throws -> ProgramRun {
        try await ProgramRun.run(
            HelperProgram.path("simulator"), arguments, environment: ["SWIFT_BACKTRACE": "enable=no"], seconds: seconds)
    }

    @Test("finds no promise broken")
    func unbroken() async throws {
        let seeds = Sanitizer.isOn ? 30 : 300
        let run = try await simulate("--seeds", "1..\(seeds)")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.lines.first?.hasPrefix("seeds          \(seeds)") == true)
    }

    @Test("plays a seed twice in the same way, bit for bit", arguments: ["3", "9", "27"])
    func repeatable(_ seed: String) async throws {
        let first = try await simulate("--trace", seed)
        let second = try await simulate("--trace", seed)
        #expect(first.lines.count > 5)
        #expect(first.output == second.output)
        #expect(try await simulate("--trace", seed + "1").output != first.output)
    }

    @Test("notices that the code was broken on purpose", arguments: Self.breakages)
    func noticed(_ breakage: Breakage) async throws {
        let run = try await simulate("--seeds", "1..\(breakage.seeds)", "--mutate", breakage.name, "--brief")
        #expect(run.status == 1, "\(run.output)\(run.errors)")
        #expect(run.output.contains("breaks a promise after"), "\(run.output)\(run.errors)")
    }

    @Test("knows no other breakages than those that are tried")
    func complete() async throws {
        #expect(try await simulate("--mutations").lines.sorted() == Self.breakages.map(\.name).sorted())
    }

    @Test("makes a failing seed smaller and tells its story")
    func story() async throws {
        let run = try await simulate("--seeds", "1..100", "--mutate", "drop-is-active")
        #expect(run.status == 1)
        #expect(run.output.contains("the smallest scenario that still does:"))
        #expect(run.output.contains("VIOLATION"))
    }

    struct Breakage: CustomTestStringConvertible {
        let name: String
        /// Seeds within which it must be noticed.
        let seeds: Int
        var testDescription: String { name }
    }

    static let breakages = [
        Breakage(name: "drop-is-active", seeds: 100),
        Breakage(name: "drop-unknown-members", seeds: 100),
        Breakage(name: "write-over-base", seeds: 1000),
        Breakage(name: "resend-create", seeds: 1000),
        Breakage(name: "resend-write", seeds: 1000),
        Breakage(name: "confirm-blindly", seeds: 1000),
        Breakage(name: "take-routers-word", seeds: 1000),
        Breakage(name: "leave-late", seeds: 1000),
        Breakage(name: "skip-refresh", seeds: 1000),
        Breakage(name: "resume-blindly", seeds: 1000),
        Breakage(name: "last-page-lost", seeds: 1000),
        Breakage(name: "look-is-old", seeds: 1000),
        Breakage(name: "journal-late", seeds: 1000),
        Breakage(name: "forget-before-image", seeds: 1000),
        Breakage(name: "forget-created", seeds: 1000),
        Breakage(name: "confirm-failures", seeds: 1000),
        Breakage(name: "ignore-marks", seeds: 1000),
        Breakage(name: "follow-redirects", seeds: 1000),
        Breakage(name: "ignore-leases", seeds: 1000),
        Breakage(name: "look-at-once", seeds: 1000),
        Breakage(name: "take-conflicts-for-updates", seeds: 1000),
    ]
}
