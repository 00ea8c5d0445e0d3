import FoundationEssentials
import Synchronization

/// Documents that were put together before, so that a list that is read again need not open every seal again.
///
/// Found by their sealed part: each sealing draws a nonce, so that no two documents share one. It counts for its owner
/// alone, as when it is opened.
final class OpenedDocuments: Sendable {
    struct Seal: Hashable {
        let organization: OrganizationID
        let id: String
        let secrets: Data
    }

    /// Bytes of text in one generation; two are held.
    private static let limit = 8 << 20

    private struct Generations {
        var young: [Seal: String] = [:]
        var old: [Seal: String] = [:]
        var size = 0
    }

    private let kept = Mutex(Generations())

    func document(of seal: Seal) -> String? {
        kept.withLock { $0.young[seal] ?? $0.old[seal] }
    }

    func keep(_ document: String, of seal: Seal) {
        kept.withLock { kept in
            kept.size += document.utf8.count + seal.secrets.count
            if kept.size > Self.limit {
                kept.old = kept.young
                kept.young = [:]
                kept.size = document.utf8.count + seal.secrets.count
            }
            kept.young[seal] = document
        }
    }
}
