import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("Committing, whatever was edited")
struct CommitPropertyTests {
    @Test("changes nothing that the edits don't, in meaning or in spelling", arguments: 0..<60)
    func untouchedBytes(_ seed: UInt64) async throws {
        var generator = Generator(seed: seed)
        let documents = (1...4).map { generator.document($0) }
        let bench = try await Bench(documents)
        var edits: [(key: WebhookKey, edits: [Edit])] = []
        for number in 1...4 { for _ in 0..<3 { edits.append((Samples.key(number), [generator.edit()])) } }
        let planned = edits
        await bench.session.update { state in
            for edit in planned { _ = try? state.stage([edit]) }
        }
        let staged = await bench.session.state.staged
        _ = try await bench.commit { $0.send.onError = .continue }
        for request in bench.requests where request.operation == .update {
            let body = try #require(request.body)
            let base = try #require(documents.first { Webhook(document: $0).id == request.id })
            let edited = try #require(staged.first { $0.key.id == request.id })
            #expect(body["is_active"]?.boolean != nil)
            check(body, against: base, touched: edited.changes.map(\.path), tracks: edited.result.channels)
        }
    }

    /// Every member, and every config of every channel, that no change touches is spelt as it was, in its place.
    private func check(
        _ body: JSON, against base: JSON, touched: [JSONPath], tracks: [EditedDocument.ChannelTrack]
    ) {
        let members = Set(touched.compactMap(\.first))
        for (name, value) in base.object ?? [:] where !members.contains(.name(name)) {
            #expect(body[name]?.isSpelledLike(value) == true, "\(name)")
        }
        let keys = base.object?.keys ?? []
        #expect(body.object?.keys.filter(keys.contains) == keys.filter { body[$0] != nil })
        for (position, track) in tracks.enumerated() {
            guard let origin = track.origin, let old = base["channels"]?[origin] else { continue }
            let prefix: JSONPath = ["channels", .index(position)]
            let inner = touched.filter { $0.starts(with: prefix) && $0.count > 3 }.map { $0.dropFirst(2) }
            for (key, value) in old["configs"]?.object ?? [:]
            where !inner.contains(where: { $0.starts(with: ["configs", .name(key)]) }) {
                let found = body["channels"]?[position]?["configs"]?[key]
                #expect(found?.isSpelledLike(value) == true, "channels[\(position)].configs.\(key)")
            }
        }
    }

    @Test(
        "among foreign writers and failures loses no edit and overwrites nothing it could have seen", arguments: 0..<60)
    func chaos(_ seed: UInt64) async throws {
        var generator = Generator(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1_000_000)
        let bench = try await Bench((1...5).map { Samples.document($0) })
        let rename = Samples.set("description", "ours")
        try await bench.stage(rename, on: 1, 2, 3, 4, 5)
        // Somebody else names webhooks, which our edit never touches.
        let renamed = (1...5).filter { _ in Bool.random(using: &random) }
        bench.service.change { world in
            for number in renamed {
                world[Samples.id(number)] = Samples.document(number) { $0.put("Theirs", "webhook_name") }
            }
        }
        let faults: [InMemoryWebhookService.Fault] = [
            .loseRequest, .loseAnswer, .refuse(.serverError), .doAndFail(.timedOut), .refuse(.badRequest),
            .refuse(.rateLimited(retryAfter: nil)),
        ]
        for _ in 0..<3 { bench.service.failNext(.update, faults[Int.random(in: faults.indices, using: &random)]) }
        _ = generator.edit()
        for _ in 1...12 where await bench.session.state.stagedCount > 0 {
            _ = try await bench.commit { $0.send.concurrency = 3 }
        }
        #expect(await bench.session.state.stagedCount == 0)
        for number in 1...5 {
            let webhook = bench.service.webhooks[number - 1]
            #expect(webhook.description == "ours")
            #expect(webhook.name == (renamed.contains(number) ? "Theirs" : "Webhook \(number)"))
        }
    }
}
