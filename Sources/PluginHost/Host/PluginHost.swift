import LosslessJSON
import PluginProtocol
import Synchronization

/// All plugins of a session: what is enabled, what runs, and the calls to it.
///
/// Making one reads nothing and starts nothing. What is enabled is read from the pins when it is first asked for; a
/// plugin's process is started by the first call to it.
package final class PluginHost: Sendable {
    struct Running: Sendable {
        let plugin: EnabledPlugin
        let runner: PluginRunner
        let tokens: SecretTokens
    }

    struct State {
        /// nil until they are read.
        var pins: [Pin]?
        /// Enabled for this session.
        var dev: [String: EnabledPlugin] = [:]
        var table: ContributionTable?
        var running: [String: Running] = [:]
        /// Stopped, and perhaps not gone yet.
        var leaving: [PluginRunner] = []
        var log: [String: LogRing] = [:]
        var completions = CompletionCache()
        var nextCall = 1
        /// Pinned manifests that this version does not take.
        var unusable: [String: ManifestFault] = [:]
    }

    package let configuration: PluginHostConfiguration
    let services: any PluginServices
    let pinStore: any PinStore
    let stateStore: any PluginStateStore
    let state = Mutex(State())

    package init(
        configuration: PluginHostConfiguration, services: any PluginServices, pins: any PinStore,
        states: any PluginStateStore
    ) {
        self.configuration = configuration
        self.services = services
        pinStore = pins
        stateStore = states
    }

    // MARK: What is enabled

    /// What the enabled plugins contribute. Reads the pins, once; looks at no folder.
    package func contributions() throws(PinStoreError) -> ContributionTable {
        if let table = state.withLock({ $0.table }) { return table }
        let pins = try loadedPins()
        return state.withLock { state in
            var enabled: [String: EnabledPlugin] = [:]
            for pin in pins {
                do throws(ManifestFault) {
                    let manifest = try Manifest(pin.manifest)
                    enabled[pin.id] = EnabledPlugin(id: pin.id, manifest: manifest, path: pin.path, pin: pin)
                } catch {
                    state.unusable[pin.id] = error
                }
            }
            enabled.merge(state.dev) { _, dev in dev }
            let table = ContributionTable(plugins: Array(enabled.values), reserved: configuration.reserved)
            state.table = table
            return table
        }
    }

    func loadedPins() throws(PinStoreError) -> [Pin] {
        if let pins = state.withLock({ $0.pins }) { return pins }
        let pins = try pinStore.load()
        state.withLock { $0.pins = pins }
        return pins
    }

    /// Reads pins and folders anew at the next use, and stops what runs.
    package func reload() {
        let running = state.withLock { state in
            state.pins = nil
            state.table = nil
            state.unusable = [:]
            state.completions = CompletionCache()
            defer { state.running = [:] }
            state.leaving += state.running.values.map(\.runner)
            return Array(state.running.values)
        }
        for plugin in running { plugin.runner.close() }
    }

    // MARK: What runs

    /// What becomes of a plugin now.
    package func activity(of id: String) -> PluginActivity {
        state.withLock { $0.running[id]?.runner }?.activity ?? .idle
    }

    /// Stops every plugin and returns when no process of theirs is left.
    ///
    /// - Parameter hurry: the time between the steps of a stop, where the standard one is too long.
    package func stop(hurry: Duration? = nil) async {
        let runners = state.withLock { state in
            defer {
                state.running = [:]
                state.leaving = []
            }
            return state.leaving + state.running.values.map(\.runner)
        }
        for runner in runners { runner.close() }
        for runner in runners { await runner.ended(hurry: hurry) }
    }

    /// Stops the plugins that were asked to end a call and have not: what a second Ctrl-C does.
    package func stopBusy() {
        for plugin in state.withLock({ Array($0.running.values) }) where plugin.runner.isBusy { plugin.runner.stop() }
    }

    func running(_ plugin: EnabledPlugin) -> Running {
        state.withLock { state in
            if let running = state.running[plugin.id] { return running }
            let running = makeRunning(plugin)
            state.running[plugin.id] = running
            return running
        }
    }

    private func makeRunning(_ plugin: EnabledPlugin) -> Running {
        let manifest = plugin.manifest
        let permissions = manifest.permissions
        let greeting = InitializeParams(
            host: configuration.hostName, granted: permissions,
            limits: WireLimits(line: configuration.lineLimit, part: configuration.partLimit),
            stateDir: permissions.state ? configuration.surroundings.ownFolder(of: plugin.id) + "/state" : nil)
        var settings = PluginMachine.Settings(
            deadlines: configuration.deadlines.applying(manifest.timeouts), concurrency: manifest.concurrency,
            greeting: greeting.json.bytes(), required: manifest.requiredMethods)
        settings.mayKeepState = permissions.state
        settings.mayReadWebhooks = permissions.read.contains(.webhooks)
        let launcher = Launcher(plugin: plugin, surroundings: configuration.surroundings, nonce: configuration.nonce)
        let runner = PluginRunner(
            settings: settings, lineLimit: configuration.lineLimit, now: configuration.now,
            plan: { _ throws(LaunchFailure) in try launcher.plan() },
            notes: { [weak self] note in self?.record(note, of: plugin.id) })
        return Running(plugin: plugin, runner: runner, tokens: SecretTokens(nonce: configuration.nonce()))
    }

    // MARK: The log

    /// What a plugin said and what became of it in this session, the oldest first; the last 500 entries.
    package func log(of id: String) -> [PluginLogEntry] {
        state.withLock { Array(($0.log[id]?.entries ?? []).suffix(LogRing.capacity)) }
    }

    func record(_ note: PluginNote, of id: String) {
        let entry = PluginLogEntry(plugin: id, time: configuration.now(), note: note)
        state.withLock { $0.log[id, default: LogRing()].add(entry) }
        configuration.log(entry)
    }
}

/// The last entries of a log.
struct LogRing: Sendable {
    static let capacity = 500
    private(set) var entries: [PluginLogEntry] = []

    mutating func add(_ entry: PluginLogEntry) {
        // Seldom, so that an entry costs little.
        if entries.count >= 2 * Self.capacity { entries.removeFirst(entries.count - Self.capacity) }
        entries.append(entry)
    }
}
