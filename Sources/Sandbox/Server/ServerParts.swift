/// What the requests of a running server share.
final class ServerParts: Sendable {
    let configuration: SandboxConfiguration
    let store: WebhookStore
    let deliveries: DeliveryStore
    let keys: KeyRing
    let dispatcher: Dispatcher
    let faults: FaultBoard
    let meter: Meter
    let dates = HTTPDateCache()
    /// By the environment's uptime.
    let startedAt: Duration
    /// The document, which does not change while the server runs.
    let openAPI: String

    init(opened: OpenedStore, configuration: SandboxConfiguration) {
        self.configuration = configuration
        store = opened.store
        deliveries = opened.deliveries
        keys = opened.keys
        faults = FaultBoard(configuration.faults)
        meter = Meter()
        startedAt = configuration.environment.uptime()
        openAPI = OpenAPIDocument(dialect: configuration.dialect).json.text(.compact)
        let worker = LaneWorker(
            deliveries: opened.deliveries, configuration: configuration, postman: Postman(configuration),
            faults: faults,
            meter: meter)
        dispatcher = Dispatcher(
            deliveries: opened.deliveries, worker: worker, configuration: configuration, lock: opened.dispatchLock)
    }

    /// Whether this machine alone can reach the server.
    var isLocal: Bool {
        guard case .tcp(let host, _) = configuration.listener else { return true }
        return LoopbackHost.contains(host)
    }
}
