import LosslessJSON
import Testing

@testable import Shell

@Suite("Editing")
struct EditingTests {
    /// What the server holds of the example after these commands and a commit.
    private func committed(_ commands: String, on fixture: ShellFixture? = nil) async throws -> JSON {
        let fixture = try fixture ?? ShellFixture()
        let run = await fixture.run("use wh_abc123def4\n\(commands)\ncommit --yes")
        #expect(run.status == .done, "\(run.errors)")
        return try #require(fixture.service.webhooks.first?.document)
    }

    private func path(_ text: String) throws -> JSONPath { try JSONPath(parsing: text) }

    @Test(
        "a webhook that becomes the current one while others are selected is not the one that is edited, and that is said"
    )
    func selectionFirst() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("select wh_xyz789uvw0; use wh_abc123def4; set description x; ls --ids where staged")
        #expect(run.errors.contains("Edits still go to the 1 webhook that is selected; deselect ends that."))
        #expect(run.output == "wh_xyz789uvw0\n", "\(run.output) \(run.errors)")
        #expect(await fixture.run("deselect; use wh_abc123def4").errors == "")
    }

    @Test("set gives a field the type it has")
    func set() async throws {
        let document = try await committed("set active false; set name 2024; set /x_number 1.50; set /x_text text:1.50")
        #expect(document["is_active"] == false)
        #expect(document["webhook_name"] == "2024")
        #expect(document["x_number"]?.number?.spelling == "1.50")
        #expect(document["x_text"] == "1.50")
    }

    @Test("set at a path reaches every channel of the kind, unset removes")
    func paths() async throws {
        let document = try await committed("set channels.slack.channel_id C9; unset description")
        #expect(document.value(at: try path("channels[0].configs.channel_id")) == "C9")
        #expect(document["description"] == nil)
        #expect(document["x_team"] == "search")
    }

    @Test("events are added in the catalogue's order and removed by glob")
    func events() async throws {
        let document = try await committed("add-event 'trigger.execution.*' object.created; remove-event 'object.*'")
        #expect(document["event_types"] == ["trigger.execution.completed", "trigger.execution.failed"])
    }

    @Test("set-events makes it exactly that, rename-event puts one in another's place")
    func exactEvents() async throws {
        #expect(try await committed("set-events alert.created")["event_types"] == ["alert.created"])
        let renamed = try await committed("rename-event object.created objects.created.batch")
        #expect(renamed["event_types"] == ["objects.created.batch", "object.updated"])
    }

    @Test("a channel takes values of its keys' types, nested keys, and lists between commas")
    func addChannel() async throws {
        let document = try await committed(
            """
            add-channel webhook url=https://a.example/x timeout=30 headers.X-Team=7
            add-channel sms phone_numbers=+15551234567,+15557654321
            add-channel email {"to_addresses": ["a@example.com"], "content_type": "html"}
            add-channel pager level=3 name=text:3
            """)
        let channels = try #require(document["channels"]?.array)
        #expect(
            channels[1] == [
                "channel": "webhook",
                "configs": ["url": "https://a.example/x", "timeout": 30, "headers": ["X-Team": "7"]],
            ])
        #expect(channels[2] == ["channel": "sms", "configs": ["phone_numbers": ["+15551234567", "+15557654321"]]])
        #expect(channels[3]["configs"]?["content_type"] == "html")
        #expect(channels[4] == ["channel": "pager", "configs": ["level": 3, "name": "3"]])
    }

    @Test("a channel is found by index, kind, or a key's value")
    func setChannel() async throws {
        let document = try await committed(
            """
            add-channel webhook url=https://a.example/x
            add-channel webhook url=https://b.example/x
            set-channel webhook:url=https://b.example/x timeout=5
            set-channel 0 username=bot
            remove-channel webhook:url=https://a.example/x
            """)
        let channels = try #require(document["channels"]?.array)
        #expect(channels.count == 2)
        #expect(channels[0]["configs"]?["username"] == "bot")
        #expect(channels[1]["configs"] == ["url": "https://b.example/x", "timeout": 5])
    }

    @Test("replace changes text below a path, also by regular expression with groups")
    func replace() async throws {
        let document = try await committed(
            "replace channels.slack.channel_id C0123456789 C1; replace name '^(\\w+) (\\w+)' '$2 $1' --regex")
        #expect(document.value(at: try path("channels[0].configs.channel_id")) == "C1")
        #expect(document["webhook_name"] == "Slack Engineering Alerts")
    }

    @Test("create and clone make new webhooks, named new:N until they are sent")
    func create() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run(
            """
            create 'Team A' --events 'object.*' --channel slack channel_id=C5 bot_token=t --channel email to_addresses=a@example.com
            clone wh_abc123def4 Copy
            set active false --on new:2
            commit --yes
            show new:1 name
            """)
        #expect(run.status == .done, "\(run.errors)")
        let made = fixture.service.webhooks.dropFirst(2).map { $0 }
        #expect(made.map(\.name) == ["Team A", "Copy"])
        #expect(made[0].eventTypes == ["object.created", "object.updated", "object.deleted"])
        #expect(made[0].channels.map(\.kind) == ["slack", "email"])
        #expect(made[1].isActive == false)
        #expect(made[1].document["x_team"] == "search")
        #expect(run.output.hasSuffix("Team A\n"))
    }

    @Test("delete takes effect at the commit")
    func delete() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("delete wh_xyz789uvw0")
        #expect(fixture.service.webhooks.count == 2)
        #expect(await fixture.run("commit --yes --allow delete").status == .done)
        #expect(fixture.service.webhooks.count == 1)
    }

    @Test("undo takes back one command on many webhooks, redo brings it back, discard drops all")
    func undo() async throws {
        let fixture = try ShellFixture()
        _ = await fixture.run("select all; set description x; add-event alert.created; undo")
        #expect(await fixture.run("diff --json").output.contains("alert.created") == false)
        _ = await fixture.run("redo")
        #expect(await fixture.run("diff --json").output.contains("alert.created"))
        _ = await fixture.run("discard all")
        #expect(await fixture.run("status").output.contains("Nothing is staged."))
    }

    @Test("an edit that fails on one webhook is staged on none")
    func allOrNothing() async throws {
        let fixture = try ShellFixture()
        let run = await fixture.run("select all; set channels[0].configs.channel_id.deep 1")
        #expect(run.status == .failed)
        #expect(run.errors.contains("nothing was staged"))
        #expect(await fixture.run("status").output.contains("Nothing is staged."))
    }

    @Test("an editing command without a webhook says how to name one")
    func noTarget() async throws {
        let run = await (try ShellFixture()).run("set active false")
        #expect(run.status == .usage)
        #expect(run.errors.contains("--on WEBHOOK"))
    }

    @Test("the server's own members cannot be set")
    func serverOwned() async throws {
        let run = await (try ShellFixture()).run("set created 2024-01-01 --on wh_abc123def4")
        #expect(run.status == .failed)
        #expect(run.errors.contains("server's own"))
    }
}
