import Glibc
import LosslessJSON
import PluginProtocol

/// Checks a plugin's folder against its pin and says how its program is started. Runs on the thread that starts it.
struct Launcher: Sendable {
    let plugin: EnabledPlugin
    let surroundings: PluginSurroundings
    let nonce: @Sendable () -> String

    func plan() throws(LaunchFailure) -> LaunchPlan {
        if let pin = plugin.pin {
            do throws(TrustFailure) { try pin.verify() } catch { throw .untrusted(error) }
        }
        guard case .program(let argv, _) = plugin.manifest.kind else { throw .noProgram(plugin.id) }
        let found = surroundings.program(argv[0], folder: plugin.path, isExecutable: SystemFile.isExecutable)
        guard let program = found else { throw .noProgram(argv[0]) }
        let mark = nonce()
        let own = surroundings.ownFolder(of: plugin.id)
        var folders = [own, own + "/home", own + "/tmp"]
        if plugin.manifest.permissions.state { folders.append(own + "/state") }
        return LaunchPlan(
            program: program, arguments: argv,
            environment: surroundings.environment(of: plugin.id, granted: plugin.manifest.permissions.env, mark: mark),
            folder: plugin.path, ownFolders: folders, mark: mark)
    }
}
