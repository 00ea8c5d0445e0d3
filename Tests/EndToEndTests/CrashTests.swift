import Glibc
import LosslessJSON
import TestSupport
import Testing

/// The real program, a real server and a real file, with the power cut at any instant.
@Suite("A migration that is killed", .serialized)
struct CrashTests {
    private static let size = 1000
    private static let rounds = getenv("HOOKLINE_FULL_TESTS") == nil || Sanitizer.isOn ? 20 : 200

    private func script(_ round: Int) -> String { "select all; set description round-\(round); commit --yes" }

    /// Runs the migration and kills it after a time; answers whether it was still running.
    private func kill(
        _ home: Home, round: Int, after delay: Duration
    ) async throws -> Bool {
        let process = try home.start(["-c", script(round)])
        try await Task.sleep(for: delay)
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        // WIFSIGNALED is a macro that Swift can't see.
        return status & 0x7F == SIGKILL
    }

    private func documents(_ home: Home) async throws -> [String: JSON] {
        let run = try await home.hookline("ls", "--json", "--show-secrets")
        var documents: [String: JSON] = [:]
        for document in try JSON(parsing: run.output).array ?? [] {
            documents[document["webhook_id"]?.string ?? ""] = document
        }
        return documents
    }

    @Test("at any instant, resumes to every webhook as intended, and keeps what others wrote meanwhile")
    func killedAnywhere() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home, ["--seed", "samples:\(Self.size)"])
        try home.configure(server)
        var random = SplitMix(seed: 20_261_121)
        let before = try await documents(home)
        #expect(before.count == Self.size)
        let whole = try await duration(home)
        var (killed, resumed) = (0, 0)
        for round in 1...Self.rounds {
            let delay = whole * (Double(random.next() % 1000) / 1000)
            if try await kill(home, round: round, after: delay) { killed += 1 }
            // Somebody else renames three webhooks between the crash and the resume.
            let foreign = try await rename(server, round, &random, among: before.keys.sorted())
            let log = try await home.hookline("log", "--json", "-n", "1")
            #expect(log.status == 0, "\(log.errors)")
            let newest = try JSON(parsing: log.output).array?.first
            let isOpen = newest?["state"]?.string == "open"
            if isOpen {
                let run = try await home.hookline("resume", "--yes")
                // 5 or 6: a foreign rename came before our write of that webhook.
                #expect([0, 5, 6].contains(run.status), "\(run.errors)")
                resumed += 1
            }
            try await check(home, round, foreign, isOurs: isOpen, before: before)
        }
        #expect(killed > 0, "the delays hit nothing")
        #expect(resumed > 0, "no run was left open")
    }

    /// How long the migration takes when nobody kills it.
    private func duration(_ home: Home) async throws -> Duration {
        let start = ContinuousClock.now
        let run = try await home.hookline("-c", script(0))
        #expect(run.status == 0, "\(run.errors)")
        return ContinuousClock.now - start
    }

    private func rename(
        _ server: ServedSandbox, _ round: Int, _ random: inout SplitMix, among ids: [String]
    ) async throws -> [String: String] {
        var names: [String: String] = [:]
        for number in 1...3 { names[ids[Int(random.next() % UInt64(ids.count))]] = "Theirs \(round).\(number)" }
        let edits = names.map { "set name '\($0.value)' --on \($0.key)" }.sorted().joined(separator: "; ")
        let other = try Home()
        try other.configure(server)
        let run = try await other.hookline("-c", edits + "; commit --yes")
        #expect(run.status == 0, "\(run.errors)")
        return names
    }

    private func check(
        _ home: Home, _ round: Int, _ foreign: [String: String], isOurs: Bool,
        before: [String: JSON]
    ) async throws {
        for (id, document) in try await documents(home) {
            if let name = foreign[id] { #expect(document["webhook_name"]?.string == name) }
            let description = document["description"]?.string
            if isOurs, foreign[id] == nil { #expect(description == "round-\(round)", "\(id)") }
            // What no edit touched is as it was on the first day.
            for member in ["channels", "event_types", "is_active", "created_at"] {
                #expect(document[member] == before[id]?[member], "\(id) \(member)")
            }
        }
    }
}

/// Numbers from a seed (SplitMix64).
private struct SplitMix {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
