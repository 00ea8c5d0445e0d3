import LosslessJSON
import Testing

/// Each wrong input is a sentence that names what and where, with the exit status of the table.
@Suite("Bad input")
struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var line: String
        var status: Int32
        var says: [String]
        var testDescription: String { line }
    }

    @Test(
        "a wrong line says what is wrong",
        arguments: [
            Case(line: "lss", status: 2, says: ["lss", "-c:1:1", "did you mean", "ls"]),
            Case(line: "ls where actve", status: 2, says: ["actve", "active", "-c:1:10"]),
            Case(line: "ls --sort nme", status: 2, says: ["nme", "name"]),
            Case(line: "ls --frmat json", status: 2, says: ["--frmat", "--format"]),
            Case(line: "get wh_nothere", status: 1, says: ["wh_nothere"]),
            Case(line: "get 'Engineering Slack Alert'", status: 1, says: ["Engineering Slack Alerts"]),
            Case(line: "set active false", status: 2, says: ["set", "--on"]),
            Case(line: "use wh_abc123def4; set active maybe", status: 2, says: ["maybe"]),
            Case(line: "use wh_abc123def4; add-event 'objct.*'", status: 1, says: ["objct.*"]),
            Case(line: "ls where name = 'open", status: 2, says: ["-c:1:"]),
            Case(line: "ls where created > 5", status: 1, says: ["-c:1:"]),
            Case(line: "echo $nope", status: 1, says: ["nope"]),
            Case(line: "run missing.hook", status: 1, says: ["missing.hook", "no such file"]),
            Case(
                line: "use wh_abc123def4; set name ''; commit --yes", status: 7, says: ["webhook_name", "at least 1"]),
        ])
    func wrongLine(_ wrong: Case) async throws {
        let home = try Home()
        let run = try await home.hookline("--sandbox", "-c", wrong.line)
        #expect(run.status == wrong.status, "\(run.errors)")
        for text in wrong.says { #expect(run.errors.contains(text), "\(run.errors)") }
    }

    @Test("an event type no catalogue knows is taken, with the nearest known one")
    func unknownEvent() async throws {
        let home = try Home()
        let run = try await home.hookline("--sandbox", "-c", "use wh_abc123def4; add-event object.creatd; diff")
        #expect(run.status == 0)
        #expect(run.errors.contains("object.created"))
        #expect(run.output.contains("object.creatd"))
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        var name: String
        var answer: String
        var says: [String]
        var testDescription: String { name }
    }

    private static let document =
        #"{"webhook_id":"wh_abc123def4","webhook_name":"A","event_types":["object.created"],"channels":[{"channel":"slack","configs":{"channel_id":"C1","bot_token":"xoxb-123456789012"}}],"is_active":true}"#

    @Test(
        "a PUT that is refused says why and keeps what is staged",
        arguments: [
            Answer(
                name: "422 of the API",
                answer: CannedServer.answer(
                    "422 Unprocessable Entity",
                    #"{"success":false,"status":422,"error":{"type":"ValidationError","message":"Invalid","details":{"validation_errors":[{"type":"value_error","location":["body","channels",0,"configs","channel_id"],"message":"no such channel"}]}}}"#
                ),
                says: ["no such channel", "channels[0].configs.channel_id", "422"]),
            Answer(
                name: "422 of the framework",
                answer: CannedServer.answer(
                    "422 Unprocessable Entity",
                    #"{"detail":[{"loc":["body","webhook_name"],"msg":"too short","type":"string_too_short"}]}"#),
                says: ["too short", "webhook_name", "422"]),
            Answer(
                name: "HTML 502",
                answer: CannedServer.answer("502 Bad Gateway", type: "text/html", "<html><h1>Bad gateway</h1></html>"),
                says: ["502", "text/html"]),
        ])
    func refusedPut(_ refusal: Answer) async throws {
        let home = try Home()
        let document = Self.document
        let server = try CannedServer { request in
            if request.line.hasPrefix("PUT") { return refusal.answer }
            if request.line.hasPrefix("POST") { return CannedServer.answer("200 OK", #"{"results":[\#(document)]}"#) }
            return CannedServer.answer("200 OK", document)
        }
        try home.write("use wh_abc123def4\nset active false\ncommit --yes\nstatus\n", to: "script.hook")
        let run = try await home.hookline(
            "run", "script.hook", "--on-error", "continue",
            environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": server.base])
        for text in refusal.says { #expect(run.errors.contains(text), "\(run.errors)") }
        #expect(run.output.contains("Staged on 1 webhook"), "\(run.output)")
        #expect(run.status == 4, "\(run.errors)")
        let put = try #require(server.requests.first { $0.line.hasPrefix("PUT") })
        #expect(try JSON(parsing: put.body)["is_active"] == false)
    }

    @Test("JSON that is cut short is named with its place")
    func cutShort() async throws {
        let home = try Home()
        let server = try CannedServer { _ in CannedServer.answer("200 OK", #"{"results": [{"webhook_id": "wh_a"#) }
        let run = try await home.hookline(
            "ls", environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": server.base])
        #expect(run.status == 4)
        #expect(run.errors.contains("cannot be read at byte"))
    }

    @Test("control sequences from a server do not reach the terminal")
    func hostileText() async throws {
        let home = try Home()
        let hostile =
            #"{"results":[{"webhook_id":"wh_abc123def4","webhook_name":"\u001b]0;owned\u0007\u202e","event_types":["a"],"channels":[]}]}"#
        let server = try CannedServer { _ in CannedServer.answer("200 OK", hostile) }
        for format in ["--table", "--json", "--csv", "--yaml"] {
            let run = try await home.hookline(
                "ls", format, environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": server.base])
            #expect(run.status == 0)
            #expect(!run.output.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E }, "\(format)")
        }
    }

    @Test("a wrong flag of the program is a usage error")
    func programFlag() async throws {
        let home = try Home()
        let run = try await home.hookline("--no-such-flag")
        #expect(run.status == 2)
        #expect(run.errors.contains("--no-such-flag"))
    }
}
