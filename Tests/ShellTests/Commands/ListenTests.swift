import LosslessJSON
import Testing

@testable import Shell

@Suite("listen")
struct ListenTests {
    private func request(
        _ body: String, target: String = "/hook", headers: [ReceivedRequest.Header] = []
    ) -> ReceivedRequest {
        ReceivedRequest(method: "POST", target: target, headers: headers, body: Array(body.utf8))
    }

    private let event = #"{"event_id":"e1","event_type":"object.created","metadata":{"api_key":"canary-0123456789"}}"#

    @Test("each delivery is a line with what it says of itself, and whether it is genuine")
    func lines() async throws {
        let receiver = ScriptedReceiver([request(event), request("no JSON \u{1B}[31m")], ends: true)
        let fixture = try ShellFixture(options: { $0.format = .table }, receiver: receiver)
        let run = await fixture.run("listen")
        #expect(run.status == .done, "\(run.errors)")
        #expect(run.errors == "Listening on http://127.0.0.1:8080; Ctrl-C ends.\n")
        let lines = run.output.split(separator: "\n")
        #expect(lines[0].hasPrefix("AT                    METHOD  PATH        TYPE"))
        #expect(lines[1].hasPrefix("2025-06-15T15:06:40Z  POST    /hook       object.created      e1 "))
        #expect(lines[1].contains(" missing "))
        #expect(lines[2].hasSuffix(#"no JSON \u{1B}[31m"#))
        #expect(receiver.isClosed)
    }

    @Test("secrets in headers, body and the address are masked in every format", arguments: OutputFormat.allCases)
    func masked(_ format: OutputFormat) async throws {
        let headers = [
            ReceivedRequest.Header("Authorization", "Bearer canary-0123456789"),
            ReceivedRequest.Header("X-Team", "canary-team-0123"),
            ReceivedRequest.Header("Content-Type", "application/json"),
        ]
        let receiver = ScriptedReceiver([request(event, target: "/hook?key=canary", headers: headers)], ends: true)
        let fixture = try ShellFixture(options: { $0.format = format }, receiver: receiver)
        let run = await fixture.run("listen")
        #expect(!run.output.contains("canary"))
        if format == .json {
            let line = try JSON(parsing: run.output)
            #expect(line["headers"]?["Authorization"] == "••••6789")
            #expect(line["headers"]?["Content-Type"] == "application/json")
            #expect(line["body"]?["metadata"]?["api_key"] == "••••6789")
            #expect(line["path"] == "/hook?••••")
        }
    }

    @Test("a signing secret comes as it is, from the secrets or from the environment, and is never shown")
    func secrets() async throws {
        let signed = request(
            #"{"event_id":"e1"}"#,
            headers: [
                .init(
                    "X-Mixpeek-Signature",
                    "t=1750000000,v1=fd27dc820cb6ec1d00486e39b5b1925e2aa76b14b1806e513b65c7beaac269b1")
            ])
        for secret in ["whsec_test", "secret:SIGNING", "env:SIGNING", "${secret:SIGNING}"] {
            let receiver = ScriptedReceiver([signed], ends: true)
            let fixture = try ShellFixture(
                environment: ["SIGNING": "whsec_test"], options: { $0.format = .jsonl }, receiver: receiver)
            fixture.files.put(#"{"SIGNING": "whsec_test"}"#, at: "/home/u/.config/hookline/secrets.json")
            let run = await fixture.run("listen --secret \(secret) --secret other")
            #expect(run.output.contains(#""signature":"verified""#), "\(secret): \(run.errors)")
            #expect(!(run.output + run.errors).contains("whsec"))
        }
    }

    @Test("it ends after --limit, answers with --answer, and closes in any case")
    func limit() async throws {
        let receiver = ScriptedReceiver([request(event), request(event), request(event)])
        let fixture = try ShellFixture(options: { $0.format = .ids }, receiver: receiver)
        let run = await fixture.run("listen --limit 2 --answer 503")
        #expect(run.output.split(separator: "\n").count == 2)
        #expect(receiver.status == 503)
        #expect(receiver.isClosed)
    }

    @Test("Ctrl-C ends it without a failure")
    func interrupted() async throws {
        let receiver = ScriptedReceiver([request(event)])
        let fixture = try ShellFixture(options: { $0.format = .tsv }, receiver: receiver)
        let run = Task { await fixture.run("listen") }
        try await eventually { !fixture.output.text.isEmpty }
        run.cancel()
        let end = await run.value
        #expect(!end.errors.contains("error"))
        #expect(receiver.isClosed)
    }

    @Test(
        "what cannot be is refused",
        arguments: [
            ("listen --port 70000", "--port is 0 to 65535"), ("listen --answer 99", "--answer is 200 to 599"),
            ("listen --limit 0", "--limit is a number from 1"), ("listen --secret env:NOT_THERE", "--secret is empty"),
        ])
    func bad(_ line: String, _ message: String) async throws {
        let run = await (try ShellFixture(receiver: ScriptedReceiver())).run(line)
        #expect(run.status == .usage)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("a port that is taken is said to be")
    func taken() async throws {
        let run = await (try ShellFixture(receiver: ScriptedReceiver())).run("listen --port 1")
        #expect(run.status == .failed)
        #expect(run.errors.contains("cannot listen on port 1: the port is in use"))
    }
}
