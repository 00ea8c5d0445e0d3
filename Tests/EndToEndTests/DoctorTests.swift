import Glibc
import LosslessJSON
import TestSupport
import Testing

/// `hookline doctor` on surroundings that are really broken.
@Suite("doctor")
struct DoctorTests {
    private func findings(_ run: ProgramRun) throws -> [String: JSON] {
        var findings: [String: JSON] = [:]
        for finding in try JSON(parsing: run.output).array ?? [] {
            findings[try #require(finding["check"]?.string)] = finding
        }
        return findings
    }

    @Test("on a server that is well it exits 0, asks one question and leaves every file as it was")
    func well() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home)
        try home.configure(server)
        _ = try await home.hookline("-c", "use wh_abc123def4; set active false; commit --yes")
        let log = try await home.hookline("log", "1").output
        let before = Self.tree(home.path)
        let run = try await home.hookline("doctor")
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        #expect(run.errors == "")
        #expect(Self.tree(home.path) == before)
        #expect(try await home.hookline("log", "1").output == log)
        #expect(!run.output.contains(ServedSandbox.key))
        let found = try findings(try await home.hookline("doctor", "--json"))
        for check in ["config", "state", "journal", "disk", "key", "host", "clock", "dialect"] {
            #expect(found[check]?["state"] == "ok", "\(check): \(String(describing: found[check]))")
        }
    }

    /// Paths with sizes and times of change, without the journal, whose leftovers of a last session SQLite tidies up.
    private static func tree(_ path: String) -> [String] {
        var lines: [String] = []
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != "..", !["serve", "journal"].contains(where: name.hasPrefix) else { continue }
            var status = stat()
            let child = path + "/" + name
            lstat(child, &status)
            if status.st_mode & S_IFMT == S_IFDIR {
                lines += [child] + tree(child)
            } else {
                lines.append("\(child) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)")
            }
        }
        return lines.sorted()
    }

    @Test("a configuration with a key that others may read is named with the command that mends it")
    func exposed() async throws {
        let home = try Home()
        for folder in ["/.config", "/.config/hookline"] { mkdir(home.path + folder, 0o700) }
        try home.write(
            "default: a\nprofiles:\n  a:\n    base: http://127.0.0.1:1\n    key: sk_doctor_canary\n",
            to: ".config/hookline/config.yaml")
        chmod(home.file(".config/hookline/config.yaml"), 0o644)
        let run = try await home.hookline("doctor", "--json")
        #expect(run.status == 1)
        #expect(!(run.output + run.errors).contains("canary"))
        let found = try findings(run)
        #expect(found["config"]?["state"] == "problem")
        #expect(found["config"]?["hint"]?.string == "chmod 600 \(home.file(".config/hookline/config.yaml"))")
        #expect(found["profile"]?["state"] == "problem")
        chmod(home.file(".config/hookline/config.yaml"), 0o600)
        #expect(try findings(try await home.hookline("doctor", "--json"))["config"]?["state"] == "ok")
    }

    @Test("a host that is not reached, and a key that is not taken, exit 1 and say what to do")
    func server() async throws {
        let home = try Home()
        let away = try await home.hookline(
            "doctor", "--json", environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": "http://127.0.0.1:1"])
        #expect(away.status == 1)
        let first = try findings(away)
        #expect(first["host"]?["state"] == "problem")
        #expect(first["host"]?["detail"]?.string?.contains("no connection to 127.0.0.1:1") == true)
        #expect(first["key"]?["state"] == "ok")

        let served = try await ServedSandbox(home)
        let wrong = try await home.hookline(
            "doctor", "--json",
            environment: ["MIXPEEK_API_KEY": "sk_wrong_canary", "MIXPEEK_API_BASE": served.base])
        #expect(wrong.status == 1)
        let second = try findings(wrong)
        #expect(second["key"]?["state"] == "problem")
        #expect(second["host"]?["state"] == "ok")
        #expect(!(wrong.output + wrong.errors).contains("sk_wrong_canary"))
    }

    @Test("a state folder that cannot be written is a problem with its mode's mend")
    func readOnlyState() async throws {
        let home = try Home()
        for folder in ["/.local", "/.local/state", "/.local/state/hookline"] { mkdir(home.path + folder, 0o700) }
        chmod(home.file(".local/state/hookline"), 0o500)
        let run = try await home.hookline(asUser: ["doctor", "--json"])
        #expect(run.status == 1, "\(run.output) \(run.errors)")
        let state = try #require(try findings(run)["state"])
        #expect(state["state"] == "problem")
        #expect(state["hint"]?.string == "chmod u+w \(home.file(".local/state/hookline"))")
    }

    @Test("without HOME, on a full journal of nonsense, and with an unknown profile it still tells")
    func brokenSurroundings() async throws {
        let home = try Home()
        let homeless = try await home.hookline("doctor", "--json", environment: ["HOME": nil])
        #expect(homeless.status == 1)
        #expect(try findings(homeless)["home"]?["state"] == "problem")

        for folder in ["/.local", "/.local/state", "/.local/state/hookline"] { mkdir(home.path + folder, 0o700) }
        try home.write(String(repeating: "nonsense\n", count: 1000), to: ".local/state/hookline/journal.db")
        chmod(home.file(".local/state/hookline/journal.db"), 0o600)
        let damaged = try await home.hookline("--profile", "nowhere", "doctor", "--json")
        #expect(damaged.status == 1)
        let found = try findings(damaged)
        #expect(found["journal"]?["state"] == "problem")
        #expect(found["profile"]?["detail"]?.string?.contains("nowhere") == true)
        #expect(found["home"] == nil)
    }
}
