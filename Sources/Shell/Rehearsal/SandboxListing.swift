import HookScript
import LosslessJSON
import WebhookModel

/// `sandbox deliveries` and `sandbox outbox`: a list, once or going on.
struct SandboxListing: Sendable {
    let rehearsal: Rehearsal
    let isOutbox: Bool

    /// How often the server is asked for more.
    private static let interval = Duration.milliseconds(500)
    private static let largestPage = 1000

    private var call: CommandCall { rehearsal.call }
    private var table: SandboxRecords { isOutbox ? .outbox : .deliveries }

    func run() async throws -> CommandOutput {
        let limit = call.integer(ofFlag: "limit")
        if let limit, !(1...Self.largestPage).contains(limit) {
            throw call.usage("--limit is 1 to \(Self.largestPage)")
        }
        var question = SandboxQuestion(
            webhook: try await rehearsal.webhook(call.text("WEBHOOK")), event: call.text(ofFlag: "event"),
            status: call.text(ofFlag: "status"))
        if call.has("follow") {
            question.limit = limit ?? 10
            return try await follow(question)
        }
        question.limit = limit ?? 100
        // What was emitted a moment ago is told of with its end.
        question.settles = true
        let page = try await page(question)
        if page.results.isEmpty { call.shell.messages.note(isOutbox ? "The outbox is empty." : "No deliveries.") }
        return .records(columns: table.recordColumns, rows: page.results.map(row))
    }

    /// The latest, oldest first, then whatever comes, until the task is cancelled: that is how it ends, and no failure.
    private func follow(_ first: SandboxQuestion) async throws -> CommandOutput {
        var stream = try await call.shell.stream(table.recordColumns, widths: table.widths, for: call.invocation)
        var question = first
        do {
            var page = try await page(question)
            try stream.write(page.results.reversed().map(row))
            question.limit = Self.largestPage
            while !Task.isCancelled {
                question.since = page.since
                page = try await self.page(question)
                try stream.write(page.results.map(row))
                if page.results.isEmpty { try await Task.sleep(for: Self.interval) }
            }
        } catch  where Task.isCancelled {
            return .nothing
        }
        return .nothing
    }

    private func page(_ question: SandboxQuestion) async throws -> SandboxPage {
        try await rehearsal.ask { [isOutbox] service in
            isOutbox ? try await service.outbox(question) : try await service.deliveries(question)
        }
    }

    private func row(_ object: JSON) -> [JSON] {
        table.row(isOutbox ? SandboxRecords.outboxObject(object) : object)
    }
}
