import Session
import Synchronization
import WebhookModel

/// Keeps what is staged at a prompt as a draft, so that a crash or a closed terminal loses nothing.
///
/// Only what changed since the last command is written. An edit that no command makes, or that holds a secret as it is,
/// is not kept, and that is said once.
final class DraftKeeper: Sendable {
    private struct State {
        var kept: [WebhookKey: [Edit]] = [:]
        var positions = 0
        var hasWarned = false
    }

    private let store: any DraftStore
    private let session: String
    private let state = Mutex(State())

    init(store: any DraftStore, session: String) {
        self.store = store
        self.session = session
    }

    /// Writes what differs from what was kept; answers what there is to warn of.
    func keep(_ staged: [Staged], for target: CommitTarget, at time: Timestamp) async throws(JournalError) -> String? {
        let (entries, warning) = state.withLock { Self.changes(&$0, staged) }
        if !entries.isEmpty { try await store.save(entries, of: session, for: target, at: time) }
        return warning
    }

    private static func changes(_ state: inout State, _ staged: [Staged]) -> ([DraftEntry], String?) {
        var entries: [DraftEntry] = []
        var gone = Set(state.kept.keys)
        var warning: String?
        for one in staged {
            gone.remove(one.key)
            if let kept = state.kept[one.key], kept == one.edits { continue }
            state.kept[one.key] = one.edits
            state.positions += 1
            do throws(EditText.Failure) {
                var lines: [String] = []
                for edit in one.edits { lines.append(try EditText.line(edit)) }
                let base = one.base.map { KeyCodes.digest(ServerOwned.without($0.document)) }
                entries.append(DraftEntry(key: one.key, position: state.positions, lines: lines, base: base))
            } catch {
                entries.append(DraftEntry(key: one.key, position: state.positions, lines: []))
                if !state.hasWarned {
                    state.hasWarned = true
                    warning =
                        "the edits of \(one.key) hold a secret as it was typed, and are not kept if this session ends"
                }
            }
        }
        for key in gone {
            state.kept[key] = nil
            entries.append(DraftEntry(key: key, position: 0, lines: []))
        }
        return (entries, warning)
    }
}
