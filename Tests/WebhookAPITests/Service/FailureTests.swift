import LosslessJSON
import Testing
import WebhookAPI
import WebhookModel

@Suite("Failures over the wire", .overBothTransports, .timeLimit(.minutes(1)))
struct FailureTests {
    private let id = Client.id

    /// What each operation throws against a server that always replies so; nil for one that throws nothing.
    private func errors(
        _ reply: WireReply, requestTimeout: Duration = .seconds(30)
    ) async throws -> (get: ServiceError?, put: ServiceError?, post: ServiceError?, delete: ServiceError?) {
        try await WireServer.run({ _ in reply }) { server in
            var configuration = try Client.configuration(server.base)
            configuration.timeouts.request = requestTimeout
            return try await Client.run(configuration) { client in
                (
                    await error { () throws(ServiceError) in _ = try await client.get(id) },
                    await error { () throws(ServiceError) in _ = try await client.update(id, to: Client.document()) },
                    await error { () throws(ServiceError) in _ = try await client.create(Client.document()) },
                    await error { () throws(ServiceError) in try await client.delete(id) }
                )
            }
        }
    }

    private func error(_ body: () async throws(ServiceError) -> Void) async -> ServiceError? {
        do throws(ServiceError) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private func isAmbiguous(_ error: ServiceError?) -> Bool {
        if case .ambiguous = error?.kind { true } else { false }
    }

    @Test("a wrong key is unauthorized, with what the server said and its request's identifier")
    func wrongKey() async throws {
        try await WireServer.run(APIServer([], .init(key: "sk_other")).handle) { server in
            try await Client.run(server) { client in
                let error = await serviceError { try await client.list() }
                #expect(error?.kind == .unauthorized)
                #expect(error?.serverType == "UnauthorizedError")
                #expect(error?.serverMessage == "no such key")
                #expect(error?.requestID == "req_401")
                #expect(error?.operation == "POST /v1/organizations/webhooks/list")
                #expect(error?.host == "127.0.0.1:\(server.port)")
            }
        }
    }

    @Test("a 422 in either shape names the field")
    func validation() async throws {
        let api =
            #"{"success": false, "status": 422, "error": {"type": "ValidationError", "message": "m", "details": {"validation_errors": [{"type": "missing", "location": ["body", "channels", 0, "configs", "url"], "message": "Field required"}]}}}"#
        let framework =
            #"{"detail": [{"loc": ["body", "channels", 0, "configs", "HTTPConfig", "url"], "msg": "Field required", "type": "missing", "input": "secret"}]}"#
        for body in [api, framework] {
            let error = try await errors(.answer(422, body)).put
            guard case .invalid(let problems) = error?.kind else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(problems.map(\.path) == [try JSONPath(parsing: "channels[0].configs.url")])
            #expect(problems.map(\.message) == ["Field required"])
            #expect(problems.map(\.type) == ["missing"])
        }
    }

    @Test("an HTML 502 is an unexpected answer")
    func html() async throws {
        let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
        let error = try await errors(.answer(502, page, type: "text/html")).get
        #expect(error?.kind == .unexpectedAnswer(contentType: "text/html", snippet: "502 Bad Gateway nginx"))
        #expect(error?.status == 502)
    }

    @Test("a proxy's page in the place of a good answer leaves writes ambiguous, a delete too")
    func pageAsAnswer() async throws {
        let errors = try await errors(.answer(200, "<html><body>Welcome</body></html>", type: "text/html"))
        #expect(isAmbiguous(errors.put) && isAmbiguous(errors.post) && isAmbiguous(errors.delete))
    }

    @Test("JSON cut short says where; to a write it leaves open what happened")
    func cutJSON() async throws {
        let errors = try await errors(.answer(200, #"{"webhook_id": "wh_abc1"#))
        #expect(
            errors.get?.kind == .malformedBody(reason: "the body ends inside a value at line 1, column 24", offset: 23))
        #expect(isAmbiguous(errors.put) && isAmbiguous(errors.post))
        #expect(errors.put?.status == 200)
        #expect(errors.delete == nil)
    }

    @Test("an answer cut off by the connection is malformed for a read and ambiguous for a write")
    func cutConnection() async throws {
        for ending in [WireReply.Ending.close, .reset] {
            let errors = try await errors(.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\"", ending))
            guard case .malformedBody = errors.get?.kind else {
                Issue.record("\(String(describing: errors.get))")
                continue
            }
            #expect(isAmbiguous(errors.put) && isAmbiguous(errors.post) && isAmbiguous(errors.delete))
        }
    }

    @Test("a server that takes the request and hangs up leaves writes ambiguous", arguments: [WireReply.reset, .close])
    func reset(_ reply: WireReply) async throws {
        let errors = try await errors(reply)
        guard case .unreachable = errors.get?.kind else {
            Issue.record("\(String(describing: errors.get))")
            return
        }
        #expect(isAmbiguous(errors.put) && isAmbiguous(errors.post) && isAmbiguous(errors.delete))
    }

    @Test("a server that never answers is timed out; writes are ambiguous")
    func slow() async throws {
        for reply in [WireReply.silence, .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", .silence)] {
            let errors = try await errors(reply, requestTimeout: .milliseconds(80))
            #expect(errors.get?.kind == .timedOut)
            #expect(isAmbiguous(errors.put) && isAmbiguous(errors.post) && isAmbiguous(errors.delete))
        }
    }

    @Test("no server is unreachable for everything: nothing was sent")
    func noServer() async throws {
        // Port 1 is nobody's: a port that was free a moment ago may be another test's by now.
        for base in ["http://127.0.0.1:1", "http://localhost:1", "http+unix://%2Ftmp%2Fno-such.sock"] {
            try await Client.run(Client.configuration(base)) { client in
                let errors = [
                    await serviceError { try await client.list() },
                    await serviceError { try await client.update(id, to: Client.document()) },
                    await serviceError { try await client.create(Client.document()) },
                    await serviceError { try await client.delete(id) },
                ]
                for error in errors {
                    guard case .unreachable(let reason) = error?.kind else {
                        Issue.record("\(String(describing: error))")
                        continue
                    }
                    #expect(["connection refused", "no such socket"].contains(reason))
                }
            }
        }
    }

    @Test("a server that accepts and never speaks TLS is unreachable in the connect time-out")
    func noHandshake() async throws {
        try await WireServer.run({ _ in .silence }) { server in
            let configuration = try Client.configuration("https://127.0.0.1:\(server.port)")
            let transport = TransportConfiguration(connectTimeout: .milliseconds(80))
            try await Client.run(configuration, transport: transport) { client in
                let error = await serviceError {
                    try await client.update(id, to: Client.document())
                }
                #expect(error?.kind == .unreachable(reason: "no connection in time"))
            }
        }
    }

    @Test("time running out before there is a connection leaves no write in doubt")
    func timedOutUnsent() async throws {
        try await WireServer.run({ _ in .silence }) { server in
            var configuration = try Client.configuration("https://127.0.0.1:\(server.port)")
            configuration.timeouts.request = .milliseconds(80)
            try await Client.run(configuration) { client in
                let error = await serviceError { try await client.create(Client.document()) }
                #expect(error?.kind == .timedOut)
            }
        }
    }

    @Test("a server that hangs up between requests, without a word, costs a read nothing")
    func staleConnections() async throws {
        let reply = WireReply.answer(200, Client.document().text(), ending: .close)
        try await WireServer.run({ _ in reply }) { server in
            var configuration = try Client.configuration(server.base)
            configuration.retry = RetryPolicy(attempts: 10, firstBackoff: .milliseconds(1))
            try await Client.run(configuration) { client in
                for _ in 0..<50 { _ = try await client.get(id) }
            }
            #expect(server.connections >= 50)
        }
    }

    @Test("what is no HTTP is told as such")
    func notHTTP() async throws {
        let errors = try await errors(.raw("SSH-2.0-OpenSSH_9.9\r\n", .close))
        guard case .unexpectedAnswer(nil, let snippet) = errors.get?.kind, snippet.hasPrefix("no HTTP") else {
            Issue.record("\(String(describing: errors.get))")
            return
        }
        #expect(isAmbiguous(errors.put))
    }

    @Test("a body over the limit is refused, announced or not, and an error's is cut")
    func tooLarge() async throws {
        let long = "[" + String(repeating: " ", count: 5000) + "]"
        for reply in [WireReply.answer(200, long), .raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + long, .close)]
        {
            try await WireServer.run({ _ in reply }) { server in
                var configuration = try Client.configuration(server.base)
                configuration.limits = .init(list: 1000, webhook: 1000, error: 1000)
                try await Client.run(configuration) { client in
                    let list = await serviceError { try await client.list() }
                    #expect(list?.kind == .bodyTooLarge(limit: 1000))
                    let put = await serviceError {
                        try await client.update(id, to: Client.document())
                    }
                    #expect(isAmbiguous(put))
                }
            }
        }
        let page = "<p>" + String(repeating: "long ", count: 1_000_000)
        let error = try await errors(.answer(500, page, type: "text/html")).get
        guard case .unexpectedAnswer(_, let snippet) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.status == 500 && snippet.hasPrefix("long long"))
    }

    @Test("cancelling a read ends it at once; cancelling a write that was sent leaves it ambiguous")
    func cancellation() async throws {
        try await WireServer.run({ _ in .silence }) { server in
            try await Client.run(server) { client in
                let read = Task { await serviceError { try await client.get(id) } }
                try await eventually { server.requests.count == 1 }
                read.cancel()
                #expect(await read.value?.kind == .cancelled)

                let write = Task {
                    await serviceError { try await client.update(id, to: Client.document()) }
                }
                try await eventually { server.requests.count == 2 }
                write.cancel()
                #expect(isAmbiguous(await write.value))
            }
        }
    }

    @Test("a task cancelled beforehand sends nothing")
    func cancelledBefore() async throws {
        try await WireServer.run({ _ in .silence }) { server in
            try await Client.run(server) { client in
                let task = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return await serviceError { try await client.create(Client.document()) }
                }
                #expect(await task.value?.kind == .cancelled)
            }
            #expect(server.connections == 0)
        }
    }

    @Test("a shut-down waits for no handshake")
    func shutdownInHandshake() async throws {
        try await WireServer.run({ _ in .silence }) { server in
            let clock = ContinuousClock()
            var leaving = clock.now
            try await Client.run(Client.configuration("https://127.0.0.1:\(server.port)")) { client in
                let task = Task { await serviceError { try await client.get(id) } }
                try await eventually { server.connections == 1 }
                task.cancel()
                #expect(await task.value?.kind == .cancelled)
                leaving = clock.now
            }
            #expect(clock.now - leaving < .seconds(5))
        }
    }

    @Test("after a shut-down nothing is sent; shutting down twice, or without a request, is nothing")
    func shutdown() async throws {
        try await WireServer.run(APIServer().handle) { server in
            try await Client.run(server) { client in
                _ = try await client.list()
                await client.shutdown()
                let error = await serviceError { try await client.list() }
                #expect(error?.kind == .cancelled)
                await client.shutdown()
            }
            try await Client.run(server) { _ in }
            #expect(server.requests.count == 1)
        }
    }
}

/// Waits for a condition, with a deadline.
func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(180)
    while !condition() {
        try #require(ContinuousClock.now < deadline, "the condition was not met in time")
        try await Task.sleep(for: .milliseconds(2))
    }
}
