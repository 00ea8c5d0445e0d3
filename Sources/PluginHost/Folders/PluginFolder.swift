import Glibc
import LosslessJSON
import PluginProtocol

/// A plugin's folder as it is found: nothing was started.
package struct PluginFolder: Sendable {
    /// The folder's name, which must be the plugin's id.
    package let name: String
    /// As it was found.
    package let path: String
    package let manifest: Result<Manifest, PluginFolderFault>
    /// The manifest's document; nil where it could not be read.
    package let document: JSON?
}

/// Why a folder is no plugin.
package enum PluginFolderFault: Error, Hashable, Sendable {
    /// There is no `plugin.json`, or it cannot be read.
    case unreadable(path: String, errno: Int32)
    case manifest(ManifestFault)
    /// The folder's name is not the plugin's id.
    case wrongName(id: String, folder: String)
    /// A folder before it in the search has the same id.
    case shadowed(by: String)
}

extension PluginFolder {
    /// Reads a plugin's folder, whatever its name.
    package static func read(_ path: String) -> PluginFolder {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        do throws(PluginFolderFault) {
            let (manifest, document) = try readManifest(path)
            return PluginFolder(name: name, path: path, manifest: .success(manifest), document: document)
        } catch {
            return PluginFolder(name: name, path: path, manifest: .failure(error), document: nil)
        }
    }

    private static func readManifest(_ path: String) throws(PluginFolderFault) -> (Manifest, JSON) {
        let bytes: [UInt8]
        do throws(SystemFile.Failure) {
            bytes = try SystemFile.read(path + "/" + Manifest.fileName, limit: Limits.manifest)
        } catch {
            if error.isTooLong { throw .manifest(.tooLarge(limit: Limits.manifest)) }
            throw .unreadable(path: error.path, errno: error.errno)
        }
        do throws(ManifestFault) {
            let manifest = try Manifest(parsing: bytes)
            guard let document = try? JSON(parsing: bytes) else { throw .noProgram }
            return (manifest, document)
        } catch {
            throw .manifest(error)
        }
    }

    /// The folders in these, in order, each folder's by name. What holds no `plugin.json` is none; of several with the
    /// same id the first counts, the others are there with ``PluginFolderFault/shadowed(by:)``.
    package static func find(in searchPath: [String]) -> [PluginFolder] {
        var found: [PluginFolder] = []
        var seen: [String: String] = [:]
        for folder in searchPath {
            for name in SystemFile.names(in: folder) ?? [] {
                let path = folder + "/" + name
                guard access(path + "/" + Manifest.fileName, F_OK) == 0 else { continue }
                found.append(check(read(path), &seen))
            }
        }
        return found
    }

    private static func check(_ folder: PluginFolder, _ seen: inout [String: String]) -> PluginFolder {
        guard case .success(let manifest) = folder.manifest else { return folder }
        var fault: PluginFolderFault?
        if manifest.id != folder.name {
            fault = .wrongName(id: manifest.id, folder: folder.name)
        } else if let first = seen[manifest.id] {
            fault = .shadowed(by: first)
        }
        guard let fault else {
            seen[manifest.id] = folder.path
            return folder
        }
        return PluginFolder(name: folder.name, path: folder.path, manifest: .failure(fault), document: folder.document)
    }
}
