import LosslessJSON
import PluginProtocol

/// What the user enabled: this folder, with this content, to be run as its manifest said then.
package struct Pin: Hashable, Sendable {
    package var id: String
    /// The folder's real path.
    package var path: String
    package var digest: String
    package var tree: Tree
    /// As it was when it was enabled: what is contributed and granted comes from here, with no look at the folder.
    package var manifest: JSON

    package init(id: String, path: String, digest: String, tree: Tree, manifest: JSON) {
        self.id = id
        self.path = path
        self.digest = digest
        self.tree = tree
        self.manifest = manifest
    }
}

/// Why a plugin may not be run.
package enum TrustFailure: Error, Hashable, Sendable {
    case notEnabled
    /// The folder is not where it was.
    case moved(from: String, to: String?)
    case changed(TreeChanges)
    case unpinnable(TreeFailure)
}

/// Where pins are kept. Reading is cheap; it happens at start-up.
package protocol PinStore: Sendable {
    func load() throws(PinStoreError) -> [Pin]
    func save(_ pins: [Pin]) throws(PinStoreError)
}

package enum PinStoreError: Error, Hashable, Sendable {
    case unreadable(path: String, errno: Int32)
    case unwritable(path: String, errno: Int32)
    /// Other users may read or write the file; it is not believed before that is mended.
    case exposed(path: String, mode: UInt32)
    /// No file of pins, or one of a newer version.
    case malformed(path: String, detail: String)
}

extension Pin {
    /// Whether the folder is still what was enabled; reads all of it.
    package func verify() throws(TrustFailure) {
        let real = SystemFile.realPath(path)
        guard real == path else { throw .moved(from: path, to: real) }
        let found: Tree
        do throws(TreeFailure) { found = try TreeReader.read(path) } catch { throw .unpinnable(error) }
        guard found.digest == digest else { throw .changed(TreeChanges(from: tree, to: found)) }
    }
}

/// Pins in memory, for a test or a session that keeps none.
package final class MemoryPinStore: PinStore {
    private let pins: MutexBox<[Pin]>

    package init(_ pins: [Pin] = []) { self.pins = MutexBox(pins) }

    package func load() throws(PinStoreError) -> [Pin] { pins.value }
    package func save(_ pins: [Pin]) throws(PinStoreError) { self.pins.value = pins }
}
