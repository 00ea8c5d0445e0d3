import LosslessJSON
import Sandbox
import Testing

/// Openings that are none, by what they are.
private let noHTTP = [
    "blank lines": "\r\n\r\n\r\n", "no request": "GARBAGE\r\n\r\n", "another version": "GET / HTTP/9.9\r\n\r\n",
    "control characters": "\u{0}\u{1}\u{2}\r\n\r\n",
    "a negative length": "POST /v1/organizations/webhooks/ HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    "two lengths":
        "POST /v1/organizations/webhooks/ HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
]

@Suite("Requests that mean no good")
struct HostileRequestTests {
    private let post = "POST /v1/organizations/webhooks/ HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer sk_sandbox\r\n"

    /// The server still does its work.
    private func check(_ sandbox: Harness) async throws {
        #expect(try await sandbox.request("GET", "/").status == 200)
    }

    @Test("a body past the limit is answered 413, whether its length was told or not, and nothing is stored")
    func tooLarge() async throws {
        try await Harness.run(seed: .none, { $0.limits.bodyBytes = 10_000 }) { sandbox in
            let body = Array(sampleDocument(String(repeating: "x", count: 20_000)).text(.compact).utf8)
            let told = try await sandbox.request("POST", "/", bytes: body)
            #expect(told.status == 413)
            #expect(told.errorType == "PayloadTooLargeError")
            #expect(told.header("connection") == "close")

            let chunk = Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
            let head = Array((post + "Transfer-Encoding: chunked\r\n\r\n").utf8)
            #expect(try await sandbox.client.exchange([head, chunk]).status == 413)
            #expect(try await sandbox.listAll().isEmpty)
        }
    }

    @Test("a body of exactly the limit is taken, sent in pieces or chunks")
    func justFits() async throws {
        let body = Array(sampleDocument("fits").text(.compact).utf8)
        try await Harness.run(seed: .none, { $0.limits.bodyBytes = body.count }) { sandbox async throws in
            #expect(try await sandbox.request("POST", "/", bytes: body).status == 201)
            let head = Array((post + "Transfer-Encoding: chunked\r\n\r\n").utf8)
            let chunks = body.map { Array("1\r\n".utf8) + [$0] + Array("\r\n".utf8) }
            #expect(try await sandbox.client.exchange([head] + chunks + [Array("0\r\n\r\n".utf8)]).status == 201)
        }
    }

    @Test("a length of more than the limit is refused before the body is sent, when asked")
    func expectation() async throws {
        try await Harness.run(seed: .none, { $0.limits.bodyBytes = 10_000 }) { sandbox in
            let refused = post + "Content-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n"
            #expect(try await sandbox.client.exchange([Array(refused.utf8)]).status == 413)

            let body = Array(sampleDocument().text(.compact).utf8)
            let welcome = post + "Content-Length: \(body.count)\r\nExpect: 100-continue\r\n\r\n"
            let statuses = try await sandbox.client.conversation { connection in
                _ = connection.write(Array(welcome.utf8))
                let interim = try connection.readReply()
                _ = connection.write(body)
                return [interim.status, try connection.readReply().status]
            }
            #expect(statuses == [100, 201])
        }
    }

    @Test("a sender of gigabytes is cut off")
    func endless() async throws {
        try await Harness.run(seed: .none, { $0.limits.bodyBytes = 10_000 }) { sandbox in
            let head = Array((post + "Transfer-Encoding: chunked\r\n\r\n").utf8)
            let chunk = Array("8000\r\n".utf8) + [UInt8](repeating: 32, count: 0x8000) + Array("\r\n".utf8)
            let sent = try await sandbox.client.conversation { connection in
                _ = connection.write(head)
                var sent = 0
                while sent < 100_000, connection.write(chunk) { sent += 1 }
                return sent
            }
            #expect(sent < 100_000)
            try await check(sandbox)
        }
    }

    @Test("nesting beyond the limit and bytes that are no UTF-8 are bad requests")
    func undecodable() async throws {
        try await Harness.run { sandbox in
            let deep = [UInt8](repeating: UInt8(ascii: "["), count: 500_000)
            let invalid = Array(#"{"webhook_name":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
            for body in [deep, invalid, [0xFF, 0xFE, 0x7B, 0x00]] {
                let reply = try await sandbox.request("POST", "/", bytes: body)
                #expect(reply.status == 400)
                #expect(reply.errorType == "BadRequestError")
            }
            try await check(sandbox)
        }
    }

    @Test("a body full of members and a deep one within the limit are stored as they are")
    func largeButFair() async throws {
        try await Harness.run { sandbox in
            var document = try #require(sampleDocument().object)
            for index in 0..<20_000 { document["m\(index)"] = JSON(index) }
            let deep = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
            document["deep"] = try JSON(parsing: deep)
            let id = try await sandbox.create(JSON(document))
            let read = try #require(try await sandbox.request("GET", "/\(id)").json)
            #expect(read["m19999"] == 19_999)
            #expect(read["deep"]?.text(.compact) == deep)
        }
    }

    @Test("headers past the limits are refused", arguments: [(1, 20_000), (200, 10), (90, 1_000)])
    func headers(count: Int, length: Int) async throws {
        try await Harness.run { sandbox in
            let headers = (0..<count).map { ("X-H\($0)", String(repeating: "h", count: length)) }
            #expect(try await sandbox.request("GET", "/", headers: headers).status == 400)
            try await check(sandbox)
        }
    }

    @Test("what is no HTTP ends the connection", arguments: noHTTP.keys.sorted())
    func garbage(name: String) async throws {
        let text = noHTTP[name] ?? ""
        try await Harness.run(seed: .none, { $0.limits.idleTimeout = .seconds(2) }) { sandbox in
            let status = try? await sandbox.client.exchange([Array(text.utf8)]).status
            #expect(status == nil || status == 400)
            try await check(sandbox)
        }
    }

    @Test("a request that stops in its head or in its body is closed in time")
    func stalled() async throws {
        let limit: (inout SandboxConfiguration) -> Void = { $0.limits.idleTimeout = .seconds(2) }
        try await Harness.run(seed: .none, limit) { sandbox in
            for text in ["", "GET /v1/org", post + "Content-Length: 100\r\n\r\n{\"webhook"] {
                await #expect(throws: ExchangeError.self) {
                    try await sandbox.client.exchange([Array(text.utf8)])
                }
            }
            try await check(sandbox)
            #expect(try await sandbox.listAll().isEmpty)
        }
    }

    @Test("a head that trickles in is closed once its time is up, the first of a connection and a later one")
    func slowHead() async throws {
        let limit: (inout SandboxConfiguration) -> Void = { $0.limits.headTimeout = .seconds(2) }
        try await Harness.run(seed: .none, limit) { sandbox in
            for isLater in [false, true] {
                let ended = try await sandbox.client.conversation { connection in
                    if isLater {
                        _ = connection.write(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
                        _ = try connection.readReply()
                    }
                    _ = connection.write(Array("GET / HTTP/1.1\r\nX-Slow: ".utf8))
                    for _ in 0..<1200 {
                        guard connection.write([97]), connection.waitForEnd(milliseconds: 50) == false else {
                            return true
                        }
                    }
                    return false
                }
                #expect(ended)
            }
            try await check(sandbox)
        }
    }

    @Test("a body that trickles in is closed once its time is up")
    func trickle() async throws {
        let limit: (inout SandboxConfiguration) -> Void = { $0.limits.bodyTimeout = .seconds(2) }
        try await Harness.run(seed: .none, limit) { sandbox in
            let head = Array((post + "Content-Length: 100000\r\n\r\n").utf8)
            let ended = try await sandbox.client.conversation { connection in
                _ = connection.write(head)
                // Each byte is sent once an answer has been waited for, so that the pace is the socket's time-out.
                for _ in 0..<1200 {
                    guard connection.write([32]), connection.waitForEnd(milliseconds: 50) == false else { return true }
                }
                return false
            }
            #expect(ended)
        }
    }

    @Test("a body that nobody reads may trickle no longer than one that is read")
    func unreadBody() async throws {
        let limit: (inout SandboxConfiguration) -> Void = { $0.limits.bodyTimeout = .seconds(2) }
        try await Harness.run(seed: .none, limit) { sandbox in
            let head = "POST /v1/organizations/webhooks/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
            let ended = try await sandbox.client.conversation { connection in
                _ = connection.write(Array(head.utf8))
                guard try connection.readReply().status == 401 else { return false }
                for _ in 0..<1200 {
                    guard connection.write([32]), connection.waitForEnd(milliseconds: 50) == false else { return true }
                }
                return false
            }
            #expect(ended)
        }
    }

    @Test("a body's time does not run out while the server is not taking any of it")
    func bodyThatWaits() async throws {
        let limit: (inout SandboxConfiguration) -> Void = { $0.limits.bodyTimeout = .seconds(1) }
        try await Harness.run(seed: .none, limit) { sandbox in
            // More than the server reads ahead.
            let body = Array(sampleDocument().text(.compact).utf8) + Array(repeating: 32, count: 1_000_000)
            let answer = try await sandbox.request(
                "POST", "/", bytes: body, headers: [("X-Sandbox-Fault", "delay;milliseconds=2500")])
            #expect(answer.status == 201)
        }
    }

    @Test("a body that is cut off stores nothing")
    func cutOff() async throws {
        try await Harness.run { sandbox in
            let body = Array(sampleDocument().text(.compact).utf8)
            let head = Array((post + "Content-Length: \(body.count)\r\n\r\n").utf8)
            try await sandbox.client.conversation { connection in
                _ = connection.write(head + body.dropLast(1))
            }
            try await check(sandbox)
            #expect(try await sandbox.listAll().isEmpty)
        }
    }

    @Test("several requests on one connection are answered in order")
    func pipelined() async throws {
        try await Harness.run(seed: .samples) { sandbox in
            let key = "Host: a\r\nAuthorization: Bearer sk_sandbox\r\n"
            let base = "/v1/organizations/webhooks"
            let texts = [
                "GET \(base)/wh_abc123def4 HTTP/1.1\r\n\(key)\r\n", "GET \(base)/wh_none HTTP/1.1\r\n\(key)\r\n",
                "POST \(base)/list HTTP/1.1\r\n\(key)Content-Length: 2\r\n\r\n{}", "GET /none HTTP/1.1\r\n\(key)\r\n",
            ]
            let statuses = try await sandbox.client.conversation { connection in
                try texts.map { text in
                    _ = connection.write(Array(text.utf8))
                    return try connection.readReply().status
                }
            }
            #expect(statuses == [200, 404, 200, 404])
        }
    }
}
