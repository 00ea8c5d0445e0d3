import Session
import TestSupport
import Testing

@testable import Shell

@Suite("A script is the same one however its file is spelled")
struct ScriptIdentityTests {
    private static let script = "select all; set description x\ncommit --yes --max-changes 5\n"

    /// One whose commit was cut off, run in `folder` by this name.
    private func cutOff(_ name: String, in folder: String) async throws -> ShellFixture {
        let fixture = try ShellFixture(in: folder)
        fixture.files.put(Self.script, at: "/work/jobs/fill.hook")
        fixture.service.failNext(.update, .refuse(.unreachable(reason: "down")))
        let stopped = await fixture.run("run \(name)")
        #expect([.partial, .refused].contains(stopped.status), "\(stopped.errors)")
        return fixture
    }

    @Test(
        "what was cut off in one folder is gone on with from another",
        arguments: [
            ("jobs/fill.hook", "/work", "fill.hook", "/work/jobs"),
            ("fill.hook", "/work/jobs", "jobs/./fill.hook", "/work"),
            ("../jobs/fill.hook", "/work/jobs", "/work/jobs/fill.hook", "/elsewhere"),
        ])
    func resumed(_ name: String, _ folder: String, _ later: String, _ laterFolder: String) async throws {
        let first = try await cutOff(name, in: folder)
        let next = try ShellFixture(options: { $0.assumesYes = true }, after: first, in: laterFolder)
        let resumed = await next.run("run \(later) --resume")
        #expect(resumed.status == .done, "\(resumed.errors)")
        #expect(next.service.webhooks.allSatisfy { $0.document["description"] == "x" })
    }

    @Test("a file of the same name in another folder is another script")
    func other() async throws {
        let first = try await cutOff("fill.hook", in: "/work/jobs")
        let next = try ShellFixture(options: { $0.assumesYes = true }, after: first, in: "/elsewhere")
        #expect(await next.run("run fill.hook --resume").errors.contains("no run of fill.hook is unfinished"))
    }

    @Test(
        "a journal that holds names as they were typed serves as before",
        arguments: ["fill.hook", "./fill.hook (override p)"])
    func oldJournal(_ recorded: String) async throws {
        let first = try await cutOff("fill.hook", in: "/work/jobs")
        let run = try await first.journals.run(RunID(rawValue: 1))
        let entries = try await first.journals.entries(of: run.id)
        try await first.journals.finish(run.id, at: run.header.startedAt)
        var header = run.header
        header.script = recorded
        _ = try await first.journals.begin(header, entries: entries, since: try await first.journals.mark())
        let next = try ShellFixture(options: { $0.assumesYes = true }, after: first, in: "/work/jobs")
        #expect(await next.run("log --limit 1 --json").output.contains("\"script\": \"\(recorded)\""))
        let resumed = await next.run("run fill.hook --resume")
        #expect(resumed.status == .done && resumed.errors.contains("Going on with run 2"), "\(resumed.errors)")
    }

    @Test(
        "the log shows a script from where one stands",
        arguments: [
            ("/work/jobs", "fill.hook"), ("/work", "jobs/fill.hook"), ("/elsewhere", "/work/jobs/fill.hook"),
        ])
    func shown(_ folder: String, _ name: String) async throws {
        let first = try await cutOff("fill.hook", in: "/work/jobs")
        let next = try ShellFixture(after: first, in: folder)
        #expect(await next.run("log --json").output.contains("\"script\": \"\(name)\""))
        #expect(await next.run("log 1").output.contains(", by \(name), "))
    }

    @Test(
        "one that runs itself by another spelling is refused",
        arguments: ["./self.hook", "../work/self.hook", "/work/self.hook"])
    func cycle(_ spelling: String) async throws {
        let fixture = try ShellFixture()
        fixture.files.put("run \(spelling)\n", at: "/work/self.hook")
        let run = await fixture.run("run self.hook")
        #expect(run.status == .failed)
        #expect(run.errors.contains("runs itself"), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count < 12)
    }
}
