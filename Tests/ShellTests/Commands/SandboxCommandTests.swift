import FoundationEssentials
import LosslessJSON
import Testing
import WebhookModel

@testable import Shell

@Suite("sandbox")
struct SandboxCommandTests {
    private func fixture(_ format: OutputFormat = .tsv, isDryRun: Bool = false) throws -> ShellFixture {
        try ShellFixture(
            options: {
                $0.format = format
                $0.isDryRun = isDryRun
            }, isSandbox: true)
    }

    @Test("emit tells of one event with its fields, and shows to how many webhooks it goes")
    func emit() async throws {
        let fixture = try fixture()
        let run = await fixture.run(
            "sandbox emit object.created event_id=e1 resource_types=object,bucket size=12 subject.id=obj_1")
        #expect(run.output == "e1\tobject.created\t1\ttrue\n", "\(run.errors)")
        #expect(
            fixture.sandbox.events == [
                [
                    "event_type": "object.created", "event_id": "e1", "resource_types": ["object", "bucket"],
                    "fields": ["size": 12, "subject.id": "obj_1"],
                ]
            ])
    }

    @Test("emit --count makes one request and says how many deliveries that is")
    func emitMany() async throws {
        let fixture = try fixture(.json)
        let run = await fixture.run("sandbox emit object.created --count 3")
        #expect(try JSON(parsing: run.output).array?.count == 3)
        #expect(run.errors == "3 events, 3 deliveries.\n")
        #expect(fixture.sandbox.events.count == 3)
    }

    @Test("emit warns of a type that no catalogue has, and sends it all the same")
    func emitUnknown() async throws {
        let fixture = try fixture()
        let run = await fixture.run("sandbox emit object.craeted")
        #expect(run.status == .done)
        #expect(run.errors.contains("object.craeted is in no catalogue"))
        #expect(run.errors.contains("did you mean object.created?"))
    }

    @Test(
        "emit refuses what it cannot do before anything is sent",
        arguments: [
            ("sandbox emit object.created --count 0", "--count is 1 to 1000000"),
            ("sandbox emit object.created --count 1000001", "--count is 1 to 1000000"),
            ("sandbox emit object.created --rate 0", "--rate is"),
            ("sandbox emit object.created token=${secret:S}", "an event cannot carry a secret"),
            ("sandbox emit", "TYPE"),
        ])
    func emitBad(_ line: String, _ message: String) async throws {
        let fixture = try fixture()
        fixture.files.put(#"{"S": "canary-0123456789"}"#, at: "/home/u/.config/hookline/secrets.json")
        let run = await fixture.run(line)
        #expect(run.status == .usage, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(!run.errors.contains("canary"))
        #expect(fixture.sandbox.events.isEmpty)
    }

    @Test("an emission whose answer was lost says how to find out, and is not made again")
    func inDoubt() async throws {
        let fixture = try fixture()
        fixture.sandbox.fail(
            ServiceError(.ambiguous(reason: "reset"), operation: "POST /v1/sandbox/events", host: "127.0.0.1:1"))
        let run = await fixture.run("sandbox emit object.created")
        #expect(run.status == .refused)
        #expect(run.errors.contains("the answer of 127.0.0.1:1 was lost"))
        #expect(run.errors.contains("hint: sandbox deliveries shows whether it happened"))
    }

    @Test("a dry run emits, replays and breaks nothing, and says so")
    func dryRun() async throws {
        let fixture = try fixture(isDryRun: true)
        let run = await fixture.run("sandbox emit object.created; sandbox faults delay; sandbox replay dead")
        #expect(run.status == .done)
        #expect(run.errors.contains("Would emit 1 event"))
        #expect(fixture.sandbox.events.isEmpty)
        #expect(fixture.sandbox.plan["rules"] == [])
    }

    @Test("deliveries are records in every format, the latest first")
    func deliveries() async throws {
        let fixture = try fixture()
        fixture.sandbox.add("e1", "wh_abc123def4")
        fixture.sandbox.add("e2", "wh_xyz789uvw0", status: "dead", error: "connection refused\u{1B}[2J")
        #expect(await fixture.run("sandbox deliveries --ids").output == "e2\ne1\n")
        let csv = await fixture.run("sandbox deliveries --csv")
        #expect(csv.output.hasPrefix("event,type,webhook,channel,status,attempts,at,error,delivery\r\n"))
        #expect(csv.output.contains(#"connection refused\u{1B}[2J"#))
        let json = try JSON(parsing: await fixture.run("sandbox deliveries --json --status dead").output)
        #expect(json.array?.count == 1)
        #expect(json.array?.first?["error"]?.string == "connection refused\u{1B}[2J")
        #expect(json.array?.first?["attempts"] == 1)
    }

    @Test("deliveries of a webhook are found by its name, and by the id of one that is gone")
    func ofWebhook() async throws {
        let fixture = try fixture()
        fixture.sandbox.add("e1", "wh_abc123def4")
        fixture.sandbox.add("e2", "wh_gone123456")
        #expect(await fixture.run("sandbox deliveries 'Engineering Slack Alerts' --ids").output == "e1\n")
        #expect(await fixture.run("sandbox deliveries wh_gone123456 --ids --limit 1").output == "e2\n")
        let none = await fixture.run("sandbox deliveries Nobody")
        #expect(none.status == .failed)
        #expect(fixture.sandbox.questions.map(\.limit) == [100, 1])
        #expect(fixture.sandbox.questions.map(\.settles) == [true, true])
        #expect(await fixture.run("sandbox deliveries wh_abc --ids").output == "e1\n")
    }

    @Test("deliveries --follow shows the latest oldest first, then what comes, and Ctrl-C is no failure")
    func follow() async throws {
        let fixture = try fixture()
        for event in ["e1", "e2", "e3"] { fixture.sandbox.add(event, "wh_abc123def4") }
        let run = Task { await fixture.run("sandbox deliveries --follow --limit 2 --ids") }
        try await eventually { fixture.output.text == "e2\ne3\n" }
        fixture.sandbox.add("e4", "wh_abc123def4")
        try await eventually { fixture.output.text == "e2\ne3\ne4\n" }
        run.cancel()
        let end = await run.value
        #expect(end.errors == "")
        #expect([.done, .interrupted].contains(end.status))
    }

    @Test(
        "what goes on without end is neither redirected nor taken as a value",
        arguments: [
            "sandbox deliveries --follow > x", "let x = $(sandbox deliveries --follow)", "let x = $(listen)",
        ])
    func followElsewhere(_ line: String) async throws {
        let run = await (try fixture()).run(line)
        #expect(run.status == .usage)
        #expect(run.errors.contains("has no end"), "\(run.errors)")
    }

    @Test("the outbox shows where a message would have gone; its secrets are masked even if the server masks none")
    func outbox() async throws {
        let fixture = try fixture()
        _ = await fixture.run("sandbox emit object.created")
        let run = await fixture.run("sandbox outbox --json")
        let message = try #require(try JSON(parsing: run.output).array?.first)
        #expect(message["kind"] == "slack")
        #expect(message["webhook"] == "wh_abc123def4")
        #expect(!run.output.contains("canary"))
        #expect(message["message"]?["configs"]?["configs"]?["bot_token"] == "••••6789")
        let headers = message["message"]?["headers"]?.array ?? []
        #expect(headers.map { $0["name"]?.string } == ["Authorization", "X-Team", "Content-Type"])
        #expect(headers.map { $0["value"]?.string } == ["••••6789", "••••t001", "application/json"])
    }

    @Test("replay says how many deliveries it makes, and tells an unknown event from a server that is no sandbox")
    func replay() async throws {
        let fixture = try fixture()
        fixture.sandbox.add("e1", "wh_abc123def4", status: "dead", error: "refused")
        #expect(await fixture.run("sandbox replay e1").output == "1 delivery is made once more.\n")
        #expect(await fixture.run("sandbox replay dead --json").output.contains(#""deliveries": 1"#))
        let unknown = await fixture.run("sandbox replay e9")
        #expect(unknown.status == .failed)
        #expect(unknown.errors.contains("the sandbox has no event “e9”"))
        fixture.sandbox.fail(MemorySandbox.notFound("Not Found"))
        let elsewhere = await fixture.run("sandbox replay e9")
        #expect(elsewhere.status == .refused)
        #expect(elsewhere.errors.contains("is no sandbox"))
    }

    @Test("faults are set by words, shown, and gone with off")
    func faults() async throws {
        let fixture = try fixture()
        let set = await fixture.run(
            "sandbox faults server-error,rate=0.25,status=503 delay,milliseconds=500,operations=get_webhook+update_webhook --seed 7"
        )
        #expect(set.status == .done, "\(set.errors)")
        #expect(
            fixture.sandbox.plan == [
                "seed": 7,
                "rules": [
                    ["fault": "server_error", "rate": 0.25, "status": 503],
                    ["fault": "delay", "milliseconds": 500, "operations": ["get_webhook", "update_webhook"]],
                ],
            ])
        #expect(await fixture.run("sandbox faults --ids").output == "server_error\ndelay\n")
        let off = await fixture.run("sandbox faults off")
        #expect(off.errors == "Nothing goes wrong on purpose.\n")
        #expect(fixture.sandbox.plan["rules"] == [])
    }

    @Test(
        "a fault that cannot be read changes nothing and says why",
        arguments: [
            ("delay,miliseconds=1", "did you mean milliseconds?"), ("delay,rate=2", "is no rate"),
            ("delay,count=-1", "is no count"), ("delay,rate=0.1,rate=0.2", "says rate twice"), ("rate=1", "no kind"),
            ("delay off", "off stands alone"), ("delay,fields=", "is no fields"),
            ("sever-error", "did you mean server_error?"), ("bogus", "faults: rate_limited, "),
        ])
    func badFaults(_ words: String, _ message: String) async throws {
        let fixture = try fixture()
        let run = await fixture.run("sandbox faults \(words)")
        #expect(run.status == .usage)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(fixture.sandbox.plan["rules"] == [])
    }

    @Test("the faults that are known are those of the server's document")
    func kinds() throws {
        let project = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let text = try #require(FileManager.default.contents(atPath: project + "/docs/openapi.json"))
        let rule = try JSON(parsing: Array(text))["components"]?["schemas"]?["FaultRule"]
        let kinds = rule?["properties"]?["fault"]?["enum"]?.array?.compactMap(\.string)
        #expect(kinds == FaultSpec.kinds)
    }

    @Test("status tells uptime, what waits, what was given up, and faults")
    func status() async throws {
        let fixture = try fixture()
        fixture.sandbox.add("e1", "wh_abc123def4", status: "dead")
        let run = await fixture.run("sandbox faults delay --ids; sandbox status; sandbox status --json")
        #expect(
            run.output.contains("uptime   61 s\nwaiting  2 channels\ndead     1\nfaults   delay\n"), "\(run.output)")
        #expect(run.output.contains(#""channels_waiting": 2"#))
    }

    @Test(
        "on a server that is no sandbox every subcommand says so, and what to do",
        arguments: ["status", "emit object.created", "deliveries", "outbox", "replay dead", "faults", "faults off"])
    func elsewhere(_ words: String) async throws {
        for isSandbox in [true, false] {
            let fixture = try ShellFixture(isSandbox: isSandbox)
            fixture.sandbox.fail(MemorySandbox.notFound("Not Found"))
            let run = await fixture.run("sandbox \(words)")
            #expect(run.status == .refused)
            #expect(run.errors.contains("env (127.0.0.1:1) is no sandbox"), "\(run.errors)")
            #expect(run.errors.contains("profile use sandbox"))
        }
    }
}

/// Waits for a condition, for as long as a busy machine may need.
func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(180)
    while !condition() {
        try #require(ContinuousClock.now < deadline, "it did not happen in time")
        try await Task.sleep(for: .milliseconds(5))
    }
}
