import Synchronization

/// A history in a file that several sessions share.
///
/// Every entry is appended by one write under a lock on the file, so entries of sessions that run at once are neither
/// lost nor mixed. A session recalls what was there when it started and what it entered itself, not what another session
/// enters meanwhile: Up gives one's own last line. The file is readable by its owner only (0600) and holds at most
/// `rules.maximumFileBytes` before it is rewritten, by a rename. Its folder must exist. Nothing is read before the first
/// use.
package final class HistoryFile: HistoryStore {
    private struct State {
        var list: HistoryList
        var isLoaded = false
        var failure: HistoryError?
    }

    package let path: String
    private let rules: HistoryRules
    private let file: HistoryStorage
    private let state: Mutex<State>

    package init(path: String, rules: HistoryRules = HistoryRules()) {
        self.path = path
        self.rules = rules
        file = HistoryStorage(path: path, rules: rules)
        state = Mutex(State(list: HistoryList(maximumEntries: rules.maximumEntries)))
    }

    package var entries: [String] { withLoaded { $0.list.entries } }
    package var revision: Int { withLoaded { $0.list.revision } }
    package var failure: HistoryError? { withLoaded { $0.failure } }

    package func append(_ entry: String) {
        guard let kept = rules.kept(entry) else { return }
        withLoaded { state in
            guard state.list.append(kept), kept.utf8.count <= rules.maximumEntryBytes else { return }
            state.failure = outcome { () throws(HistoryError) in try file.append(kept) }
        }
    }

    package func clear() {
        withLoaded { state in
            state.list.replace(with: [])
            state.failure = outcome { () throws(HistoryError) in try file.clear() }
        }
    }

    private func withLoaded<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in
            if !state.isLoaded {
                state.isLoaded = true
                do throws(HistoryError) {
                    state.list.replace(with: try file.entries())
                } catch {
                    state.failure = error
                }
            }
            return body(&state)
        }
    }

    private func outcome(_ body: () throws(HistoryError) -> Void) -> HistoryError? {
        do throws(HistoryError) {
            try body()
            return nil
        } catch {
            return error
        }
    }
}
