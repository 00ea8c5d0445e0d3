/// What was entered before, oldest first. One entry may have several lines.
///
/// A store never throws: losing a line of history must not lose the session. What went wrong is kept in `failure`.
package protocol HistoryStore: AnyObject, Sendable {
    /// The entries this session may recall, oldest first, without duplicates.
    var entries: [String] { get }

    /// Changes with every change of `entries`.
    var revision: Int { get }

    /// Why the last write or read did not work; nil when it did.
    var failure: HistoryError? { get }

    /// Adds an entry as the newest. The store's rules decide whether and in which form it is kept.
    func append(_ entry: String)

    /// Forgets everything, on disk too.
    func clear()
}

/// What can go wrong with history on disk.
package enum HistoryError: Error, Hashable, Sendable {
    /// A system call failed; `call` is its name.
    case system(call: String, path: String, errno: Int32)
    /// The path is a directory, a device or a pipe.
    case notARegularFile(path: String)
}
