import Glibc
import LosslessJSON
import TestSupport
import Testing

/// Events, deliveries and faults with the real program on a real server.
@Suite("Rehearsing on the sandbox")
struct RehearsalTests {
    private static let signingSecret = "whsec_canary_0123456789"

    @Test("an event on the embedded sandbox goes to the outbox, and is there in the next run")
    func embedded() async throws {
        let home = try Home()
        let emit = try await home.hookline("sandbox", "emit", "object.created", "bucket=invoices", "--json")
        #expect(emit.status == 0, "\(emit.errors)")
        let event = try #require(try JSON(parsing: emit.output).array?.first)
        let deliveries = try #require(event["deliveries"]?.number?.int)
        #expect(deliveries > 10)
        let later = try await home.hookline(
            "-c", "count where receives(object.created) and active; sandbox deliveries --json --limit 1000")
        let listed = try JSON(parsing: String(later.output.drop { $0 != "[" }))
        #expect(listed.array?.allSatisfy { $0["status"] == "captured" } == true)
        #expect(listed.array?.count == deliveries)
        let outbox = try await home.hookline("sandbox", "outbox", "wh_abc123def4", "--json")
        let message = try #require(try JSON(parsing: outbox.output).array?.first)
        #expect(message["event"] == event["event"])
        #expect(message["to"] == "C0123456789")
        #expect(!outbox.output.contains("xoxb-sample"))
        let id = try #require(event["event"]?.string)
        let again = try await home.hookline("sandbox", "replay", id, "--json")
        #expect(try JSON(parsing: again.output)["deliveries"]?.number?.int ?? 0 > 10)
    }

    @Test("a write that the server forgets is not called verified, in words and in data")
    func lostWrite() async throws {
        let run = try await (try Home()).hookline(
            "--sandbox", "-c",
            "sandbox faults lost_write,operations=update_webhook > /dev/null; set description q --on wh_abc123def4; commit --yes --json"
        )
        #expect(run.errors.contains("1 webhook sent, and not so any more"), "\(run.errors)")
        let entry = try #require(try JSON(parsing: run.output).array?.first)
        #expect(entry["lost"]?[0]?["path"] == "description")
    }

    @Test("staged edits that are lost are told of, however quiet it is to be")
    func quietLoss() async throws {
        let run = try await (try Home()).hookline(
            "--sandbox", "-q", "-c", "set description q --on wh_abc123def4")
        #expect(run.errors.contains("they are gone"))
    }

    @Test("global flags stand behind the words of sandbox, too")
    func flags() async throws {
        let run = try await (try Home()).hookline("sandbox", "status", "--sandbox", "--json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try JSON(parsing: run.output)["status"] == "ok")
    }

    @Test("a delivery of a served sandbox arrives at listen, verified; a wrong secret is told")
    func delivered() async throws {
        let home = try Home()
        let port = try LoopbackSocket.freePort()
        let server = try await ServedSandbox(
            home, ["--seed", "none", "--deliver", "http", "--allow-private", "--faults", "delivery_repeated,count=1"])
        async let heard = home.hookline(
            "listen", "--port", "\(port)", "--limit", "2", "--json", "--secret", Self.signingSecret)
        try await untilReached(port)
        var environment = server.environment
        environment["SIGNING"] = Self.signingSecret
        let sent = try await home.hookline(
            "-c",
            """
            create Here --events object.created --channel webhook url=http://127.0.0.1:\(port)/in?key=canary-0123 \
            signing_secret=${env:SIGNING}
            commit --yes
            sandbox emit object.created size=12
            """, environment: environment)
        #expect(sent.status == 0, "\(sent.errors)")
        let run = try await heard
        #expect(run.status == 0, "\(run.errors)")
        let lines = try run.lines.map { try JSON(parsing: $0) }
        // The second is the same event again.
        #expect(lines.count == 2)
        #expect(lines.first?["event"] == lines.last?["event"])
        for line in lines {
            #expect(line["signature"] == "verified")
            #expect(line["type"] == "object.created")
            #expect(line["body"]?["metadata"]?["size"] == 12)
        }
        #expect(!(run.output + run.errors + sent.output + sent.errors).contains("canary"))
        let states = try await home.hookline(
            "-c", "sandbox deliveries --json; sandbox faults --json", environment: server.environment)
        #expect(states.output.contains(#""status": "delivered""#), "\(states.output)")
        #expect(states.output.contains(#""happened": 1"#))
    }

    @Test("where nobody answers, health names the webhook, the cause and the pause, and dead deliveries come back")
    func unhealthy() async throws {
        let home = try Home()
        let port = try LoopbackSocket.freePort()
        let server = try await ServedSandbox(
            home, ["--seed", "none", "--deliver", "http", "--allow-private", "--pause-after", "1"])
        let run = try await home.hookline(
            "-c",
            """
            create Nobody --events object.created --channel webhook url=http://127.0.0.1:\(port)/
            commit --yes
            sandbox emit object.created
            wait until len($(health)) = 1 --timeout 60s
            health --json
            ls --columns health
            """, environment: server.environment)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains(#""state": "paused""#), "\(run.output)")
        #expect(run.output.contains(#""failures": 1"#))
    }

    @Test("deliveries --follow shows what others cause, until SIGINT ends it well")
    func follow() async throws {
        let home = try Home()
        let server = try await ServedSandbox(home, ["--seed", "samples"])
        var environment = home.environment(server.environment)
        environment["PATH"] = "/usr/bin:/bin"
        let script = """
            "$0" sandbox deliveries wh_abc123def4 --follow --json > follow.out 2> follow.err & reader=$!
            "$0" sandbox emit object.created > /dev/null
            i=0; while ! [ -s follow.out ] && [ $i -lt 1200 ]; do sleep 0.05; i=$((i+1)); done
            kill -INT $reader; wait $reader; echo "status $?"; cat follow.out follow.err
            """
        let run = try await ProgramRun.run(
            "/bin/sh", ["-c", script, Home.program], environment: environment, input: "", directory: home.path)
        #expect(run.output.hasPrefix("status 0\n{\"event\":"), "\(run.output) \(run.errors)")
        #expect(run.output.contains(#""webhook":"wh_abc123def4""#))
        #expect(!run.output.contains("error:"))
    }

    @Test("an API that is no sandbox is told apart from a failure")
    func elsewhere() async throws {
        let server = try CannedServer { _ in
            CannedServer.answer("404 Not Found", #"{"detail": "Not Found"}"#)
        }
        let run = try await (try Home()).hookline(
            "sandbox", "emit", "object.created",
            environment: ["MIXPEEK_API_KEY": "sk_test", "MIXPEEK_API_BASE": server.base])
        #expect(run.status == 4)
        #expect(run.errors.contains("is no sandbox"), "\(run.errors)")
    }

    @Test(
        "serve refuses delivery flags that do not fit together, by name",
        arguments: [
            (["--deliver", "fax"], "--deliver knows no fax"), (["--deliver", "smtp"], "--mail-from"),
            (["--deliver", "smtp", "--mail-from", "a@example.com"], "--smtp or --sendmail"),
            (["--deliver", "sms", "--sms-account", "AC1", "--sms-from", "+15550100"], "HOOKLINE_SMS_TOKEN"),
            (["--faults", "delay,seconds=1"], "there is no seconds"), (["--faults", "fire"], "there is no fire"),
        ])
    func serveFlags(_ words: [String], _ message: String) async throws {
        let home = try Home()
        let run = try await ProgramRun.run(
            Home.program, ["sandbox", "serve"] + words, environment: home.environment(), input: "",
            directory: home.path)
        #expect(run.status == 2)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("serve --verbose logs each request's method, path and status, and no key")
    func verbose() async throws {
        let home = try Home()
        let script = """
            "$0" sandbox serve --key sk_canary_key --verbose > serve.json 2> serve.log & server=$!
            i=0; while ! [ -s serve.json ] && [ $i -lt 1200 ]; do sleep 0.05; i=$((i+1)); done
            MIXPEEK_API_KEY=sk_canary_key MIXPEEK_API_BASE=$(sed 's/.*"base": "\\(.*\\)".*/\\1/' serve.json) "$0" show wh_abc123def4 name
            kill -TERM $server; wait $server; cat serve.log
            """
        let run = try await ProgramRun.run(
            "/bin/sh", ["-c", script, Home.program], environment: home.environment(), input: "", directory: home.path)
        let line = run.lines.first { $0.contains("method=POST") } ?? ""
        #expect(line.contains("path=/v1/organizations/webhooks/list"), "\(run.output) \(run.errors)")
        #expect(line.contains("status=200"))
        #expect(!run.output.contains("sk_canary"))
    }

    private func untilReached(_ port: Int) async throws {
        let deadline = ContinuousClock.now + .seconds(180)
        while !LoopbackSocket.isReached(port: port) {
            try #require(ContinuousClock.now < deadline, "nobody listens")
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
