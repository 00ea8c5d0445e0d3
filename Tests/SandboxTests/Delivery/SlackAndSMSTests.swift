import LosslessJSON
import Sandbox
import Testing

@Suite("Slack and SMS")
struct SlackAndSMSTests {
    private func delivered(_ sandbox: Harness) async throws -> Bool {
        try await sandbox.eventually { try await sandbox.deliveries("status=delivered").count == 1 }
    }

    @Test("with a bot token a message is posted through the API, blocks and all")
    func bot() async throws {
        let peer = HTTPPeer { _, _ in PeerAnswer(body: #"{"ok":true}"#) }
        try await peer.serve { port in
            try await Harness.run(
                seed: .none,
                {
                    live(&$0)
                    // The operator's own choice of a host is not held against the rules for webhooks.
                    $0.delivery.allowsPrivateAddresses = false
                    $0.delivery.slack = SlackRoute(base: "http://127.0.0.1:\(port)/api")
                }
            ) { sandbox async throws in
                _ = try await sandbox.create(
                    webhookDocument(
                        "slack",
                        [
                            "bot_token": "xoxb-1", "channel_id": "C1", "username": "bot",
                            "blocks_template": #"[{"type":"section","text":"{{ metadata.note }}"}]"#,
                        ]))
                _ = try await sandbox.emit(["event_type": "object.created", "fields": ["note": "a \"b\""]])
                #expect(try await delivered(sandbox))
                let request = peer.requests[0]
                #expect(request.target == "/api/chat.postMessage" && request.header("authorization") == "Bearer xoxb-1")
                let body = try JSON(parsing: request.body)
                #expect(body["channel"] == "C1" && body["username"] == "bot")
                #expect(body["text"]?.string?.hasPrefix("object.created") == true)
                #expect(body["blocks"] == [["type": "section", "text": "a \"b\""]])
            }
        }
    }

    @Test("a refusal that Slack answers with 200 is a failure, with its reason and without the token")
    func refused() async throws {
        let peer = HTTPPeer { _, _ in PeerAnswer(body: #"{"ok":false,"error":"not_in_channel for xoxb-1234567890"}"#) }
        try await peer.serve { port in
            try await Harness.run(
                seed: .none,
                {
                    live(&$0)
                    $0.delivery.slack = SlackRoute(base: "http://127.0.0.1:\(port)")
                }
            ) { sandbox async throws in
                _ = try await sandbox.create(
                    webhookDocument("slack", ["bot_token": "xoxb-1234567890", "channel_id": "C1"]))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(
                    try await sandbox.eventually {
                        try await sandbox.deliveries("").first?["last_error"]?.string?.hasPrefix(
                            "Slack: not_in_channel")
                            ?? false
                    })
                #expect(try await !sandbox.request("GET", "/v1/sandbox/deliveries").text.contains("xoxb-1234567890"))
            }
        }
    }

    @Test("without one it goes to the incoming hook's own URL")
    func hook() async throws {
        let peer = HTTPPeer()
        try await peer.serve { port in
            try await Harness.run(seed: .none, live) { sandbox async throws in
                _ = try await sandbox.create(
                    webhookDocument(
                        "slack", ["webhook_url": "http://127.0.0.1:\(port)/services/T/B", "channel": "#ops"]))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(try await delivered(sandbox))
                #expect(peer.requests[0].target == "/services/T/B")
                #expect(try JSON(parsing: peer.requests[0].body)["channel"] == "#ops")
            }
        }
    }

    @Test("each number is sent a text once, though the gateway fails for one of them at first")
    func sms() async throws {
        let peer = HTTPPeer { _, number in PeerAnswer(status: number == 1 ? 429 : 201, headers: [("Retry-After", "7")])
        }
        try await peer.serve { port in
            try await Harness.run(
                seed: .none,
                {
                    live(&$0)
                    $0.delivery.sms = SMSRoute(
                        base: "http://127.0.0.1:\(port)", account: "AC1", token: SandboxSecret("t0"), from: "+15550199")
                }
            ) { sandbox async throws in
                _ = try await sandbox.create(
                    webhookDocument(
                        "sms",
                        ["phone_numbers": ["+15550100", "+15550101"], "message_template": "é {{ event_type }} & more"]))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(
                    try await sandbox.eventually {
                        try await sandbox.deliveries("").first?["last_error"] == "SMS: HTTP 429"
                    })
                sandbox.surroundings.advance(by: .seconds(20))
                #expect(try await delivered(sandbox))
                #expect(
                    peer.requests.map { $0.text.prefix(17) } == [
                        "To=%2B15550100&Fr", "To=%2B15550101&Fr", "To=%2B15550101&Fr",
                    ])
                let request = peer.requests[0]
                #expect(request.target == "/2010-04-01/Accounts/AC1/Messages.json")
                #expect(request.header("authorization") == "Basic QUMxOnQw")
                #expect(request.text.hasSuffix("&From=%2B15550199&Body=%C3%A9%20object.created%20%26%20more"))
            }
        }
    }

    @Test("a text that was given up for one number goes to that number alone when it is revived")
    func revived() async throws {
        let peer = HTTPPeer { request, _ in
            PeerAnswer(status: request.text.hasPrefix("To=%2B15550101") ? 500 : 201)
        }
        try await peer.serve { port in
            try await Harness.run(
                seed: .none,
                {
                    live(&$0)
                    $0.delivery.retry = RetryPolicy(
                        maximumAttempts: 1, shortest: .seconds(10), longest: .seconds(100))
                    $0.delivery.sms = SMSRoute(
                        base: "http://127.0.0.1:\(port)", account: "AC1", token: SandboxSecret("t0"), from: "+15550199")
                }
            ) { sandbox async throws in
                _ = try await sandbox.create(
                    webhookDocument("sms", ["phone_numbers": ["+15550100", "+15550101"]]))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(try await sandbox.eventually { try await sandbox.deliveries("status=dead").count == 1 })
                _ = try await sandbox.request("POST", "/v1/sandbox/replay", body: #"{"dead":true}"#)
                #expect(await sandbox.eventually { peer.requests.count == 3 })
                #expect(
                    peer.requests.map { $0.text.prefix(14) } == [
                        "To=%2B15550100", "To=%2B15550101", "To=%2B15550101",
                    ])
            }
        }
    }

    @Test("a text without any recipient is refused")
    func nobody() async throws {
        try await Harness.run { sandbox async throws in
            _ = try await sandbox.create(webhookDocument("sms", ["message_template": "x"]))
            _ = try await sandbox.emit(["event_type": "object.created"])
            let delivery = try #require(try await sandbox.deliveries("settle=true").first)
            #expect(delivery["status"] == "pending" && delivery["last_error"] == "the text has no recipient")
        }
    }
}
