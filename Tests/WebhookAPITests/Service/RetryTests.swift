import LosslessJSON
import Synchronization
import Testing
import WebhookAPI
import WebhookModel

@Suite("Repeats, by a virtual clock", .timeLimit(.minutes(1)))
struct RetryTests {
    private let webhook = Client.document().text()

    @Test("429 with Retry-After waits exactly that long, even to create")
    func told() async throws {
        let transport = ScriptedTransport([
            .answer(429, "{}", ("Retry-After", "7")), .answer(429, "", ("retry-after", "3")), .answer(201, webhook),
        ])
        let time = VirtualTime()
        let client = try Client.scripted(transport, time: time)
        #expect(try await client.create(Client.document()).id == Client.id)
        #expect(transport.requests.count == 3)
        #expect(time.sleeps == [.seconds(7), .seconds(3)])
        #expect(Set(transport.requests.map(\.body)).count == 1)
    }

    @Test("429 without Retry-After backs off")
    func untold() async throws {
        let transport = ScriptedTransport([.answer(429), .answer(429), .answer(200, webhook)])
        let time = VirtualTime()
        let client = try Client.scripted(transport, time: time, draw: { 0.5 })
        _ = try await client.update(Client.id, to: Client.document())
        #expect(time.sleeps == [.milliseconds(125), .milliseconds(250)])
    }

    @Test("429 to the end is rateLimited, with what it said last")
    func limited() async throws {
        let transport = ScriptedTransport([.answer(429, "{}", ("Retry-After", "5"))])
        let client = try Client.scripted(transport)
        let error = await serviceError { try await client.get(Client.id) }
        #expect(error?.kind == .rateLimited(retryAfter: .seconds(5)))
        #expect(transport.requests.count == 4)
    }

    @Test("a wait beyond patience is the caller's at once, and holds the next request back no more")
    func tooLong() async throws {
        let transport = ScriptedTransport([.answer(429, "{}", ("Retry-After", "3600")), .answer(200, webhook)])
        let time = VirtualTime()
        let client = try Client.scripted(transport, time: time)
        let error = await serviceError { try await client.get(Client.id) }
        #expect(error?.kind == .rateLimited(retryAfter: .seconds(3600)))
        _ = try await client.get(Client.id)
        #expect(time.sleeps.isEmpty)
    }

    @Test("nor does the reset that the headers of such an answer tell")
    func tooLongReset() async throws {
        let refusal = Result<TransportResponse, TransportFailure>.answer(
            429, "{}", ("Retry-After", "3600"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1800003600"))
        let time = VirtualTime()
        let client = try Client.scripted(
            ScriptedTransport([refusal, .answer(200, webhook)]), time: time, tier: .automatic)
        let error = await serviceError { try await client.get(Client.id) }
        #expect(error?.kind == .rateLimited(retryAfter: .seconds(3600)))
        _ = try await client.get(Client.id)
        #expect(time.sleeps.isEmpty)
    }

    @Test("503: reads are repeated, writes when told when, creates never")
    func unavailable() async throws {
        for (told, put, post) in [(true, 2, 1), (false, 1, 1)] {
            func transport() -> ScriptedTransport {
                let busy: Result<TransportResponse, TransportFailure> =
                    told ? .answer(503, "{}", ("Retry-After", "1")) : .answer(503)
                return ScriptedTransport([busy, .answer(200, webhook)])
            }
            let reads = transport()
            _ = try await Client.scripted(reads).get(Client.id)
            #expect(reads.requests.count == 2)
            let writes = transport()
            _ = try? await Client.scripted(writes).update(Client.id, to: Client.document())
            #expect(writes.requests.count == put)
            let creates = transport()
            _ = try? await Client.scripted(creates).create(Client.document())
            #expect(creates.requests.count == post)
        }
    }

    @Test("a failed connect is repeated for everything; an ambiguous write is not")
    func transportFailures() async throws {
        let connects = ScriptedTransport([
            .failure(.unreachable("r"), .notSent), .failure(.lost("r"), .notSent), .answer(201, webhook),
        ])
        #expect(try await Client.scripted(connects).create(Client.document()).id == Client.id)
        #expect(connects.requests.count == 3)

        for kind in [TransportFailure.Kind.timedOut, .lost("r"), .notHTTP("r")] {
            let sent = ScriptedTransport([.failure(kind, .sent), .answer(200, webhook)])
            let client = try Client.scripted(sent)
            let error = await serviceError {
                try await client.update(Client.id, to: Client.document())
            }
            guard case .ambiguous = error?.kind else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(sent.requests.count == 1)
            let read = ScriptedTransport([.failure(kind, .sent), .answer(200, webhook)])
            #expect(try await Client.scripted(read).get(Client.id).id == Client.id)
        }
    }

    @Test("a list repeats the page that failed, not the pages before it")
    func pages() async throws {
        let first = #"{"results": [{"webhook_id": "wh_1"}], "pagination": {"next_cursor": "c"}, "total": 2}"#
        let second = #"{"results": [{"webhook_id": "wh_2"}], "pagination": {"next_cursor": null}, "total": 2}"#
        let transport = ScriptedTransport([
            .answer(200, first), .answer(500), .failure(.lost("reset"), .sent), .answer(200, second),
        ])
        let client = try Client.scripted(transport)
        #expect(try await client.list().count == 2)
        let root = "/v1/organizations/webhooks/list?limit=1000"
        #expect(
            transport.requests.map(\.target) == [root + "&include_total=true"]
                + Array(repeating: root + "&cursor=c", count: 3))
    }

    @Test("a cancelled back-off ends at once")
    func cancelledWait() async throws {
        let transport = ScriptedTransport { _ throws(TransportFailure) in
            withUnsafeCurrentTask { $0?.cancel() }
            return TransportResponse(status: 429, headers: HeaderFields([.init("Retry-After", "60")]))
        }
        let client = try Client.scripted(transport)
        let task = Task { await serviceError { try await client.get(Client.id) } }
        #expect(await task.value?.kind == .cancelled)
        #expect(transport.requests.count == 1)
    }

    @Test("one request's 429 holds the others back too")
    func sharedPause() async throws {
        let time = VirtualTime()
        let start = time.now
        let isFirst = Mutex(true)
        let body = Array(webhook.utf8)
        let transport = ScriptedTransport { _ throws(TransportFailure) in
            let first = isFirst.withLock { first in
                defer { first = false }
                return first
            }
            guard first else { return TransportResponse(status: 200, body: body) }
            return TransportResponse(status: 429, headers: HeaderFields([.init("Retry-After", "20")]))
        }
        let client = try Client.scripted(transport, time: time, retry: .never)
        _ = try? await client.get(Client.id)
        _ = try await client.get(Client.id)
        #expect(time.now - start >= .seconds(20))
    }

    @Test("a write whose turn comes too late is not sent, and what it would have cost is there for the next")
    func overdue() async throws {
        let transport = ScriptedTransport([.answer(200, webhook)])
        let time = VirtualTime()
        let limits = RateLimits(perMinute: 6, burst: 1, concurrent: 4)
        let client = try Client.scripted(transport, time: time, tier: .custom(limits))
        _ = try await client.update(Client.id, to: Client.document(), leaving: Departure(within: .zero))
        let error = await serviceError {
            try await client.update(Client.id, to: Client.document(), leaving: Departure(within: .seconds(9)))
        }
        #expect(error?.kind == .overdue && transport.requests.count == 1)
        _ = try await client.update(Client.id, to: Client.document(), leaving: Departure(within: .zero))
        #expect(transport.requests.count == 2 && time.sleeps == [.seconds(10)])
    }

    @Test("nor is one that isn't wanted any more when it has its turn")
    func unwanted() async throws {
        let transport = ScriptedTransport([.answer(200, webhook)])
        let time = VirtualTime()
        let limits = RateLimits(perMinute: 6, burst: 1, concurrent: 4)
        let client = try Client.scripted(transport, time: time, tier: .custom(limits))
        let unwanted = Departure { false }
        for _ in 0..<5 {
            let created = await serviceError { try await client.create(Client.document(), leaving: unwanted) }
            let updated = await serviceError {
                try await client.update(Client.id, to: Client.document(), leaving: unwanted)
            }
            let deleted = await serviceError { try await client.delete(Client.id, leaving: unwanted) }
            #expect([created?.kind, updated?.kind, deleted?.kind] == [.overdue, .overdue, .overdue])
        }
        _ = try await client.update(Client.id, to: Client.document())
        #expect(transport.requests.count == 1 && time.sleeps.isEmpty)
    }

    @Test("one that may have happened before is not said not to have, where it isn't repeated any more")
    func unwantedRepeat() async throws {
        let transport = ScriptedTransport([.answer(503, "{}", ("Retry-After", "7")), .answer(200, webhook)])
        let client = try Client.scripted(transport)
        let isFirst = Atomic(true)
        let once = Departure { isFirst.exchange(false, ordering: .relaxed) }
        let error = await serviceError { try await client.update(Client.id, to: Client.document(), leaving: once) }
        #expect(error?.status == 503 && transport.requests.count == 1)
    }

    @Test("nor is one that is repeated only after its time; one within it is")
    func overdueRepeat() async throws {
        let refusal = Result<TransportResponse, TransportFailure>.answer(429, "{}", ("Retry-After", "7"))
        for (within, kind) in [(Duration.seconds(6), ServiceError.Kind.overdue), (.seconds(8), nil)] {
            let transport = ScriptedTransport([refusal, .answer(200, webhook)])
            let client = try Client.scripted(transport)
            do throws(ServiceError) {
                try await client.delete(Client.id, leaving: Departure(within: within))
                #expect(kind == nil && transport.requests.count == 2)
            } catch {
                #expect(error.kind == kind && transport.requests.count == 1)
            }
        }
    }
}
