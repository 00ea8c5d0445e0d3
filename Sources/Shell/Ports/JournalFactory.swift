import Session

/// Makes journals: the port to what keeps them on the disk.
package protocol JournalFactory: Sendable {
    /// The durable journal at this path, which keeps drafts too. Nothing is opened before its first use.
    func journal(at path: String) -> any JournalStore & DraftStore
    /// What names this process in it.
    var session: String { get }
}
