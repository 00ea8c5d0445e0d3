import LosslessJSON
import PluginProtocol

/// What the user is shown before a plugin is enabled.
package struct EnablePreview: Sendable {
    package let id: String
    package let manifest: Manifest
    /// The real path.
    package let path: String
    /// The pin, in hexadecimal.
    package let digest: String
    /// How the folder differs from what was enabled before; nil if it never was.
    package let changes: TreeChanges?
    let tree: Tree
    let document: JSON
}

/// Why a plugin is not enabled.
package enum EnableFailure: Error, Hashable, Sendable {
    /// No folder of this id in the search path.
    case unknown(String)
    case folder(PluginFolderFault)
    case unpinnable(TreeFailure)
    /// The folder changed while it was looked at.
    case changing
    /// The digest is not the one that was given.
    case otherPin(found: String)
    case pins(PinStoreError)
}

/// A plugin as `plugin ls` shows it.
package struct PluginStatus: Sendable {
    package enum State: Hashable, Sendable {
        /// There, and never enabled.
        case available
        case enabled
        case enabledForSession
        /// Enabled, but not to be run as it is.
        case untrusted(TrustFailure)
        /// Crashed too often in this session.
        case disabled
        case broken(PluginFolderFault)
        /// Its pinned manifest is not understood.
        case unusable(ManifestFault)
    }

    package let id: String
    package let path: String
    package let manifest: Manifest?
    package let state: State
}

extension PluginHost {
    // MARK: Looking

    /// The folders of the search path; nothing is started.
    package func folders() -> [PluginFolder] { PluginFolder.find(in: configuration.searchPath) }

    /// All that is found or enabled, by id.
    ///
    /// - Parameter verifying: whether the folders of what is enabled are read and held against their pins.
    package func statuses(verifying: Bool = false) throws(PinStoreError) -> [PluginStatus] {
        let table = try contributions()
        var statuses: [String: PluginStatus] = [:]
        var broken: [PluginStatus] = []
        for folder in folders() {
            switch folder.manifest {
            case .success(let manifest):
                statuses[manifest.id] = PluginStatus(
                    id: manifest.id, path: folder.path, manifest: manifest, state: .available)
            case .failure(let fault):
                broken.append(PluginStatus(id: folder.name, path: folder.path, manifest: nil, state: .broken(fault)))
            }
        }
        for plugin in table.plugins { statuses[plugin.id] = status(of: plugin, verifying: verifying) }
        for (id, fault) in state.withLock({ $0.unusable }) {
            statuses[id] = PluginStatus(
                id: id, path: statuses[id]?.path ?? "", manifest: nil, state: .unusable(fault))
        }
        return (Array(statuses.values) + broken).sorted { ($0.id, $0.path) < ($1.id, $1.path) }
    }

    /// The program that an enabled plugin is to run, where it is not there or may not be executed.
    package func missingProgram(of status: PluginStatus) -> String? {
        guard status.state == .enabled || status.state == .enabledForSession,
            case .program(let argv, _) = status.manifest?.kind
        else { return nil }
        let found = configuration.surroundings.program(
            argv[0], folder: status.path, isExecutable: SystemFile.isExecutable)
        return found == nil ? argv[0] : nil
    }

    private func status(of plugin: EnabledPlugin, verifying: Bool) -> PluginStatus {
        var found: PluginStatus.State = plugin.isDev ? .enabledForSession : .enabled
        if activity(of: plugin.id) == .disabled { found = .disabled }
        if verifying, let pin = plugin.pin {
            do throws(TrustFailure) { try pin.verify() } catch { found = .untrusted(error) }
        }
        return PluginStatus(id: plugin.id, path: plugin.path, manifest: plugin.manifest, state: found)
    }

    /// The file of a script plugin, held against the pin.
    package func script(of id: String) throws(LaunchFailure) -> (path: String, source: [UInt8]) {
        guard let plugin = (try? contributions())?.plugin(id), case .script(let file) = plugin.manifest.kind else {
            throw .untrusted(.notEnabled)
        }
        if let pin = plugin.pin {
            do throws(TrustFailure) { try pin.verify() } catch { throw .untrusted(error) }
        }
        let path = plugin.path + "/" + file
        do throws(SystemFile.Failure) { return (path, try SystemFile.read(path, limit: 4 << 20)) } catch {
            throw .noProgram(path)
        }
    }

    // MARK: Enabling

    /// What `plugin enable ID` shows. Nothing is enabled by it.
    package func preview(_ id: String) throws(EnableFailure) -> EnablePreview {
        guard let folder = folders().first(where: { $0.name == id }) else { throw .unknown(id) }
        return try preview(of: folder)
    }

    func preview(of folder: PluginFolder) throws(EnableFailure) -> EnablePreview {
        guard let path = SystemFile.realPath(folder.path) else { throw .unknown(folder.name) }
        let tree: Tree
        do throws(TreeFailure) { tree = try TreeReader.read(path) } catch { throw .unpinnable(error) }
        let manifest: Manifest
        switch folder.manifest {
        case .success(let value): manifest = value
        case .failure(let fault): throw .folder(fault)
        }
        guard let document = folder.document else { throw .unknown(folder.name) }
        // What is consented to is what is pinned: the manifest that was read is that of the tree.
        let again = PluginFolder.read(path)
        let isSettled =
            (try? TreeReader.read(path)) == tree && again.document.map { $0.isSpelledLike(document) } == true
        guard isSettled else { throw .changing }
        let pins: [Pin]
        do throws(PinStoreError) { pins = try loadedPins() } catch { throw .pins(error) }
        let known = pins.first { $0.id == manifest.id }
        return EnablePreview(
            id: manifest.id, manifest: manifest, path: path, digest: tree.digest,
            changes: known.map { TreeChanges(from: $0.tree, to: tree) }, tree: tree, document: document)
    }

    /// Enables what was shown, until it is disabled or its folder changes.
    ///
    /// - Parameter pin: the digest that is expected, where nobody was asked.
    package func enable(_ preview: EnablePreview, pin: String? = nil) throws(EnableFailure) {
        if let pin, pin.lowercased() != preview.digest { throw .otherPin(found: preview.digest) }
        let new = Pin(
            id: preview.id, path: preview.path, digest: preview.digest, tree: preview.tree,
            manifest: preview.document.detached())
        try save { pins in pins.filter { $0.id != new.id } + [new] }
        forget(preview.id)
    }

    /// Enables a folder for this session; its content may change.
    package func enableForSession(_ folder: PluginFolder) throws(EnableFailure) {
        guard let path = SystemFile.realPath(folder.path) else { throw .unknown(folder.name) }
        let manifest: Manifest
        switch folder.manifest {
        case .success(let value): manifest = value
        case .failure(let fault): throw .folder(fault)
        }
        let plugin = EnabledPlugin(id: manifest.id, manifest: manifest, path: path, pin: nil)
        forget(manifest.id)
        state.withLock { $0.dev[manifest.id] = plugin }
    }

    /// Takes back what was enabled, and stops it. False if it was not.
    @discardableResult
    package func disable(_ id: String) throws(EnableFailure) -> Bool {
        let wasDev = state.withLock { $0.dev.removeValue(forKey: id) } != nil
        var wasPinned = false
        try save { pins in
            wasPinned = pins.contains { $0.id == id }
            return wasPinned ? pins.filter { $0.id != id } : nil
        }
        forget(id)
        return wasDev || wasPinned
    }

    /// Changes the pins as the file has them now: another session may have written it.
    private func save(_ change: ([Pin]) -> [Pin]?) throws(EnableFailure) {
        do throws(PinStoreError) {
            guard let pins = change(try pinStore.load()) else { return }
            try pinStore.save(pins.sorted { $0.id < $1.id })
            state.withLock { $0.pins = pins }
        } catch {
            throw .pins(error)
        }
    }

    /// Stops a plugin and lets the table be made anew.
    private func forget(_ id: String) {
        let running = state.withLock { state in
            state.table = nil
            state.unusable[id] = nil
            state.completions = CompletionCache()
            guard let running = state.running.removeValue(forKey: id) else { return nil as Running? }
            state.leaving.append(running.runner)
            return running
        }
        running?.runner.close()
    }
}
