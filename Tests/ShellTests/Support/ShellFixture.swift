import LineEditor
import LosslessJSON
import Session
import Synchronization
import TestSupport
import WebhookModel

@testable import Shell

/// A shell on an organization in memory, with everything it writes kept.
final class ShellFixture: Sendable {
    let service: InMemoryWebhookService
    let files = MemoryFiles()
    let output = CollectedOutput()
    let errors = CollectedOutput()
    let shell: Shell

    static let example: JSON = [
        "webhook_id": "wh_abc123def4", "webhook_name": "Engineering Slack Alerts", "description": "Slack notifications",
        "event_types": ["object.created", "object.updated"], "is_active": true,
        "channels": [
            [
                "channel": "slack",
                "configs": [
                    "bot_token": "xoxb-canary-0123456789", "channel_id": "C0123456789", "workspace_id": "T0123456789",
                ],
            ]
        ],
        "created_at": "2025-01-01T00:00:00Z", "updated_at": "2025-01-01T00:00:00Z", "x_team": "search",
    ]

    static let second: JSON = [
        "webhook_id": "wh_xyz789uvw0", "webhook_name": "Audit Trail Logger", "event_types": ["*"], "is_active": false,
        "channels": [["channel": "webhook", "configs": ["url": "https://audit.example.com/in", "timeout": 10]]],
        "created_at": "2025-02-01T00:00:00Z", "updated_at": "2025-03-01T00:00:00Z",
    ]

    init(
        _ documents: [JSON] = [ShellFixture.example, ShellFixture.second], environment: [String: String] = [:],
        options: (inout GlobalOptions) -> Void = { _ in }, answers: [LineResult] = [],
        arrival: @escaping @Sendable (InMemoryWebhookService.Request) async -> Void = { _ in }
    ) throws {
        service = InMemoryWebhookService(documents, arrival: arrival)
        var variables = [
            "HOME": "/home/u", "MIXPEEK_API_KEY": "sk_canary_key", "MIXPEEK_API_BASE": "http://127.0.0.1:1",
        ]
        variables.merge(environment) { $1 }
        let surroundings = ShellEnvironment(
            variables: variables, paths: Paths(environment: variables), workingFolder: "/work",
            now: { Timestamp(seconds: 1_750_000_000) }, terminal: .none, files: files, processes: NoProcesses(),
            standardOutput: output, standardError: errors, input: ScriptedInput(answers))
        var chosen = GlobalOptions()
        options(&chosen)
        shell = try Shell(
            environment: surroundings, options: chosen, services: OneService(service: service), sandbox: NoSandbox())
    }

    /// Runs a text as `-c` would; the status, and what it wrote.
    func run(_ text: String) async -> (status: ExitStatus, output: String, errors: String) {
        let (before, complained) = (output.text.count, errors.text.count)
        let status = await ScriptRunner(shell: shell).run(text, name: "-c")
        return (status, String(output.text.dropFirst(before)), String(errors.text.dropFirst(complained)))
    }
}

private struct NoProcesses: ProcessRunner {
    func run(_ command: ProcessCommand) async -> ProcessResult { ProcessResult(status: 127, standardOutput: []) }
}

private struct NoSandbox: SandboxControl {
    func start(database: String?) async throws(SandboxFailure) -> SandboxEndpoint {
        throw SandboxFailure(reason: "there is none here", path: nil)
    }

    func stop() async {}
}

private struct OneService: ServiceFactory {
    let service: InMemoryWebhookService

    func service(for profile: Profile, key: Secret) throws(ServiceSetupError) -> any ProfileService {
        MemoryProfileService(service: service)
    }
}

private struct MemoryProfileService: ProfileService {
    let service: InMemoryWebhookService
    var knownDialect: Profile.Dialect? { .array }

    func close() async {}
    func list() async throws(ServiceError) -> [Webhook] { try await service.list() }
    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook { try await service.get(id) }
    func create(_ document: JSON) async throws(ServiceError) -> Webhook { try await service.create(document) }
    func update(_ id: WebhookID, to document: JSON) async throws(ServiceError) -> Webhook {
        try await service.update(id, to: document)
    }
    func delete(_ id: WebhookID) async throws(ServiceError) { try await service.delete(id) }
}

/// Answers to questions, in order; the end of input after the last.
private final class ScriptedInput: ShellInput {
    private let answers: Mutex<[LineResult]>

    init(_ answers: [LineResult]) { self.answers = Mutex(answers) }

    func readLine(_ request: LineRequest) async throws(LineError) -> LineResult { next() }
    func readSecret(prompt: Prompt) async throws(LineError) -> LineResult { next() }

    private func next() -> LineResult {
        answers.withLock { $0.isEmpty ? .endOfInput : $0.removeFirst() }
    }
}
