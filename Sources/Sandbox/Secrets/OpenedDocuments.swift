import FoundationEssentials
import Synchronization

/// Documents that were put together before, so that a list that is read again need not open every seal again.
///
/// One for each webhook, good as long as its sealed part is the same: each sealing draws a nonce, so that no two documents
/// share one. It counts for its owner alone, as when it is opened.
final class OpenedDocuments: Sendable {
    struct Owner: Hashable {
        let organization: OrganizationID
        let id: String
    }

    /// Bytes in one generation; two are held. A list that is longer finds nothing of itself, and is opened anew each time:
    /// a hundred thousand documents of half a kilobyte have room.
    private static let limit = 96 << 20

    private struct Opened {
        let secrets: Data
        let document: String
        var size: Int { document.utf8.count + secrets.count }
    }

    private struct Generations {
        var young: [Owner: Opened] = [:]
        var old: [Owner: Opened] = [:]
        var size = 0
    }

    private let kept = Mutex(Generations())

    func document(of owner: Owner, sealed secrets: Data) -> String? {
        let opened = kept.withLock { $0.young[owner] ?? $0.old[owner] }
        return opened?.secrets == secrets ? opened?.document : nil
    }

    func keep(_ document: String, of owner: Owner, sealed secrets: Data) {
        let opened = Opened(secrets: secrets, document: document)
        kept.withLock { kept in
            kept.size += opened.size - (kept.young[owner]?.size ?? 0)
            if kept.size > Self.limit {
                kept.old = kept.young
                kept.young = [:]
                kept.size = opened.size
            }
            kept.young[owner] = opened
        }
    }
}
