import Glibc
import LosslessJSON
import PluginProtocol

/// Pins in a JSON file, 0600, in a folder of the user's own. Written whole or not at all.
package struct PinFile: PinStore {
    private static let version = 1
    /// More than any number of pinned plugins needs.
    private static let sizeLimit = 64 << 20

    private let path: String

    package init(path: String) { self.path = path }

    /// No file: no pins.
    package func load() throws(PinStoreError) -> [Pin] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if descriptor < 0, errno == ENOENT { return [] }
        guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
        let isOurs = status.st_uid == geteuid() && status.st_mode & 0o077 == 0
        guard isOurs else { throw .exposed(path: path, mode: UInt32(status.st_mode & 0o7777)) }
        let bytes: [UInt8]
        do throws(SystemFile.Failure) {
            bytes = try SystemFile.read(descriptor, path: path, limit: Self.sizeLimit)
        } catch {
            throw .unreadable(path: path, errno: error.errno)
        }
        return try parse(bytes)
    }

    package func save(_ pins: [Pin]) throws(PinStoreError) {
        let document: JSON = ["pins": JSON(Self.version), "plugins": JSON(pins.map(\.json))]
        do throws(SystemFile.Failure) {
            if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
                try SystemFile.makeFolder(String(path[..<slash]))
            }
            try SystemFile.replace(path, with: document.bytes(.compact) + [0x0A], mode: 0o600)
        } catch {
            throw .unwritable(path: path, errno: error.errno)
        }
    }

    private func parse(_ bytes: [UInt8]) throws(PinStoreError) -> [Pin] {
        let json: JSON
        do throws(JSONSyntaxError) { json = try JSON(parsing: bytes) } catch {
            throw .malformed(path: path, detail: "line \(error.line), column \(error.column)")
        }
        guard json["pins"]?.number?.int == Self.version else { throw .malformed(path: path, detail: "pins") }
        do throws(ShapeError) {
            var pins: [Pin] = []
            for element in try Shape(json).list("plugins") { pins.append(try Pin(reading: element)) }
            return pins
        } catch {
            throw .malformed(path: path, detail: error.path.description)
        }
    }
}

extension Pin {
    fileprivate init(reading shape: Shape) throws(ShapeError) {
        var entries: [TreeEntry] = []
        for element in try shape.list("tree") {
            let words = try element.text().split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
            guard words.count == 4, let kind = TreeEntry.Kind(rawValue: String(words[0])),
                let mode = UInt32(words[1], radix: 8)
            else { throw element.fault(.text) }
            entries.append(
                TreeEntry(path: String(words[3]), kind: kind, mode: mode, digest: String(words[2])))
        }
        self.init(
            id: try shape.text("id"), path: try shape.text("path"), digest: try shape.text("sha256"),
            tree: Tree(entries: entries), manifest: try shape.member("manifest", .object).json)
    }

    /// An entry of the tree is a text: kind, mode, digest, path.
    fileprivate var json: JSON {
        let entries = tree.entries.map { entry in
            JSON("\(entry.kind.rawValue) \(String(entry.mode, radix: 8)) \(entry.digest) \(entry.path)")
        }
        return [
            "id": JSON(id), "path": JSON(path), "sha256": JSON(digest), "manifest": manifest, "tree": JSON(entries),
        ]
    }
}
