import LosslessJSON
import Testing

/// What a newcomer does first, with the real program.
@Suite("A first look")
struct FirstLookTests {
    @Test("ls prints the samples, the pages' example first, tab-separated off a terminal")
    func samples() async throws {
        let home = try Home()
        let run = try await home.hookline("-c", "ls")
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        let first = try #require(run.lines.first)
        #expect(
            first
                == "wh_abc123def4\tEngineering Slack Alerts\ttrue\tobject.created,object.updated,object.deleted\tslack C0123456789"
        )
        #expect(run.lines.count > 20)
    }

    @Test("two edits change two places of the document and nothing else")
    func twoEdits() async throws {
        let home = try Home()
        let before = try await home.hookline("--sandbox", "get", "wh_abc123def4", "--json", "--show-secrets")
        let run = try await home.hookline(
            "--sandbox", "-c",
            "get wh_abc123def4; set active false; add-event cluster.execution.failed; diff; commit --yes; "
                + "get --json --show-secrets")
        #expect(run.status == 0, "\(run.errors)")
        let document = try JSON(parsing: before.output)
        let jsonStart = try #require(run.output.firstRange(of: "{\n"))
        let after = try JSON(parsing: String(run.output[jsonStart.lowerBound...]))
        let changes = JSON.changes(from: document, to: after).filter { $0.path.description != "updated_at" }
        #expect(changes.map(\.path.description).sorted() == ["event_types[3]", "is_active"])
        #expect(after["is_active"] == false)
        #expect(after["description"] == "Slack notifications for object lifecycle")
        #expect(run.output.contains("  + event_types  cluster.execution.failed\n"))
        #expect(run.output.contains("  ~ is_active  true → false\n"))
        #expect(run.errors.contains("1 webhook sent and verified, run 1."))
    }

    @Test("the default sandbox keeps what was committed, also for a process beside it")
    func persistent() async throws {
        let home = try Home()
        let count = try await home.hookline("count")
        async let first = home.hookline("-c", "use wh_abc123def4; set active false; commit --yes")
        async let second = home.hookline("-c", "use 'Team Search'; set description changed; commit --yes")
        let runs = try await [first, second]
        #expect(runs.allSatisfy { $0.status == 0 }, "\(runs.map(\.errors))")
        let after = try await home.hookline("get", "wh_abc123def4", "--json")
        #expect(try JSON(parsing: after.output)["is_active"] == false)
        let other = try await home.hookline("get", "Team Search", "--json")
        #expect(try JSON(parsing: other.output)["description"] == "changed")
        #expect(try await home.hookline("count").output == count.output)
    }

    @Test("no secret of the samples is shown unless asked for")
    func masked() async throws {
        let home = try Home()
        for words in [
            ["ls"], ["ls", "--json"], ["ls", "--yaml"], ["ls", "--csv"], ["get", "wh_abc123def4"], ["grep", "xoxb"],
        ] {
            let run = try await home.hookline("-c", words.joined(separator: " "))
            #expect(!run.output.contains("xoxb-"), "\(words)")
        }
        let shown = try await home.hookline("ls", "--json", "--show-secrets")
        #expect(shown.output.contains("xoxb-"))
    }

    @Test("standard input is a script, and a reader that goes away ends it quietly")
    func pipes() async throws {
        let home = try Home()
        let run = try await home.hookline(input: "count where active # how many\nuse wh_abc123def4\necho $name\n")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines.last == "Engineering Slack Alerts")
        #expect(Int(run.lines.first ?? "") ?? 0 > 10)
    }

    @Test("every format is written, and JSON can be read back")
    func formats() async throws {
        let home = try Home()
        let ids = try await home.hookline("ls", "--ids")
        #expect(ids.lines.allSatisfy { $0.hasPrefix("wh_") })
        let json = try JSON(parsing: try await home.hookline("ls", "--json").output)
        #expect(json.array?.count == ids.lines.count)
        let jsonl = try await home.hookline("ls", "--jsonl")
        #expect(try jsonl.lines.map { try JSON(parsing: $0)["webhook_id"]?.string } == ids.lines)
        let csv = try await home.hookline("ls", "--csv", "where", "id", "=", "wh_abc123def4")
        #expect(csv.output.hasPrefix("id,name,active,events,channels\r\nwh_abc123def4,Engineering Slack Alerts,true,"))
        let yaml = try await home.hookline("get", "wh_abc123def4", "--yaml")
        #expect(yaml.output.contains("webhook_name: Engineering Slack Alerts\n"))
    }

    @Test("an edit as one command wants --commit, and is done with it")
    func oneCommand() async throws {
        let home = try Home()
        let lost = try await home.hookline("set", "active", "false", "--on", "wh_abc123def4")
        #expect(lost.status == 2)
        #expect(lost.errors.contains("--commit"))
        let done = try await home.hookline("set", "active", "false", "--on", "wh_abc123def4", "--commit", "--yes")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try await home.hookline("count", "where", "id", "=", "wh_abc123def4", "and", "active").output == "0\n")
    }

    @Test("edits that a text leaves staged are said to be gone")
    func leftStaged() async throws {
        let home = try Home()
        let run = try await home.hookline("-c", "use wh_abc123def4; set active false")
        #expect(run.status == 0)
        #expect(run.errors.contains("staged and not committed"))
    }

    @Test("a commit without a terminal needs --yes")
    func needsYes() async throws {
        let home = try Home()
        let run = try await home.hookline("-c", "use wh_abc123def4; set active false; commit")
        #expect(run.status == 2)
        #expect(run.errors.contains("commit --yes"))
        #expect(try await home.hookline("count", "where", "id", "=", "wh_abc123def4", "and", "active").output == "1\n")
    }

    @Test("a dry run sends nothing")
    func dryRun() async throws {
        let home = try Home()
        let run = try await home.hookline("-n", "-c", "use wh_abc123def4; set active false; commit --yes")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("Dry run: nothing was sent."))
        #expect(try await home.hookline("count", "where", "id", "=", "wh_abc123def4", "and", "active").output == "1\n")
    }
}
