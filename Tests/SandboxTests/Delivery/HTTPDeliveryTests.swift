import Glibc
import LosslessJSON
import Sandbox
import Synchronization
import Testing

/// Gives one list of addresses after another, the last one again and again.
final class ScriptedResolver: HostResolver {
    private let answers: Mutex<[[IPAddress]]>

    init(_ answers: [[String]]) {
        self.answers = Mutex(answers.map { $0.compactMap { IPAddress($0) } })
    }

    func addresses(of host: String) async throws -> [IPAddress] {
        answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
}

/// A live server that may reach loopback, and gives up fast.
func live(_ configuration: inout SandboxConfiguration) {
    configuration.delivery = SandboxDelivery(
        http: HTTPRoute(), slack: SlackRoute(base: "http://127.0.0.1:1"),
        retry: RetryPolicy(maximumAttempts: 3, shortest: .seconds(10), longest: .seconds(100)), pauseAfter: nil,
        pollInterval: .milliseconds(10), allowsPrivateAddresses: true)
}

@Suite("Deliveries over HTTP")
struct HTTPDeliveryTests {
    @Test("the event is posted with the configured headers and a signature that a receiver can check")
    func signed() async throws {
        let peer = HTTPPeer()
        try await peer.serve { port in
            try await Harness.run(seed: .none, live) { sandbox async throws in
                _ = try await sandbox.create(
                    httpDocument(
                        "http://127.0.0.1:\(port)/in?x=1", ["headers": ["X-Team": "blue"], "signing_secret": "s3cret"]))
                let event = try await sandbox.emit(["event_type": "object.created"])
                #expect(try await sandbox.eventually { try await sandbox.deliveries("status=delivered").count == 1 })
                let request = try #require(peer.requests.first)
                #expect(request.method == "POST" && request.target == "/in?x=1" && peer.requests.count == 1)
                #expect(request.header("x-team") == "blue" && request.header("content-type") == "application/json")
                #expect(try JSON(parsing: request.body)["event_id"]?.string == event)
                let signature = try #require(request.header("X-Mixpeek-Signature"))
                #expect(signature.hasPrefix("t=\(sandbox.surroundings.now.seconds),v1="))
                #expect(DeliverySignature.isValid(signature, for: request.body, secret: "s3cret"))
                #expect(!DeliverySignature.isValid(signature, for: request.body + [0x20], secret: "s3cret"))
                #expect(!DeliverySignature.isValid(signature, for: request.body, secret: "other"))
            }
        }
    }

    @Test("the method and the payload are the channel's")
    func payload() async throws {
        let peer = HTTPPeer()
        try await peer.serve { port in
            try await Harness.run(seed: .none, live) { sandbox async throws in
                _ = try await sandbox.create(
                    httpDocument(
                        "http://127.0.0.1:\(port)/",
                        [
                            "method": "put",
                            "payload_template": ["t": "{{ event_type | upper }}", "by": "{{ webhook.name }}"],
                        ]
                    ))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(await sandbox.eventually { peer.requests.count == 1 })
                #expect(peer.requests[0].method == "PUT")
                #expect(try JSON(parsing: peer.requests[0].body) == ["t": "OBJECT.CREATED", "by": "A webhook"])
            }
        }
    }

    @Test("a failure is repeated later with the same event id and body, in order, and no success is repeated")
    func retried() async throws {
        let peer = HTTPPeer { _, number in PeerAnswer(status: number < 2 ? 503 : 204) }
        try await peer.serve { port in
            try await Harness.run(seed: .none, live) { sandbox async throws in
                _ = try await sandbox.create(httpDocument("http://127.0.0.1:\(port)/"))
                let first = try await sandbox.emit(["event_type": "object.created"])
                let second = try await sandbox.emit(["event_type": "object.deleted"])
                for attempt in 1...2 {
                    #expect(await sandbox.eventually { peer.requests.count == attempt })
                    #expect(
                        try await sandbox.eventually {
                            try await sandbox.deliveries("event_id=\(first)").first?["attempts"]?.number?.int == attempt
                        })
                    #expect(try await sandbox.deliveries("event_id=\(first)").first?["last_error"] == "HTTP 503")
                    sandbox.surroundings.advance(by: .seconds(100))
                }
                #expect(try await sandbox.eventually { try await sandbox.deliveries("status=delivered").count == 2 })
                let ids = try peer.requests.map { try JSON(parsing: $0.body)["event_id"]?.string }
                #expect(ids == [first, first, first, second])
                #expect(Set(peer.requests.prefix(3).map(\.body)).count == 1)
            }
        }
    }

    @Test("what fails every time is dead, tells why, and can be replayed")
    func dead() async throws {
        let isWell = Mutex(false)
        let peer = HTTPPeer { _, _ in PeerAnswer(status: isWell.withLock { $0 } ? 200 : 500) }
        try await peer.serve { port in
            try await Harness.run(seed: .none, live) { sandbox async throws in
                let id = try await sandbox.create(httpDocument("http://127.0.0.1:\(port)/"))
                _ = try await sandbox.emit(["event_type": "object.created"])
                for attempt in 1...3 {
                    #expect(await sandbox.eventually { peer.requests.count == attempt })
                    #expect(
                        try await sandbox.eventually {
                            try await sandbox.deliveries("").first?["attempts"]?.number?.int == attempt
                        })
                    sandbox.surroundings.advance(by: .seconds(200))
                }
                let dead = try await sandbox.request("GET", "/v1/sandbox/dead?webhook_id=\(id)")
                #expect(dead.json?["results"]?[0]?["status"] == "dead")
                #expect(dead.json?["results"]?[0]?["last_error"] == "HTTP 500")
                isWell.withLock { $0 = true }
                let replay = try await sandbox.request("POST", "/v1/sandbox/replay", body: #"{"dead":true}"#)
                #expect(replay.json == ["deliveries": 1])
                #expect(try await sandbox.eventually { try await sandbox.deliveries("status=delivered").count == 1 })
            }
        }
    }

    @Test(
        "an answer that is no success, a connection that fails and a redirect are failures",
        arguments: [
            (PeerAnswer(status: 302, headers: [("Location", "http://127.0.0.1/")]), "HTTP 302"),
            (PeerAnswer(status: 404), "HTTP 404"), (PeerAnswer(hangsUp: true), "connection closed"),
            (PeerAnswer(isSilent: true), "time-out"), (PeerAnswer(stalls: true), "time-out"),
        ])
    func failures(answer: PeerAnswer, cause: String) async throws {
        let peer = HTTPPeer { _, _ in answer }
        try await peer.serve { port in
            try await Harness.run(seed: .none, live) { sandbox async throws in
                _ = try await sandbox.create(httpDocument("http://127.0.0.1:\(port)/", ["timeout": 1]))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(
                    try await sandbox.eventually {
                        try await sandbox.deliveries("").first?["last_error"]?.string == cause
                    })
                #expect(peer.requests.count == 1)
            }
        }
    }

    @Test("over TLS the certificate is verified: one that is trusted passes, another does not")
    func tls() async throws {
        for isTrusted in [true, false] {
            let peer = HTTPPeer()
            try await Harness.withFolder { folder in
                try writeFile(PeerCertificate.certificate, to: "\(folder)/s")
                try await peer.serve(tls: true) { port in
                    try await Harness.run(
                        seed: .none,
                        {
                            live(&$0)
                            $0.delivery.resolver = ScriptedResolver([["127.0.0.1"]])
                            if isTrusted { $0.delivery.trustedCertificates = ["\(folder)/s"] }
                        }
                    ) { sandbox async throws in
                        // The name is verified though the connection goes to an address.
                        _ = try await sandbox.create(httpDocument("https://peer.test:\(port)/"))
                        _ = try await sandbox.emit(["event_type": "object.created"])
                        let ended = try await sandbox.eventually {
                            try await sandbox.deliveries("").first?["attempts"]?.number?.int == 1
                        }
                        #expect(ended)
                        #expect(peer.requests.count == (isTrusted ? 1 : 0))
                    }
                }
                unlink("\(folder)/s")
            }
        }
    }

    @Test(
        "no URL leads to a private address, however it is spelt",
        arguments: [
            "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://2130706433:PORT/", "http://0x7f.1:PORT/",
            "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://127.1:PORT/", "http://0:PORT/",
            "http://user@127.0.0.1:PORT/", "http://169.254.169.254/", "http://10.0.0.1/", "http://LOCALHOST:PORT/",
            "http://127.0.0.1.:PORT/", "http://l%6fcalhost:PORT/",
        ])
    func privateAddresses(url: String) async throws {
        let peer = HTTPPeer()
        try await peer.serve { port in
            try await Harness.run(
                seed: .none,
                {
                    live(&$0)
                    $0.delivery.allowsPrivateAddresses = false
                }
            ) { sandbox async throws in
                let url = url.split(separator: "PORT").joined(separator: "\(port)")
                _ = try await sandbox.create(httpDocument(url))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(
                    try await sandbox.eventually {
                        try await sandbox.deliveries("").first?["last_error"]?.string.map {
                            ["the address is private", "the URL's host is no plain name"].contains($0)
                        } ?? false
                    })
                #expect(peer.requests.isEmpty)
            }
        }
    }

    @Test("a name is looked up once: what it resolves to after the check is never used")
    func rebinding() async throws {
        let peer = HTTPPeer()
        try await peer.serve { port in
            try await Harness.run(
                seed: .none,
                {
                    live(&$0)
                    $0.delivery.allowsPrivateAddresses = false
                    // 192.0.2.1 would be private, too; nobody listens on 198.41.0.4:1.
                    $0.delivery.resolver = ScriptedResolver([["8.8.8.8", "127.0.0.1"], ["127.0.0.1"]])
                }
            ) { sandbox async throws in
                _ = try await sandbox.create(httpDocument("http://rebind.test:\(port)/"))
                _ = try await sandbox.emit(["event_type": "object.created"])
                #expect(
                    try await sandbox.eventually {
                        try await sandbox.deliveries("").first?["last_error"] == "the address is private"
                    })
                #expect(peer.requests.isEmpty)
            }
        }
    }

    @Test("the outbox masks secrets in texts alone, however JSON spells them, and stays JSON")
    func masking() async throws {
        let document = httpDocument(
            "https://h.example/",
            [
                "headers": ["X-On": "true"], "signing_secret": "quo\"te1",
                "payload_template": ["t": "say quo\"te1", "on": true],
            ])
        try await Harness.run { sandbox async throws in
            _ = try await sandbox.create(document)
            _ = try await sandbox.emit(["event_type": "object.created"])
            let body = try #require(try await sandbox.outbox().first?["message"]?["body"])
            #expect(body == ["t": "say ••••", "on": true])
        }
    }

    @Test(
        "headers that are none, or not the webhook's to set, are refused before anything is sent",
        arguments: [
            ["X-A": "a\r\nX-B: b"], ["X A": "a"], ["": "a"], ["Host": "other"], ["content-length": "0"],
            ["Transfer-Encoding": "chunked"], ["X-Mixpeek-Signature": "forged"],
        ])
    func headers(headers: [String: String]) async throws {
        let document = httpDocument("https://h.example/", ["headers": JSON(JSONObject(headers.map { ($0, JSON($1)) }))])
        try await Harness.run { sandbox async throws in
            _ = try await sandbox.create(document)
            _ = try await sandbox.emit(["event_type": "object.created"])
            let delivery = try #require(try await sandbox.deliveries("settle=true").first)
            #expect(delivery["status"] == "pending" && delivery["last_error"]?.string?.contains("header") == true)
            #expect(try await sandbox.outbox().isEmpty)
        }
    }
}
