import Session

/// Makes journals: the port to what keeps them on the disk.
package protocol JournalFactory: Sendable {
    /// The durable journal at this path, which keeps drafts too. Nothing is opened before its first use.
    func journal(at path: String) -> any JournalStore & DraftStore
    /// What names this process in it.
    var session: String { get }
    /// A look at the file that is at this path; it is left as it is. nil for journals that are no files.
    func examine(_ path: String) async throws(JournalError) -> JournalExamination?
}

extension JournalFactory {
    package func examine(_ path: String) async throws(JournalError) -> JournalExamination? { nil }
}
