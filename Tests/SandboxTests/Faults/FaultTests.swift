import LosslessJSON
import Testing

@testable import Sandbox

@Suite("Faults on purpose")
struct FaultTests {
    private func fault(_ header: String) -> [(String, String)] { [("X-Sandbox-Fault", header)] }

    @Test(
        "faults before the operation answer in its place, and nothing is done",
        arguments: [
            ("rate_limited; retry_after=7", 429, "7"), ("rate_limited_without_retry_after", 429, nil),
            ("server_error", 500, nil), ("server_error; status=599", 599, nil), ("unavailable;retry_after=2", 503, "2"),
        ])
    func before(header: String, status: Int, retryAfter: String?) async throws {
        try await Harness.run { sandbox async throws in
            let reply = try await sandbox.request(
                "POST", "/", body: sampleDocument().text(.compact), headers: fault(header))
            #expect(reply.status == status && reply.header("retry-after") == retryAfter)
            #expect(reply.json?["success"] == false)
            #expect(try await sandbox.listAll().isEmpty)
        }
    }

    @Test(
        "a reset before leaves nothing done, one after leaves it done; the client can't tell", arguments: [true, false])
    func resets(isTCP: Bool) async throws {
        try await Harness.run(seed: .none, { if isTCP { $0.listener = .tcp() } }) { sandbox async throws in
            for (name, count) in [("reset_before", 0), ("reset_after", 1)] {
                await #expect(throws: ExchangeError.self) {
                    _ = try await sandbox.request(
                        "POST", "/", body: sampleDocument().text(.compact), headers: fault(name))
                }
                #expect(try await sandbox.listAll().count == count)
            }
        }
    }

    @Test("an error after, a proxy's page and a truncated body hide a write that was done")
    func after() async throws {
        try await Harness.run { sandbox async throws in
            let body = sampleDocument().text(.compact)
            let error = try await sandbox.request(
                "POST", "/", body: body, headers: fault("server_error_after;status=504"))
            #expect(error.status == 504)
            let page = try await sandbox.request("POST", "/", body: body, headers: fault("html_body"))
            #expect(page.status == 502 && page.header("content-type") == "text/html" && page.text.hasPrefix("<html>"))
            do {
                _ = try await sandbox.request("POST", "/", body: body, headers: fault("truncated_body"))
                Issue.record("the body was whole")
            } catch ExchangeError.cutOff(let received) {
                let text = String(decoding: received, as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 201") && text.contains("\"webhook_name\""))
            }
            #expect(try await sandbox.listAll().count == 3)
        }
    }

    @Test("a stale read shows a webhook as it was before its last change, in lists, too")
    func stale() async throws {
        try await Harness.run { sandbox async throws in
            let id = try await sandbox.create(sampleDocument("one"))
            #expect(try await sandbox.request("GET", "/\(id)", headers: fault("stale_read")).status == 404)
            _ = try await sandbox.request("PUT", "/\(id)", body: sampleDocument("two").text(.compact))
            let reply = try await sandbox.request("GET", "/\(id)", headers: fault("stale_read"))
            #expect(reply.json?["webhook_name"] == "one")
            #expect(
                try await sandbox.request("GET", "/", headers: fault("stale_read")).json?[0]?["webhook_name"] == "one")
            #expect(try await sandbox.webhook(id)["webhook_name"] == "two")
        }
    }

    @Test("masked secrets are stored as masks when they are sent back; kept ones are not")
    func masks() async throws {
        try await Harness.run { sandbox async throws in
            let document = webhookDocument("slack", ["channel_id": "C1", "bot_token": "xoxb-1234567890"])
            let path: JSONPath = ["channels", 0, "configs", "bot_token"]
            let id = try await sandbox.create(document)
            for (kind, stored, shown) in [
                ("kept_secrets", "xoxb-1234567890", "****7890"), ("masked_secrets", "****7890", "redacted"),
            ] {
                let read = try await sandbox.request("GET", "/\(id)", headers: fault(kind))
                #expect(read.json?[path] == "****7890")
                let written = try await sandbox.request("PUT", "/\(id)", body: read.text, headers: fault(kind))
                #expect(written.status == 200 && written.json?[path]?.string == shown)
                #expect(try await sandbox.webhook(id)[path]?.string == stored)
            }
        }
    }

    @Test("dropped fields are not stored; a lost write is answered and not done")
    func lossyWrites() async throws {
        try await Harness.run { sandbox async throws in
            var document = sampleDocument("one").object!
            document["description"] = "d"
            let id = try await sandbox.create(JSON(document))
            let dropped = try await sandbox.request(
                "PUT", "/\(id)", body: JSON(document).text(.compact),
                headers: fault("dropped_fields; fields=description+x"))
            #expect(dropped.json?["description"] == nil)
            document["webhook_name"] = "two"
            let lost = try await sandbox.request(
                "PUT", "/\(id)", body: JSON(document).text(.compact), headers: fault("lost_write"))
            #expect(lost.status == 200 && lost.json?["webhook_name"] == "two")
            #expect(try await sandbox.webhook(id)["webhook_name"] == "one")
        }
    }

    @Test("a plan is set, told with what has happened, bounded by its counts, and cleared")
    func plans() async throws {
        try await Harness.run { sandbox async throws in
            let plan = #"{"seed":7,"rules":[{"fault":"server_error","count":2,"operations":["list_webhooks"]}]}"#
            #expect(try await sandbox.request("POST", "/v1/sandbox/faults", body: plan).status == 200)
            var statuses: [Int] = []
            for _ in 0..<3 { statuses.append(try await sandbox.request("GET", "/").status) }
            #expect(statuses == [500, 500, 200])
            #expect(try await sandbox.request("GET", "/wh_none").status == 404)
            let current = try await sandbox.request("GET", "/v1/sandbox/faults")
            #expect(current.json?["rules"]?[0]?["happened"] == 2 && current.json?["seed"] == 7)
            #expect(try await sandbox.request("POST", "/v1/sandbox/faults", body: current.text).status == 200)
            #expect(try await sandbox.request("GET", "/").status == 500)
            #expect(try await sandbox.request("DELETE", "/v1/sandbox/faults").status == 204)
            #expect(try await sandbox.request("GET", "/").status == 200)
        }
    }

    @Test(
        "what is no plan is refused",
        arguments: [
            "{}", "[]", #"{"rules":{}}"#, #"{"rules":[{}]}"#, #"{"rules":[{"fault":"x"}]}"#,
            #"{"rules":[{"fault":"delay","rate":1.5}]}"#, #"{"rules":[{"fault":"delay","milliseconds":60001}]}"#,
            #"{"rules":[{"fault":"delay","operations":["x"]}]}"#,
            #"{"rules":[{"fault":"delay","operations":["clear_faults"]}]}"#,
            #"{"rules":[{"fault":"delay","happened":"x"}]}"#, #"{"rules":[],"seed":-1}"#,
            #"{"rules":[{"fault":"delay","color":1}]}"#,
        ])
    func refusedPlans(body: String) async throws {
        try await Harness.run { sandbox async throws in
            #expect(try await sandbox.request("POST", "/v1/sandbox/faults", body: body).status == 422)
        }
    }

    @Test("an unreadable header of faults is refused")
    func refusedHeaders() async throws {
        try await Harness.run { sandbox async throws in
            for header in ["x", "delay;milliseconds", "delay;milliseconds=x", ";"] {
                let status = try await sandbox.request("GET", "/", headers: fault(header)).status
                #expect([400, 422].contains(status), "\(header)")
            }
        }
    }

    @Test("the same seed gives the same faults, another others, about as often as the rate says")
    func dice() {
        func draws(_ seed: UInt64) -> [Int] {
            var dice = FaultDice(
                FaultPlan(seed: seed, rules: [FaultRule(.serverError, rate: 0.25), FaultRule(.delay, rate: 0.5)]))
            return (0..<1_000).map { _ in dice.request("get_webhook", isOfWebhooks: true).count }
        }
        #expect(draws(1) == draws(1))
        #expect(draws(1) != draws(2))
        #expect((650...850).contains(draws(3).reduce(0, +)))
    }

    @Test("a document too large to be kept leaves none from before it")
    func largeFormer() {
        let board = FaultBoard(FaultPlan(rules: []))
        let organization = OrganizationID(row: 1)
        board.remember("{}", id: "wh_1", of: organization)
        board.remember(String(repeating: "x", count: 20_000), id: "wh_1", of: organization)
        if case .some = board.former("wh_1", of: organization) { Issue.record("an older document was kept") }
    }

    @Test("a delivery that counts as failed though it was made comes again with the same event id")
    func repeated() async throws {
        let peer = HTTPPeer()
        try await peer.serve { port in
            try await Harness.run(
                seed: .none,
                {
                    live(&$0)
                    $0.faults = FaultPlan(rules: [FaultRule(.deliveryRepeated, count: 1)])
                }
            ) { sandbox async throws in
                _ = try await sandbox.create(httpDocument("http://127.0.0.1:\(port)/"))
                let event = try await sandbox.emit(["event_type": "object.created"])
                #expect(try await sandbox.eventually { try await sandbox.deliveries("").first?["attempts"] == 1 })
                sandbox.surroundings.advance(by: .seconds(20))
                #expect(try await sandbox.eventually { try await sandbox.deliveries("status=delivered").count == 1 })
                #expect(try peer.requests.map { try JSON(parsing: $0.body)["event_id"]?.string } == [event, event])
            }
        }
    }
}
