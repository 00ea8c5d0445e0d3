import LosslessJSON
import Sandbox
import Testing

@Suite("Events and organizations")
struct SystemTenantTests {
    @Test("no operation shows or changes what is another organization's")
    func apart() async throws {
        try await Harness.run(
            seed: .none,
            {
                $0.keys = [SandboxKey("sk_a")!, SandboxKey("sk_b")!]
                $0.delivery.retry = RetryPolicy(maximumAttempts: 1)
                $0.delivery.pauseAfter = nil
            }
        ) { sandbox async throws in
            let mine = try await sandbox.create(sampleDocument("mine", events: ["*"]), key: "sk_a")
            let theirs = try await sandbox.create(sampleDocument("theirs", events: ["*"]), key: "sk_b")
            let event = try await sandbox.emit(["event_type": "object.created", "event_id": "evt_same"], key: "sk_a")
            #expect(try await sandbox.deliveries("settle=true", key: "sk_a").map { $0["webhook_id"]?.string } == [mine])
            #expect(try await sandbox.outbox(key: "sk_a").count == 1)

            // Neither by list nor by name.
            #expect(try await sandbox.deliveries("settle=true", key: "sk_b").isEmpty)
            #expect(try await sandbox.deliveries("event_id=\(event)", key: "sk_b").isEmpty)
            #expect(try await sandbox.deliveries("webhook_id=\(mine)", key: "sk_b").isEmpty)
            #expect(try await sandbox.deliveries("since=0", key: "sk_b").isEmpty)
            #expect(try await sandbox.outbox("since=0", key: "sk_b").isEmpty)
            #expect(try await sandbox.outbox("webhook_id=\(mine)", key: "sk_b").isEmpty)
            let replay = #"{"event_id":"evt_same"}"#
            #expect(try await sandbox.request("POST", "/v1/sandbox/replay", body: replay, key: "sk_b").status == 404)

            // The same identifier is another event there.
            _ = try await sandbox.emit(["event_type": "object.deleted", "event_id": "evt_same"], key: "sk_b")
            #expect(
                try await sandbox.deliveries("settle=true", key: "sk_b").map { $0["webhook_id"]?.string } == [theirs])
            #expect(try await sandbox.deliveries("", key: "sk_a").count == 1)

            // Faults and what they kill are one's own, and so is its revival.
            let plan = #"{"rules":[{"fault":"delivery_failure"},{"fault":"server_error"}]}"#
            _ = try await sandbox.request("POST", "/v1/sandbox/faults", body: plan, key: "sk_a")
            #expect(try await sandbox.request("GET", "/", key: "sk_b").status == 200)
            #expect(try await sandbox.request("GET", "/v1/sandbox/faults", key: "sk_b").json?["rules"] == [])
            _ = try await sandbox.emit(["event_type": "object.created"], key: "sk_a")
            #expect(
                try await sandbox.eventually {
                    try await sandbox.deliveries("status=dead&settle=true", key: "sk_a").count == 1
                })
            #expect(
                try await sandbox.request("GET", "/v1/sandbox/dead", key: "sk_b").json?["results"] == [])
            let dead = #"{"dead":true,"webhook_id":"\#(mine)"}"#
            let revived = try await sandbox.request("POST", "/v1/sandbox/replay", body: dead, key: "sk_b")
            #expect(revived.json == ["deliveries": 0])
        }
    }

    @Test(
        "each of them wants a key",
        arguments: [
            ("POST", "events"), ("GET", "deliveries"), ("GET", "dead"), ("GET", "outbox"), ("POST", "replay"),
            ("GET", "faults"), ("POST", "faults"), ("DELETE", "faults"),
        ])
    func unauthorized(method: String, name: String) async throws {
        try await Harness.run { sandbox async throws in
            for key in [nil, "sk_wrong"] {
                let reply = try await sandbox.request(method, "/v1/sandbox/\(name)", body: "{}", key: key)
                #expect(reply.status == 401 && reply.errorType == "UnauthorizedError")
            }
        }
    }

    @Test("changes are followed by the place that the answer before told, none twice and none left out")
    func following() async throws {
        try await Harness.run { sandbox async throws in
            _ = try await sandbox.create(sampleDocument("w", events: ["*"]))
            var since = "0"
            var captured: Set<String> = []
            var outboxSince = "0"
            var messages: [String] = []
            for round in 0..<5 {
                let body = #"{"event_type":"object.created","count":\#(round * 3)}"#
                if round > 0 { _ = try await sandbox.request("POST", "/v1/sandbox/events", body: body) }
                while true {
                    let reply = try await sandbox.request(
                        "GET", "/v1/sandbox/deliveries?since=\(since)&limit=2&settle=true")
                    since = reply.json?["since"]?.string ?? ""
                    let results = reply.json?["results"]?.array ?? []
                    if results.isEmpty { break }
                    for result in results where result["status"] == "captured" {
                        let isNew = captured.insert(result["delivery_id"]?.string ?? "").inserted
                        #expect(isNew)
                    }
                }
                while true {
                    let reply = try await sandbox.request("GET", "/v1/sandbox/outbox?since=\(outboxSince)&limit=2")
                    outboxSince = reply.json?["since"]?.string ?? ""
                    let results = reply.json?["results"]?.array ?? []
                    if results.isEmpty { break }
                    messages += results.compactMap { $0["delivery_id"]?.string }
                }
            }
            #expect(captured.count == 30 && messages.count == 30 && Set(messages) == captured)
        }
    }

    @Test(
        "a query that is wrong is refused",
        arguments: [
            "deliveries?status=lost", "deliveries?limit=0", "deliveries?since=x", "outbox?since=-1", "dead?limit=1001",
            "deliveries?settle=maybe",
        ])
    func wrongQueries(path: String) async throws {
        try await Harness.run { sandbox async throws in
            #expect(try await sandbox.request("GET", "/v1/sandbox/\(path)").status == 422)
        }
    }

    @Test(
        "what is no replay is refused, and an unknown event is not found",
        arguments: [
            ("{}", 422), (#"{"dead":false}"#, 422), (#"{"dead":true,"event_id":"evt_1"}"#, 422),
            (#"{"event_id":"evt_1","webhook_id":"wh_1"}"#, 422), (#"{"event_id":"evt_1"}"#, 404),
            (#"{"dead":true}"#, 200), (#"{"dead":{},"event_id":"evt_1"}"#, 422),
            (#"{"dead":null,"event_id":"evt_1"}"#, 404),
        ])
    func replays(body: String, status: Int) async throws {
        try await Harness.run { sandbox async throws in
            #expect(try await sandbox.request("POST", "/v1/sandbox/replay", body: body).status == status)
        }
    }

    @Test("a replayed event goes to those that receive it now, with its identifier")
    func replayed() async throws {
        try await Harness.run { sandbox async throws in
            let event = try await sandbox.emit(["event_type": "object.created", "fields": ["n": 1]])
            #expect(try await sandbox.outbox().isEmpty)
            _ = try await sandbox.create(httpDocument("https://h.example/"))
            let reply = try await sandbox.request(
                "POST", "/v1/sandbox/replay", body: #"{"event_id":"\#(event)"}"#)
            #expect(reply.json == ["deliveries": 1])
            let body = try await sandbox.outbox().first?["message"]?["body"]
            #expect(body?["event_id"]?.string == event && body?["metadata"] == ["n": 1])
        }
    }
}
