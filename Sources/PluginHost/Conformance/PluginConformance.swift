import LosslessJSON
import PluginProtocol

/// Holds a plugin against the protocol: what `plugin test DIR` runs. The plugin is not enabled by it.
///
/// Starts the program several times, with an environment as in use. Blocks for as long as it takes: a thread of its own.
package struct PluginConformance {
    let folder: PluginFolder
    let surroundings: PluginSurroundings
    let nonce: @Sendable () -> String
    let now: @Sendable () -> Moment
    /// How long an answer may take.
    let patience: Duration

    package init(
        folder: PluginFolder, surroundings: PluginSurroundings, nonce: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Moment, patience: Duration = .seconds(5)
    ) {
        self.folder = folder
        self.surroundings = surroundings
        self.nonce = nonce
        self.now = now
        self.patience = patience
    }

    /// Runs on a thread of its own.
    package func results() async -> [ConformanceResult] {
        await withCheckedContinuation { continuation in
            let started = SupervisingThread.start { continuation.resume(returning: self.run()) }
            if !started { continuation.resume(returning: []) }
        }
    }

    /// The checks, one result a line; those of the protocol for programs alone.
    package func run() -> [ConformanceResult] {
        let manifest: Manifest
        switch folder.manifest {
        case .success(let value): manifest = value
        case .failure(let fault): return [result(.manifest, .failed("\(fault)"))]
        }
        let before: Tree
        do throws(TreeFailure) { before = try TreeReader.read(SystemFile.realPath(folder.path) ?? folder.path) } catch {
            return [result(.manifest, .failed("\(error)"))]
        }
        var results = [result(.manifest, .passed)]
        switch manifest.kind {
        case .script(let file):
            let exists = SystemFile.realPath(folder.path + "/" + file) != nil
            results.append(result(.example, exists ? .passed : .failed("no \(file)")))
        case .program:
            results += ConformanceRun(manifest: manifest, conformance: self).results()
        }
        let after = try? TreeReader.read(SystemFile.realPath(folder.path) ?? folder.path)
        let changes = after.map { TreeChanges(from: before, to: $0) }
        results.append(
            result(.unchanged, changes?.isEmpty == true ? .passed : .failed("running it changed its folder")))
        return results
    }

    func result(
        _ check: ConformanceCheck, subject: String? = nil, _ outcome: ConformanceResult.Outcome
    ) -> ConformanceResult {
        ConformanceResult(check: check, subject: subject, outcome: outcome)
    }

    /// Started as in use, but whatever the pin.
    func plan(_ manifest: Manifest) throws(LaunchFailure) -> LaunchPlan {
        let plugin = EnabledPlugin(
            id: manifest.id, manifest: manifest, path: SystemFile.realPath(folder.path) ?? folder.path, pin: nil)
        return try Launcher(plugin: plugin, surroundings: surroundings, nonce: nonce).plan()
    }
}
