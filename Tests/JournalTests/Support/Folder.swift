import Foundation

/// A folder that goes with its owner, and all in it.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hookline-journal-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
