import Session
import Synchronization

/// Keeps what completion knows up to date between lines.
///
/// Up to a few thousand webhooks that is done before the prompt is shown. More take longer than anybody waits for a
/// prompt, so they are looked through beside it, and until then Tab knows what it knew before.
package final class CompletionMemory: Sendable {
    private struct State {
        var knowledge: CompletionKnowledge?
        var task: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let sources: [String: CompletionKnowledge.Source]

    /// The most webhooks that are looked through while the prompt waits.
    static let patience = 2000

    package init(sources: [String: CompletionKnowledge.Source] = [:]) { self.sources = sources }

    /// What is known now; nothing before the first ``refresh(_:)``.
    package func knowledge(of shell: Shell) -> CompletionKnowledge {
        state.withLock { $0.knowledge } ?? CompletionKnowledge(signatures: shell)
    }

    /// Takes note of what the line before this one changed.
    package func refresh(_ shell: Shell) async {
        var fresh = await CompletionKnowledge.gather(shell, sources: sources)
        let session = await shell.connection.knownState
        shell.completionState = session
        let old = state.withLock { state in
            state.task?.cancel()
            state.task = nil
            return state.knowledge
        }
        guard let session else { return state.withLock { $0.knowledge = fresh } }
        if session.listing.count + session.stagedCount <= Self.patience {
            fresh.learn(session)
            return state.withLock { $0.knowledge = fresh }
        }
        if let old { fresh.takeListed(from: old) }
        fresh.state = session
        let now = fresh
        state.withLock { state in
            state.knowledge = now
            state.task = Task.detached(priority: .utility) { [self] in
                var learned = now
                learned.learn(session)
                let known = learned
                self.state.withLock { if !Task.isCancelled { $0.knowledge = known } }
            }
        }
    }

    /// Waits until all that is being looked through is known.
    package func settle() async { await state.withLock { $0.task }?.value }
}

extension CompletionKnowledge {
    /// What takes long to learn, as it was known before.
    mutating func takeListed(from old: CompletionKnowledge) {
        webhooks = old.webhooks
        subscriptions = old.subscriptions
        fields = old.fields
    }
}
