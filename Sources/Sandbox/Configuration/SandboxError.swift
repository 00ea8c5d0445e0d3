import LosslessJSON

/// Why a sandbox server did not start.
package enum SandboxError: Error, Hashable, Sendable {
    /// `start` was called before.
    case alreadyStarted
    /// A socket address holds `limit` bytes of path.
    case socketPathTooLong(path: String, limit: Int)
    /// Something that answers has the address, or what stands at the path is no socket.
    case addressInUse(String)
    case cannotListen(address: String, reason: String)
    /// Others than this machine could connect, and no key was configured.
    case keysRequired(host: String)
    /// A folder or file could not be made, opened or narrowed.
    case fileSystem(path: String, reason: String)
    /// The file is an SQLite database of something else, or none at all.
    case notASandboxDatabase(path: String)
    /// Written by a later version of the program.
    case newerDatabase(path: String, version: Int, supported: Int)
    case database(path: String, reason: String)
    /// The seed file is no JSON.
    case seedSyntax(path: String, JSONSyntaxError)
    /// The seed file is no array of webhooks; `index` is the element's, from 0.
    case seedInvalid(path: String, index: Int?, reason: String)
}
