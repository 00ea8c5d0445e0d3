import Synchronization

/// Thrown out of a write that is to be undone, with what it would have made.
struct LostWrite: Error {
    let document: String
}

/// What a webhook was before a write, handed out of it.
final class FormerDocument: Sendable {
    private let kept = Mutex<String?>(nil)

    var text: String? {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }
}
