import Logging

/// The embedded server of the organization webhooks API: real HTTP over SQLite, in this process.
///
/// A server starts once and stops once. Its connections are served on NIO's shared event loops.
package actor SandboxServer {
    private enum State {
        case initial
        case starting
        case running(Running)
        case stopped
    }

    private struct Running {
        let listener: HTTPListener
        let parts: ServerParts
        let socket: SocketFile?
    }

    private let configuration: SandboxConfiguration
    private var state = State.initial

    package init(_ configuration: SandboxConfiguration) {
        self.configuration = configuration
    }

    /// Opens the database and begins to listen. When it returns, requests to the address are answered.
    ///
    /// After an error nothing is left behind but the database file, and the server cannot be started again.
    package func start() async throws(SandboxError) -> SandboxAddress {
        guard case .initial = state else { throw .alreadyStarted }
        state = .starting
        do {
            let (running, address) = try await launch()
            state = .running(running)
            return address
        } catch {
            state = .stopped
            throw error
        }
    }

    /// Takes no new connections, lets requests in hand finish for as long as the grace period, then closes the rest, the
    /// database and the socket. Does nothing unless the server runs.
    package func stop(within grace: Duration = .seconds(5)) async {
        guard case .running(let running) = state else { return }
        state = .stopped
        await running.listener.stop(within: grace)
        running.socket?.remove(at: configuration.environment.now())
        await running.parts.dispatcher.stop()
        close(running.parts.store)
        configuration.logger.info("stopped")
    }

    private func launch() async throws(SandboxError) -> (Running, SandboxAddress) {
        if case .tcp(let host, _) = configuration.listener, configuration.keys.isEmpty, !LoopbackHost.contains(host) {
            throw .keysRequired(host: host)
        }
        let opened = try await StoreOpening(configuration).open()
        var socket: SocketFile?
        do {
            socket = try configuration.listener.makeSocketFile()
            let parts = ServerParts(opened: opened, configuration: configuration)
            let responder = SandboxResponder(parts: parts)
            let listener = HTTPListener(responder: responder, configuration: configuration, socket: socket)
            let address = try await listener.ready(at: socket)
            socket?.narrow()
            await parts.dispatcher.start()
            configuration.logger.info(
                "listening", metadata: ["base": "\(address.base)", "seeded": "\(opened.seeded)"])
            return (Running(listener: listener, parts: parts, socket: socket), address)
        } catch {
            socket?.remove(at: configuration.environment.now())
            close(opened.store)
            throw error
        }
    }

    private func close(_ store: WebhookStore) {
        do {
            try store.close()
        } catch {
            configuration.logger.error(
                "the database did not close", metadata: ["reason": "\(StoreFailure(error).reason)"])
        }
    }
}

extension SandboxListener {
    /// The socket's file made ready; nil for TCP.
    func makeSocketFile() throws(SandboxError) -> SocketFile? {
        switch self {
        case .privateSocket(let folder): try SocketFile.makePrivate(in: folder)
        case .socket(let path): try SocketFile.make(at: path)
        case .tcp: nil
        }
    }
}
