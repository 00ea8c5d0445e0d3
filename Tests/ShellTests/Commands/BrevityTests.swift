import LosslessJSON
import Testing

@testable import Shell

@Suite("Much said briefly")
struct BrevityTests {
    private static func documents(_ count: Int, events: [String] = ["object.created"]) -> [JSON] {
        (1...count).map { number in
            var document = ShellFixture.second
            try? document.set(JSON("wh_many\(number)"), at: [.name("webhook_id")])
            try? document.set(JSON("Many \(number)"), at: [.name("webhook_name")])
            try? document.set(JSON(events.map { JSON($0) }), at: [.name("event_types")])
            return document
        }
    }

    @Test("status lists twenty staged webhooks and counts the rest; --all and data have them all")
    func status() async throws {
        let fixture = try ShellFixture(Self.documents(23))
        _ = await fixture.run("select all; set description x")
        let run = await fixture.run("status")
        #expect(run.output.contains("Staged on 23 webhooks:"))
        #expect(run.output.split(separator: "\n").count { $0.hasPrefix("  update") } == 20)
        #expect(run.output.hasSuffix("  and 3 more; status --all shows them\n"))
        let all = await fixture.run("status --all")
        #expect(all.output.split(separator: "\n").count { $0.hasPrefix("  update") } == 23)
        #expect(!all.output.contains("more;"))
        #expect(try JSON(parsing: await fixture.run("status --json").output)["staged"]?.array?.count == 23)
    }

    @Test("an event type that no catalogue has is warned of once, with a count, wherever it stands in the lists")
    func warnings() async throws {
        let fixture = try ShellFixture(Self.documents(5))
        _ = await fixture.run("select all; add-event object.craeted; set-events object.craeted --on wh_many1")
        let run = await fixture.run("plan")
        let warnings = (run.output + run.errors).split(separator: "\n").filter { $0.contains("warning:") }
        #expect(
            warnings == [
                "  warning: “object.craeted” is in no catalogue of event types; did you mean object.created? (5 webhooks)"
            ])
    }

    @Test("a warning about one webhook names it")
    func oneWarning() async throws {
        let fixture = try ShellFixture(Self.documents(2))
        let run = await fixture.run("set-events object.craeted --on wh_many1; set description x --on wh_many2; plan")
        #expect((run.output + run.errors).contains("warning: wh_many1: “object.craeted” is in no catalogue"))
    }

    @Test("one webhook over a limit is one webhook")
    func plural() async throws {
        let fixture = try ShellFixture(Self.documents(2))
        let run = await fixture.run("set description x --on wh_many1; commit --yes --max-changes 0")
        #expect(run.errors.contains("1 webhook would be written, and the limit is 0"), "\(run.errors)")
    }

    @Test(
        "a command that needs a webhook says how it is told, and no more than it takes",
        arguments: [
            ("set active false", "or name it: set … --on WEBHOOK"), ("discard", "or name it: discard WEBHOOK"),
            ("edit", "or name it: edit"), ("delete", "or name it: delete"),
        ])
    func hints(_ line: String, _ hint: String) async throws {
        let run = await (try ShellFixture()).run(line)
        #expect(run.status == .usage)
        #expect(run.errors.contains("hint: choose with get, use or select"))
        #expect(run.errors.contains(hint), "\(run.errors)")
        if line == "discard" { #expect(!run.errors.contains("--on")) }
    }
}
