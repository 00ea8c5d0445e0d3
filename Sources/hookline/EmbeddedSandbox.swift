import Logging
import Sandbox
import Shell
import Synchronization

/// The embedded server in this process, on a socket that no other user reaches.
final class EmbeddedSandbox: SandboxControl {
    private let runtimeFolder: String
    private let environment: SandboxEnvironment
    private let logger: Logger
    private let running = Mutex<(server: SandboxServer, endpoint: SandboxEndpoint)?>(nil)

    init(runtimeFolder: String, environment: SandboxEnvironment, logger: Logger) {
        self.runtimeFolder = runtimeFolder
        self.environment = environment
        self.logger = logger
    }

    func start(database: String?) async throws(SandboxFailure) -> SandboxEndpoint {
        if let endpoint = running.withLock({ $0?.endpoint }) { return endpoint }
        var configuration = SandboxConfiguration(
            listener: .privateSocket(in: runtimeFolder), environment: environment, logger: logger)
        if let database { configuration.storage = .file(path: database) }
        let server = SandboxServer(configuration)
        do throws(SandboxError) {
            let address = try await server.start()
            let endpoint = SandboxEndpoint(base: address.base, key: Secret(SandboxKey.standard.secret))
            running.withLock { $0 = (server, endpoint) }
            return endpoint
        } catch {
            throw SandboxFailure(error)
        }
    }

    func stop() async {
        let server = running.withLock { running in
            defer { running = nil }
            return running?.server
        }
        await server?.stop(within: .zero)
    }
}

extension SandboxFailure {
    init(_ error: SandboxError) {
        switch error {
        case .alreadyStarted: self.init(reason: "it was started before", path: nil)
        case .socketPathTooLong(let path, let limit):
            self.init(reason: "a socket's path holds at most \(limit) bytes", path: path)
        case .addressInUse(let address): self.init(reason: "the address is in use", path: address)
        case .cannotListen(let address, let reason): self.init(reason: reason, path: address)
        case .keysRequired(let host):
            self.init(reason: "other machines could reach it there; give it a key with --key", path: host)
        case .fileSystem(let path, let reason), .database(let path, let reason): self.init(reason: reason, path: path)
        case .notASandboxDatabase(let path): self.init(reason: "it is no sandbox database", path: path)
        case .newerDatabase(let path, let version, let supported):
            self.init(reason: "its version is \(version); this program knows up to \(supported)", path: path)
        case .seedSyntax(let path, let error):
            self.init(reason: "line \(error.line), column \(error.column): \(error.reason)", path: path)
        case .seedInvalid(let path, let index, let reason):
            self.init(reason: (index.map { "element \($0): " } ?? "") + reason, path: path)
        }
    }
}
