import LineEditor
import LosslessJSON
import Testing

@testable import Shell

@Suite("What Tab offers")
struct ShellCompleterTests {
    /// What is offered for a line after others were run, `|` in it being the cursor if not at its end.
    private func completions(
        _ line: String, after: String = "use wh_abc123def4", documents: [JSON]? = nil,
        sources: [String: CompletionKnowledge.Source] = [:], environment: [String: String] = [:]
    ) async throws -> Completions {
        let fixture = try ShellFixture(
            documents ?? [ShellFixture.example, ShellFixture.second], environment: environment)
        _ = await fixture.run(after)
        return await Self.completions(line, in: fixture.shell, sources: sources)
    }

    static func completions(
        _ line: String, in shell: Shell, sources: [String: CompletionKnowledge.Source] = [:]
    ) async -> Completions {
        let memory = CompletionMemory(sources: sources)
        await memory.refresh(shell)
        await memory.settle()
        let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        return ShellCompleter(shell: shell) { memory.knowledge(of: shell) }
            .completions(for: CompletionContext(text: parts.joined(), cursor: parts[0].utf8.count))
    }

    private func offers(_ line: String, after: String = "use wh_abc123def4") async throws -> [String] {
        try await completions(line, after: after).candidates.map(\.text)
    }

    @Test(
        "the grammar decides what is due",
        arguments: [
            ("desel", ["deselect"]),
            ("use wh_a", ["wh_abc123def4"]),
            ("get Eng", ["'Engineering Slack Alerts'"]),
            ("get \"Eng", ["'Engineering Slack Alerts'"]),
            ("get 'Eng", ["'Engineering Slack Alerts'"]),
            ("get 'ring slack", ["wh_abc123def4"]),
            ("add-event taxonomy.cr", ["taxonomy.created"]),
            ("remove-event ", ["object.created", "object.updated"]),
            ("remove-event object.created ", ["object.updated"]),
            ("ls --so", ["--sort"]),
            ("ls --sort na", ["name"]),
            ("ls --format js", ["json", "jsonl"]),
            ("ls --format=js", ["json", "jsonl"]),
            ("ls where descr", ["description"]),
            ("ls where channels.slack.work", ["channels.slack.workspace_id"]),
            ("ls where x_t", ["x_team"]),
            ("ls where rec", ["receives("]),
            ("ls where channel = ema", ["email"]),
            ("ls where channel in [sl", ["slack"]),
            ("ls where receives(taxonomy.cr", ["taxonomy.created"]),
            ("ls where events has taxonomy.cr", ["taxonomy.created"]),
            ("ls where name = Aud", ["'Audit Trail Logger'"]),
            ("ls where id = wh_x", ["wh_xyz789uvw0"]),
            ("ls where active ", ["and", "or", "=", "!="]),
            ("ls where created ", ["<", ">", "<=", ">=", "=", "!=", "and", "or"]),
            ("ls where events ", ["has", "~", "=", "!=", "in", "and", "or"]),
            ("ls where channels.email.content_type = ht", ["html"]),
            ("secret s", ["set"]),
            ("create New --events alert.created alert.d", ["alert.deleted"]),
            ("create New --events alert.deleted alert.d", []),
            ("create New --channel sl", ["slack"]),
            ("history --cl", ["--clear"]),
            ("history --clear --cl", []),
            ("add-channel sla", ["slack"]),
            ("add-channel slack workspace", ["workspace_id="]),
            ("add-channel email content_type=ht", ["html"]),
            ("set-channel slack bot", ["bot_token="]),
            ("set-channel 0 bot", ["bot_token="]),
            ("set-channel slack channel_id=C1 channel", ["channel="]),
            ("set acti", ["active"]),
            ("set active t", ["true"]),
            ("set name ", ["'Engineering Slack Alerts'"]),
            ("set channels.slack.channel_id ", ["C0123456789"]),
            ("set channels.slack.bot_token ", []),
            ("set channels[0].configs.work", ["channels[0].configs.workspace_id"]),
            ("replace description Sl", ["'Slack notifications'"]),
            ("remove-channel sl", ["slack"]),
            ("help add-c", ["add-channel"]),
            ("echo $na", ["name"]),
            ("echo ${na", ["name"]),
            ("count; desel", ["deselect"]),
            ("if true\n  desel", ["deselect"]),
            ("if true\n  en", ["end"]),
            ("let x = $(desel", ["deselect"]),
            ("each sel", ["selected"]),
            ("eac", ["each"]),
            ("lis", ["listen", "list"]),
            ("profile use sand", ["sandbox"]),
            ("echo hello ", []),
        ])
    func due(_ line: String, _ expected: [String]) async throws {
        let offered = try await offers(line)
        #expect(offered == expected)
    }

    @Test("add-event offers nothing that is subscribed already, nor what the line names")
    func notSubscribed() async throws {
        #expect(try await offers("add-event object.") == ["object.deleted"])
        #expect(try await offers("add-event object.deleted object.") == [])
        #expect(try await offers("rename-event object.created object.") == ["object.deleted"])
    }

    @Test("with several selected, what some lack may be added and what some have removed; --on names another")
    func selected() async throws {
        let third: JSON = [
            "webhook_id": "wh_third00001", "webhook_name": "Third", "is_active": true, "channels": [],
            "event_types": ["object.created", "object.custom"],
        ]
        let documents = [ShellFixture.example, third]
        func offers(_ line: String) async throws -> [String] {
            try await completions(line, after: "select all", documents: documents).candidates.map(\.text)
        }
        #expect(try await offers("remove-event ") == ["object.created", "object.updated", "object.custom"])
        #expect(try await offers("add-event object.") == ["object.updated", "object.deleted", "object.custom"])
        #expect(try await offers("remove-event --on wh_third00001 object.") == ["object.created", "object.custom"])
    }

    @Test("another letter case and a part of the text are found when nothing begins so")
    func fallback() async throws {
        #expect(try await offers("get ENG") == ["'Engineering Slack Alerts'"])
        #expect(try await offers("get Trail") == ["wh_xyz789uvw0"])
        #expect(try await offers("get xyz") == ["wh_xyz789uvw0"])
        #expect(try await offers("add-event execution.star") == ["cluster.execution.started"])
        #expect(try await offers("get nothing-like-it") == [])
    }

    @Test("several have their common start inserted, in the quote that it needs")
    func common() async throws {
        let documents: [JSON] = ["Team Alpha", "Team Beta", "Team Beta", "team's own"].enumerated().map { index, name in
            ["webhook_id": JSON("wh_team00000\(index)"), "webhook_name": JSON(name), "event_types": [], "channels": []]
        }
        func common(_ line: String) async throws -> String? {
            try await completions(line, after: "count", documents: documents).common
        }
        #expect(try await common("ls where name = Te") == "'Team ")
        #expect(try await common("ls where name = 'Te") == "'Team ")
        #expect(try await common("use wh_") == "wh_team00000")
        #expect(try await common("use 'wh_") == "'wh_team00000")
        #expect(try await common("use ") == "")
        #expect(try await common("add-event cluster.exec") == "cluster.execution.")
        let named = try await completions("use Team", after: "count", documents: documents)
        #expect(named.candidates.map(\.text) == ["'Team Alpha'", "wh_team000001", "wh_team000002"])
        #expect(named.common == "Team")
        let same = try await completions("ls where name = 'Team B", after: "count", documents: documents)
        #expect(same.candidates.map(\.text) == ["'Team Beta'"])
        #expect(same.total == 1)
    }

    @Test("the name stands beside the identifier, a command's purpose beside its name")
    func details() async throws {
        #expect(try await completions("use wh_a").candidates.map(\.detail) == ["Engineering Slack Alerts"])
        #expect(try await completions("desel").candidates[0].detail?.isEmpty == false)
        #expect(try await completions("add-channel slack bot").candidates[0].detail == "text; secret")
    }

    @Test("variables, commands and what the session defined are offered")
    func defined() async throws {
        let after = "let team_name = 'x'\ndef shout text\necho $text\nend"
        #expect(try await offers("echo $team", after: after) == ["team_name"])
        #expect(try await offers("sho", after: after) == ["show", "shout"])
        #expect(try await offers("echo ${env:HOM", after: after) == ["HOME"])
        #expect(try await completions("echo ${env:HOM").candidates[0].suffix == "}")
    }

    @Test("what the host names comes from its source")
    func sources() async throws {
        let knowledge = await CompletionKnowledge.gather(
            try ShellFixture().shell, sources: ["run": { [CompletionItem("r1", "yesterday")] }])
        #expect(knowledge.named["run"] == [CompletionItem("r1", "yesterday")])
    }

    @Test("files are offered with their folders, hidden ones when asked for")
    func files() async throws {
        let fixture = try ShellFixture()
        for path in ["/work/one.hook", "/work/.hidden", "/work/sub/two.hook", "/home/u/three.hook"] {
            try fixture.files.write([], to: path, mode: 0o600, replacing: true)
        }
        func offers(_ line: String) async -> [String] {
            await Self.completions(line, in: fixture.shell).candidates.map(\.text)
        }
        #expect(await offers("run o") == ["one.hook"])
        #expect(await offers("run .h") == [".hidden"])
        #expect(await offers("ls > O") == ["one.hook"])
        #expect(await offers("run ~/th") == ["~/three.hook"])
    }

    @Test("what is replaced is the word before the cursor")
    func replaced() async throws {
        let completions = try await completions("add-event cluster.execution.fai| x")
        #expect(completions.replacing == 10..<31)
        #expect(completions.candidates.map(\.text) == ["cluster.execution.failed"])
    }

    @Test("a secret is never offered, nor shown beside a path")
    func secrets() async throws {
        let all = try await completions("set channels[0]").candidates
        #expect(all.count == 4)
        #expect(!all.contains { ($0.text + ($0.detail ?? "")).contains("canary") })
    }

    @Test("nothing is asked of the server for it")
    func noRequest() async throws {
        let fixture = try ShellFixture()
        _ = await Self.completions("get ", in: fixture.shell)
        #expect(fixture.service.requests.isEmpty)
    }

    @Test("hostile names are shown escaped and inserted quoted")
    func hostile() async throws {
        let name = "a\u{1B}[31m$(quit) 'x' \"y\"\u{202E}"
        let documents: [JSON] = [["webhook_id": "wh_hostile001", "webhook_name": JSON(name), "event_types": []]]
        let completions = try await completions("use a", after: "count", documents: documents)
        let candidate = try #require(completions.candidates.first)
        #expect(!candidate.display.contains("\u{1B}"))
        #expect(candidate.text.hasPrefix("\"a\\u{1B}[31m\\$(quit)"))
    }
}
