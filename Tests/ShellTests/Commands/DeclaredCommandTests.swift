import LosslessJSON
import Synchronization
import TestSupport
import Testing
import WebhookModel

@testable import Session
@testable import Shell

@Suite("Webhooks out of files and editors")
struct DeclaredCommandTests {
    @Test("what export wrote changes nothing, in every format, secrets masked or not")
    func roundTrip() async throws {
        let fixture = try ShellFixture()
        for (file, flags) in [
            ("a.yaml", ""), ("a.json", ""), ("b.yaml", "--with-secrets"), ("b.json", "--with-secrets"),
        ] {
            #expect(await fixture.run("export \(file) \(flags)").status == .done)
            let run = await fixture.run("apply \(file)")
            #expect(run.status == .done && run.errors.contains("all 2 are so already"), "\(run.errors)")
            #expect(await fixture.run("import \(file)").errors.contains("all 2 are so already"))
        }
        _ = await fixture.run("ls --csv > a.csv; ls --jsonl > a.jsonl")
        #expect(await fixture.run("apply a.csv").errors.contains("all 2 are so already"))
        #expect(await fixture.run("apply a.jsonl").errors.contains("all 2 are so already"))
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    @Test("a mask leaves a secret what it is in every format, as get and ls show it too", arguments: ["yaml", "json"])
    func shownMasks(_ format: String) async throws {
        let fixture = try ShellFixture([try Self.withSecretURL(), ShellFixture.second])
        for command in ["get wh_abc123def4", "ls"] {
            let run = await fixture.run("\(command) --format \(format) > a.\(format); apply a.\(format)")
            #expect(run.status == .done && run.errors.contains("so already"), "\(run.errors)")
        }
        let text = fixture.files.text("/work/a.\(format)") ?? ""
        #expect(text.contains("https://••••w0rd@example.com"), "\(text)")
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    @Test(
        "a text that was edited around a mask is refused: nobody can tell what it is to be",
        arguments: ["yaml", "json"])
    func editedMask(_ format: String) async throws {
        let fixture = try ShellFixture([try Self.withSecretURL(), ShellFixture.second])
        _ = await fixture.run("get wh_abc123def4 --format \(format) > a.\(format)")
        let text = try #require(fixture.files.text("/work/a.\(format)"))
        fixture.files.put(text.replacing("see https", with: "look at https"), at: "/work/a.\(format)")
        let run = await fixture.run("apply a.\(format)")
        #expect(run.status == .usage)
        #expect(
            run.errors.contains("description stands for a secret, and is not what is shown of it now"), "\(run.errors)")
        #expect(await fixture.run("import a.\(format)").status == .usage)
        #expect(await fixture.shell.connection.stagedCount == 0)
        // Of another organization it is simply another text, whose secret is kept.
        fixture.files.put(
            try #require(fixture.files.text("/work/a.\(format)")).replacing("wh_abc123def4", with: "wh_other00001"),
            at: "/work/b.\(format)")
        #expect(await fixture.run("import b.\(format)").status == .done)
    }

    @Test(
        "a secret that came by reference, and is shown as that, stays what it is in a file that says the same",
        arguments: ["yaml", "json"])
    func shownReferences(_ format: String) async throws {
        let fixture = try ShellFixture()
        fixture.files.put(
            #"{"TOK": "xoxb-by-reference-1234"}"#, at: try #require(fixture.shell.environment.paths).secretsFile)
        let run = await fixture.run(
            "set-channel slack bot_token=${secret:TOK} --on wh_abc123def4; commit --yes; "
                + "export a.\(format); apply a.\(format)")
        #expect(run.status == .done && run.errors.contains("so already"), "\(run.errors)")
        let text = try #require(fixture.files.text("/work/a.\(format)"))
        #expect(text.contains("${secret:TOK}"))

        fixture.files.put(text.replacing("secret:TOK", with: "secret:OTHER"), at: "/work/b.\(format)")
        let other = await fixture.run("apply b.\(format)")
        #expect(other.status == .usage && other.errors.contains("stands for a secret"), "\(other.errors)")
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    @Test("an exported secret that came by reference is kept in a later session, which doesn't know the reference")
    func laterReferences() async throws {
        let first = try ShellFixture()
        first.files.put(
            #"{"TOK": "xoxb-by-reference-1234"}"#, at: try #require(first.shell.environment.paths).secretsFile)
        _ = await first.run("set-channel slack bot_token=${secret:TOK} --on wh_abc123def4; commit --yes; export a.yaml")
        let text = try #require(first.files.text("/work/a.yaml"))
        #expect(text.contains(#"bot_token: !keep "${secret:TOK}""#), "\(text)")

        let later = try ShellFixture(after: first)
        later.files.put(text.replacing("Slack notifications", with: "Alerts of search"), at: "/work/a.yaml")
        let run = await later.run("apply a.yaml; commit --yes")
        #expect(run.status == .done, "\(run.errors)")
        let webhook = try #require(later.service.webhooks.first { $0.id?.rawValue == "wh_abc123def4" })
        #expect(webhook.channels[0].config("bot_token") == "xoxb-by-reference-1234")
        #expect(webhook.document["description"] == "Alerts of search")

        // Nothing marks one in a table.
        later.files.put("id,description\nwh_abc123def4,${secret:TOK}\n", at: "/work/a.csv")
        let table = await later.run("apply a.csv")
        #expect(table.status == .usage && table.errors.contains("stands for a secret"), "\(table.errors)")
        #expect(await later.shell.connection.stagedCount == 0)
    }

    @Test("a webhook that a table would create with a mask in it is refused")
    func maskOfNew() async throws {
        let fixture = try ShellFixture()
        fixture.files.put(
            "name,description\r\nBrand New,see https://••••@example.com/\r\n", at: "/work/a.csv")
        let run = await fixture.run("apply a.csv")
        #expect(run.status == .failed && run.errors.contains("description is to be kept"), "\(run.errors)")
    }

    private static func withSecretURL() throws -> JSON {
        var document = ShellFixture.example
        try document.set("see https://user:passw0rd@example.com/", at: [.name("description")])
        return document
    }

    @Test("a table changes what its cells say, creates nothing it can't, and is one step of undo")
    func table() async throws {
        let fixture = try ShellFixture()
        fixture.files.put(
            "id,active,events\r\nwh_abc123def4,no,\"object.created,alert.created\"\nwh_xyz789uvw0,,\n",
            at: "/work/t.csv")
        let run = await fixture.run("apply t.csv; diff")
        #expect(run.status == .done, "\(run.errors)")
        #expect(run.output.contains("is_active  true → false") && run.output.contains("alert.created"))
        #expect(run.errors.contains("1 edited; 1 are so already."))
        _ = await fixture.run("undo")
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    @Test("a member that nobody knows is sent as it stands, and warned of once; one that a webhook has is not")
    func unknownMember() async throws {
        var known = ShellFixture.example
        try known.set(true, at: [.name("is_special")])
        let fixture = try ShellFixture([known, ShellFixture.second])
        fixture.files.put(
            "- webhook_id: wh_abc123def4\n  is_activ: false\n- webhook_id: wh_xyz789uvw0\n  is_activ: false\n"
                + "  is_special: true\n", at: "/work/a.yaml")
        let run = await fixture.run("apply a.yaml")
        #expect(run.status == .done)
        #expect(run.errors.contains("nobody knows the member is_activ; it is sent as it stands"))
        #expect(run.errors.contains("did you mean is_active?"))
        #expect(run.errors.split(separator: "nobody knows").count == 2 && !run.errors.contains("is_special;"))
    }

    @Test("--prune deletes what the file doesn't name")
    func prune() async throws {
        let fixture = try ShellFixture()
        fixture.files.put("webhook_id: wh_abc123def4\n", at: "/work/a.yaml")
        #expect(await fixture.run("apply a.yaml --prune; status").output.contains("delete  wh_xyz789uvw0"))
    }

    @Test("what YAML cannot say apart is text: +1555…, no, 0755, long digits as they are spelt")
    func scalars() async throws {
        let fixture = try ShellFixture()
        fixture.files.put(
            """
            - webhook_id: wh_abc123def4
              description: no
              x_team: +15551234567
              x_mode: 0755
              x_big: 12345678901234567890.50
              x_quoted: "true"
            """, at: "/work/a.yaml")
        #expect(await fixture.run("apply a.yaml").status == .done)
        let shown = await fixture.run("show wh_abc123def4 --json").output
        for text in [
            #""description": "no""#, #""x_team": "+15551234567""#, #""x_mode": "0755""#,
            #""x_big": 12345678901234567890.50"#, #""x_quoted": "true""#,
        ] { #expect(shown.contains(text), "\(text) in \(shown)") }
    }

    @Test(
        "bad input names the file and the place, and nothing is staged",
        arguments: [
            ("a.yaml", "- webhook_id: wh_abc123def4\n  is_active: no\n", "is_active"),
            ("a.yaml", "webhook_id: wh_abc123def4\nwebhook_id: x\n", "twice"),
            ("a.yaml", "a: &x 1\nb: *x\n", "anchors"), ("a.yaml", "a: [1\n", "line 2"), ("a.yaml", "- 1\n", "entry 1"),
            ("a.yaml", "", "nothing in it"), ("a.yaml", "# none\n", "nothing in it"),
            ("a.yaml", "a: !secret 1\n", "!secret"), ("a.yaml", "{}\n", "nothing says which"),
            ("a.yaml", "webhook_id: wh_nothere000\n", "no webhook wh_nothere000"),
            ("a.yaml", "webhook_name: New\nevent_types: ['*']\n", "needs channels"),
            (
                "a.yaml", "webhook_id: wh_abc123def4\nchannels:\n- channel: slack\n  configs: {bot_token: !keep x}\n",
                "kept"
            ),
            ("a.json", "[{]", "line 1"), ("a.json", "[{\"webhook_id\":\"x\"}]", "no identifier"),
            ("a.json", "[{\"webhook_id\":\"wh_abc123def4\"},{\"webhook_id\":\"wh_abc123def4\"}]", "twice"),
            ("a.csv", "", "nothing in it"), ("a.csv", "id,nme\n", "name"), ("a.csv", "id\n\"a", "never closed"),
            ("a.csv", "id,name\nwh_abc123def4\n", "1 cells"), ("a.csv", "id,active\nwh_abc123def4,maybe\n", "maybe"),
            ("missing.yaml", "", "missing.yaml"),
        ])
    func bad(_ file: String, _ text: String, _ expected: String) async throws {
        let fixture = try ShellFixture()
        if file != "missing.yaml" { fixture.files.put(text, at: "/work/\(file)") }
        let run = await fixture.run("apply \(file)")
        #expect(run.status != .done)
        #expect(run.errors.contains(expected), "\(run.errors)")
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    @Test("deep nesting is refused, not followed")
    func deep() async throws {
        let fixture = try ShellFixture()
        fixture.files.put(String(repeating: "[", count: 200_000), at: "/work/a.yaml")
        #expect(await fixture.run("apply a.yaml").status != .done)
    }

    @Test("import brings back what was deleted, and the secrets with it where they were exported")
    func importing() async throws {
        let fixture = try ShellFixture { $0.assumesYes = true }
        _ = await fixture.run("export a.yaml --with-secrets; export masked.yaml")
        _ = await fixture.run("delete wh_abc123def4; commit --yes --allow delete --max-changes 100%")
        #expect(await fixture.run("import masked.yaml").errors.contains("to be kept, and there is no such webhook"))
        let run = await fixture.run("import a.yaml; commit --yes")
        #expect(run.status == .done, "\(run.errors)")
        let back = try #require(fixture.service.webhooks.first { $0.name == "Engineering Slack Alerts" })
        #expect(back.document["channels"] == ShellFixture.example["channels"])
        #expect(await fixture.run("import a.yaml --new; status").errors.contains("2 to create"))
    }

    // MARK: The editor

    /// Plays the editor: each opening gets the next of these.
    private final class Editor: ProcessRunner {
        let files: Mutex<MemoryFiles?> = Mutex(nil)
        private let changes: Mutex<[@Sendable (String) -> String]>
        let seen = Mutex<[String]>([])

        init(_ changes: [@Sendable (String) -> String]) { self.changes = Mutex(changes) }

        func run(_ pipeline: ProcessPipeline) async throws(ProcessPipeline.Failure) -> ProcessResult {
            ProcessResult(status: 127, standardOutput: [])
        }

        func run(_ command: ProcessCommand) async -> ProcessResult {
            guard let files = files.withLock({ $0 }), let path = command.arguments.last,
                let text = files.text(path)
            else { return ProcessResult(status: 1, standardOutput: []) }
            seen.withLock { $0.append(text) }
            let change = changes.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let change { files.put(change(text), at: path, mode: 0o600) }
            return ProcessResult(status: 0, standardOutput: [])
        }
    }

    private func fixture(_ changes: [@Sendable (String) -> String]) throws -> (ShellFixture, Editor) {
        let editor = Editor(changes)
        let fixture = try ShellFixture(environment: ["EDITOR": "ed"], processes: editor)
        editor.files.withLock { $0 = fixture.files }
        return (fixture, editor)
    }

    @Test("a webhook is edited as text; secrets stay behind !keep, and the file is gone afterwards")
    func edit() async throws {
        let (fixture, editor) = try fixture([
            { $0.replacing("C0123456789", with: "C9").replacing("x_team: search\n", with: "") }
        ])
        let run = await fixture.run("edit wh_abc123def4; diff")
        #expect(run.status == .done, "\(run.errors)")
        let seen = editor.seen.withLock { $0[0] }
        #expect(seen.contains("!keep") && !seen.contains("canary") && !seen.contains("created_at"))
        #expect(run.output.contains("C0123456789 → C9") && run.output.contains("- x_team"))
        let state = try #require(await fixture.shell.connection.knownState)
        #expect(state.staged[0].webhook?.channels[0].config("bot_token") == "xoxb-canary-0123456789")
        #expect(fixture.files.paths.allSatisfy { !$0.contains("/edit-") })
    }

    @Test("a text that was edited around a mask opens the editor again")
    func editedMaskInEditor() async throws {
        let (fixture, editor) = try fixture([
            {
                $0.replacing("url: !keep https://", with: "url: !keep http://").replacing(
                    "!keep \"https://", with: "!keep \"http://")
            },
            { $0.replacing("http://", with: "https://") },
        ])
        let run = await fixture.run(
            "select wh_abc123def4; set description 'https://user:passw0rd@example.com/'; edit wh_abc123def4")
        let seen = editor.seen.withLock { $0 }
        #expect(seen.count == 2 && seen[1].contains("is not what is shown of it now"), "\(run) \(seen)")
    }

    @Test("many are a document each; one that is taken out is left as it is")
    func many() async throws {
        let (fixture, _) = try fixture([
            { text in
                let second = text.split(separator: "---\n").last.map { String($0) } ?? ""
                return second.replacing("is_active: false", with: "is_active: true")
            }
        ])
        _ = await fixture.run("select all; edit")
        let state = try #require(await fixture.shell.connection.knownState)
        #expect(state.staged.map(\.key.description) == ["wh_xyz789uvw0"])
    }

    @Test("a mistake opens the editor again with the error on top; an unmended one ends it")
    func mistake() async throws {
        let (fixture, editor) = try fixture([
            { $0.replacing("is_active: true", with: "is_active: [") },
            { $0.replacing("is_active: [", with: "is_active: false") },
        ])
        #expect(await fixture.run("edit wh_abc123def4").status == .done)
        #expect(editor.seen.withLock { $0[1] }.hasPrefix("#! "))
        #expect(await fixture.shell.connection.stagedCount == 1)

        let (stubborn, _) = try self.fixture([{ $0.replacing("wh_abc123def4", with: "wh_other00000") }])
        let run = await stubborn.run("edit wh_abc123def4")
        #expect(run.status != .done && run.errors.contains("wh_other00000"))
        #expect(await stubborn.shell.connection.stagedCount == 0)
    }

    @Test("an unchanged or empty text does nothing", arguments: [true, false])
    func nothing(_ isEmpty: Bool) async throws {
        let (fixture, _) = try fixture([{ isEmpty ? "# nothing\n" : $0 }])
        let run = await fixture.run("edit wh_abc123def4")
        #expect(run.status == .done && run.errors.contains("othing"))
        #expect(await fixture.shell.connection.stagedCount == 0)
    }

    // MARK: Two organizations

    private static let configuration = """
        profiles:
          other:
            base: http://127.0.0.1:2
            key: sk_other
          prod:
            base: http://127.0.0.1:3
            key: sk_prod

        """

    private func twoOrganizations(_ over: [JSON] = []) throws -> (ShellFixture, InMemoryWebhookService) {
        let there = InMemoryWebhookService(over)
        let fixture = try ShellFixture(options: { $0.assumesYes = true }, beside: ["other": there])
        fixture.files.put(Self.configuration, at: "/home/u/.config/hookline/config.yaml", mode: 0o600)
        return (fixture, there)
    }

    @Test("copy stages over there by name; no secret is taken along, what stands there stays, the rest is given")
    func copy() async throws {
        var twin = ShellFixture.example.object ?? [:]
        twin["webhook_id"] = "wh_there00001"
        twin["description"] = "over there"
        twin["channels"] = [
            [
                "channel": "slack",
                "configs": [
                    "bot_token": "xoxb-theirs-0001", "channel_id": "C0123456789", "workspace_id": "T0123456789",
                ],
            ]
        ]
        let (fixture, there) = try twoOrganizations([JSON(twin)])
        let run = await fixture.run("copy --to other; commit --yes --allow wildcard")
        #expect(run.status == .done, "\(run.errors)")
        #expect(there.webhooks.map(\.name).sorted() == ["Audit Trail Logger", "Engineering Slack Alerts"])
        let copied = try #require(there.webhooks.first { $0.id?.rawValue == "wh_there00001" })
        #expect(copied.channels[0].config("bot_token") == "xoxb-theirs-0001")
        #expect(copied.document["description"] == "Slack notifications")
        #expect(fixture.service.webhooks.count == 2)
    }

    @Test("a mask that is given for a secret over there is held back like any other")
    func copiedMask() async throws {
        let (fixture, there) = try twoOrganizations()
        let run = await fixture.run("copy --to other bot_token='••••1234' where channel = slack; commit --yes")
        #expect(run.status != .done)
        #expect(run.errors.contains("a mask or a reference stands in place of a secret at channels[0]"), "\(run)")
        #expect(there.webhooks.allSatisfy { !"\($0.document)".contains("••••1234") })
    }

    @Test("a secret that is nowhere over there is given by reference, or the copy is refused and stays here")
    func copiedSecret() async throws {
        let (fixture, there) = try twoOrganizations()
        fixture.files.put(#"{"TOKEN": "xoxb-given-canary"}"#, at: fixture.shell.environment.paths!.secretsFile)
        let refused = await fixture.run("copy --to other")
        #expect(refused.status == .usage && refused.errors.contains("bot_token"), "\(refused.errors)")
        #expect(await fixture.shell.connection.profile.name != "other")
        let run = await fixture.run(
            "copy --to other bot_token=${secret:TOKEN} where channel = slack; diff; commit --yes")
        #expect(run.status == .done, "\(run.errors)")
        #expect(!run.output.contains("given-canary") && !run.errors.contains("given-canary"))
        #expect(there.webhooks[0].channels[0].config("bot_token") == "xoxb-given-canary")
    }

    @Test("diff --against another profile, a file and the server")
    func against() async throws {
        var twin = ShellFixture.example.object ?? [:]
        twin["webhook_id"] = "wh_there00001"
        twin["description"] = "over there"
        let (fixture, _) = try twoOrganizations([JSON(twin)])
        let profile = await fixture.run("diff --against other")
        #expect(profile.output.contains("over there") && profile.output.contains("only here  wh_xyz789uvw0"))
        #expect(!profile.output.contains("canary"))
        _ = await fixture.run("export a.yaml; set name New --on wh_xyz789uvw0")
        let file = await fixture.run("diff --against a.yaml")
        #expect(file.output.contains("\"Audit Trail Logger\" → New"), "\(file.output)")
        #expect(!file.output.contains("wh_abc123def4"))
    }

    @Test("profile test --write finds out what a server does with secrets, and leaves nothing behind")
    func probe() async throws {
        let (fixture, there) = try twoOrganizations()
        let plain = await fixture.run("profile test other --write")
        #expect(plain.status == .done && plain.output.contains("secrets: plain"), "\(plain.errors)")
        #expect(there.webhooks.isEmpty)
        #expect(try fixture.shell.profiles.configuration().profile(named: "other")?.secrets == .plain)
        there.answer(with: { Masking.masked($0) })
        #expect(await fixture.run("profile test other --write").output.contains("secrets: "))
        #expect(there.webhooks.isEmpty)
    }
}
