import LineEditor
import LosslessJSON
import Session
import Shell
import TestSupport
import WebhookModel

/// A shell on an organization in memory, and on nothing else.
enum BenchShell {
    static func make(_ documents: [JSON]) throws -> Shell {
        let variables = ["HOME": "/nowhere", "MIXPEEK_API_KEY": "k", "MIXPEEK_API_BASE": "http://127.0.0.1:1"]
        let environment = ShellEnvironment(
            variables: variables, paths: nil, workingFolder: "/",
            now: { Timestamp(seconds: 1_750_000_000) }, terminal: .none, files: NoFiles(), processes: NoProcesses(),
            standardOutput: CollectedOutput(), standardError: CollectedOutput(), input: NoInput())
        return try Shell(
            environment: environment, options: GlobalOptions(),
            services: OneService(service: InMemoryWebhookService(documents)), sandbox: NoSandbox(),
            journals: NoJournals())
    }
}

private struct NoJournals: JournalFactory {
    let session = "bench"

    func journal(at path: String) -> any JournalStore & DraftStore {
        preconditionFailure("there is no place for files")
    }
}

private struct NoFiles: FileSystem {
    func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        throw FileError(path: path, reason: .notFound)
    }

    func write(_ bytes: [UInt8], to path: String, mode: UInt32, replacing: Bool) throws(FileError) {}
    func append(_ bytes: [UInt8], to path: String, mode: UInt32, followingLinks: Bool) throws(FileError) {}
    func overwrite(_ byte: UInt8, at offset: Int, of path: String) throws(FileError) {}
    func flush(_ path: String) throws(FileError) {}
    func status(_ path: String) -> FileStatus? { nil }
    func resolved(_ path: String) -> String { path }
    func createFolder(_ path: String, mode: UInt32) throws(FileError) {}
    func names(in folder: String) -> [String] { [] }
    func remove(_ path: String) throws(FileError) {}
}

private struct NoProcesses: ProcessRunner {
    func run(_ command: ProcessCommand) async -> ProcessResult { ProcessResult(status: 127, standardOutput: []) }
}

private struct NoInput: ShellInput {
    func readLine(_ request: LineRequest) async throws(LineError) -> LineResult { .endOfInput }
    func readSecret(prompt: Prompt) async throws(LineError) -> LineResult { .endOfInput }
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

    func look() async -> ServerLook {
        ServerLook(page: .success(.init(dialect: .array, webhooks: [])), serverTime: nil, took: .zero)
    }
    func close() async {}
    func list() async throws(ServiceError) -> [Webhook] { try await service.list() }
    func get(_ id: WebhookID) async throws(ServiceError) -> Webhook { try await service.get(id) }
    func create(_ document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook {
        try await service.create(document, leaving: departure)
    }
    func update(_ id: WebhookID, to document: JSON, leaving departure: Departure) async throws(ServiceError) -> Webhook
    {
        try await service.update(id, to: document, leaving: departure)
    }
    func delete(_ id: WebhookID, leaving departure: Departure) async throws(ServiceError) {
        try await service.delete(id, leaving: departure)
    }
}
