import LosslessJSON
import Session
import TestSupport
import Testing
import WebhookModel

@Suite("A dry run's service")
struct DryRunServiceTests {
    @Test("conforms", arguments: WebhookServiceConformance.checks.filter { !$0.name.contains("refused") })
    func conforms(_ check: WebhookServiceConformance.Check) async throws {
        try await check.run(DryRunService(over: InMemoryWebhookService(), host: "memory", clock: StillClock()))
    }

    @Test("lets no write through, and shows what it would have made")
    func overlay() async throws {
        let server = InMemoryWebhookService((1...3).map { Samples.document($0) })
        let session = Session(
            service: DryRunService(over: server, host: "memory", clock: StillClock()), journal: MemoryJournal(),
            clock: StillClock(),
            target: CommitTarget(profile: "p", host: "memory"))
        try await session.refresh()
        try await session.update { state in
            _ = try state.stage(Samples.set("active", false), on: [Samples.key(1)])
            _ = try state.stage(.delete, on: [Samples.key(2)])
            _ = try state.clone(Samples.key(3), name: "Copy")
        }
        #expect(try await session.commit(CommitOptions(secrets: .plain)).outcome == .done)
        try await session.refresh()
        let names = await session.state.keys.compactMap { key in "\(key)" }
        #expect(names == ["wh_sample1", "wh_sample3", "wh_dryrun1"])
        #expect(await session.state.live(Samples.key(1))?.isActive == false)
        #expect(!server.requests.contains { $0.operation.isWrite })
        #expect(server.webhooks == (1...3).map { Samples.webhook($0) })
    }
}
