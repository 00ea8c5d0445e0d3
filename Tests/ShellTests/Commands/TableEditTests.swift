import LosslessJSON
import Testing
import WebhookModel

@testable import Session
@testable import Shell

@Suite("What ls --csv wrote, edited and applied")
struct TableEditTests {
    private static let everything =
        "ls --columns id,name,description,active,events,resource_types,channels --csv > a.csv"

    /// Members as nobody would like them in a table.
    private static let awkward: [[String: JSON]] = [
        ["description": JSON("two\nlines,\t\u{1B}[31m \\n 👩\u{200D}💻\r\nand\rmore \"quoted\"\u{301}, so")],
        ["description": "see https://hooks.slack.com/services/T0/B0/abcdefgh", "webhook_name": JSON("a\u{202E}b")],
        ["resource_types": ["document", "object"], "event_types": ["a;b", " c", JSON("d\u{202E}e")]],
        ["description": 5, "webhook_name": JSON(" https://u:secretpw@x.example/ ")],
        ["description": nil, "resource_types": [], "is_active": nil],
        ["description": JSON("\t"), "resource_types": "all"],
    ]

    private func fixture(_ members: [String: JSON]) throws -> ShellFixture {
        var webhook = ShellFixture.example
        for (name, value) in members {
            if name == Member.isActive {
                try webhook.remove(at: [.name(name)])
            } else {
                try webhook.set(value, at: [.name(name)])
            }
        }
        return try ShellFixture([webhook])
    }

    @Test("changes nothing where nobody edited it, whatever a cell cannot show", arguments: awkward)
    func unedited(_ members: [String: JSON]) async throws {
        let fixture = try fixture(members)
        #expect(await fixture.run(Self.everything).status == .done)
        let file = try #require(fixture.files.text("/work/a.csv"))
        #expect(!file.contains("\u{1B}") && !file.contains("secretpw") && !file.contains("abcdefgh"))
        let run = await fixture.run("apply a.csv")
        #expect(run.errors.contains("are so already"), "\(run)")
        #expect(await fixture.run("diff --against a.csv").output.isEmpty)
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    @Test("an edited cell has its lines, and what the table shows as escapes is what it was")
    func edited() async throws {
        let fixture = try fixture(["description": JSON("one\r\n👩\u{200D}💻 on call\u{1B}")])
        _ = await fixture.run(Self.everything)
        let file = try #require(fixture.files.text("/work/a.csv"))
        #expect(file.contains("one\r\n👩\\u{200D}💻 on call\\u{1B}"))
        fixture.files.put(
            String(file.split(separator: "on call").joined(separator: "off")), at: "/work/b.csv")
        let run = await fixture.run("apply b.csv; show wh_abc123def4 description --json")
        #expect(try JSON(parsing: run.output).string == "one\r\n👩\u{200D}💻 off\u{1B}", "\(run)")
    }

    @Test("an escape that the text has itself is not taken for one of the table's")
    func ownEscape() async throws {
        let fixture = try fixture(["description": JSON("\\u{200D} is 👩\u{200D}💻")])
        fixture.files.put("id,description\nwh_abc123def4,\\u{200D} was\n", at: "/work/a.csv")
        let run = await fixture.run("apply a.csv; show wh_abc123def4 description --json")
        #expect(try JSON(parsing: run.output).string == "\\u{200D} was")
    }

    @Test("an edited text that shows a mask is refused: nobody can tell the secret that is to stand there")
    func masked() async throws {
        let fixture = try fixture(["description": "see https://user:secretpw@x.example/ now"])
        fixture.files.put(
            "id,description\nwh_abc123def4,see https://••••@x.example/ later\n", at: "/work/a.csv")
        let run = await fixture.run("apply a.csv")
        #expect(run.status == .usage && run.errors.contains("line 2: description shows a mask"), "\(run)")
        #expect(await fixture.shell.connection.stagedCount == 0)
        fixture.files.put("id,description\nwh_abc123def4,another\n", at: "/work/b.csv")
        #expect(await fixture.run("apply b.csv").status == .done)
    }

    @Test("a row of text is escaped once in TSV, where a line is a record")
    func tabs() async throws {
        let fixture = try fixture(["description": JSON("a\nb\\\u{301}c")])
        #expect(await fixture.run("ls --columns description --tsv").output == "a\\nb\\\\\u{301}c\n")
        #expect(await fixture.run("grep b --tsv").output.contains("a\\nb\\\\\u{301}c\n"))
    }
}
