import Glibc
import LosslessJSON
import PluginProtocol

/// What plugins keep between sessions: one JSON value each.
package protocol PluginStateStore: Sendable {
    /// Null where nothing was kept.
    func load(_ plugin: String) throws -> JSON
    func save(_ value: JSON, of plugin: String) throws
}

/// A file `ID/state.json` for each plugin, 0600, written whole or not at all.
package struct PluginStateFiles: PluginStateStore {
    private let folder: String

    /// - Parameter folder: ``PluginSurroundings/stateFolder``.
    package init(folder: String) { self.folder = folder }

    package func load(_ plugin: String) throws -> JSON {
        do throws(SystemFile.Failure) {
            let bytes = try SystemFile.read(path(plugin), limit: Limits.state)
            return (try? JSON(parsing: bytes)) ?? .null
        } catch {
            if error.errno == ENOENT { return .null }
            throw error
        }
    }

    package func save(_ value: JSON, of plugin: String) throws {
        try SystemFile.makeFolder(folder + "/" + plugin)
        try SystemFile.replace(path(plugin), with: value.bytes(), mode: 0o600)
    }

    private func path(_ plugin: String) -> String { folder + "/" + plugin + "/state.json" }
}

/// State in memory.
package final class MemoryStateStore: PluginStateStore {
    private let values = MutexBox<[String: JSON]>([:])

    package init() {}

    package func load(_ plugin: String) -> JSON { values.value[plugin] ?? .null }
    package func save(_ value: JSON, of plugin: String) { values.update { $0[plugin] = value } }
}
