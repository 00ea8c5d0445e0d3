import Synchronization

/// Thrown out of a write that is to be undone, with what it would have made.
struct LostWrite: Error {
    let document: String
}

/// What a webhook was before a write, handed out of it.
final class FormerDocument: Sendable {
    private let kept = Mutex<(text: String?, wasActive: Bool)>((nil, true))

    var text: String? { kept.withLock { $0.text } }
    var wasActive: Bool { kept.withLock { $0.wasActive } }

    func set(_ text: String, wasActive: Bool) {
        kept.withLock { $0 = (text, wasActive) }
    }
}
