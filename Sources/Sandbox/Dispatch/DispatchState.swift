import WebhookModel

/// Decides which lanes are worked on and when the store is looked into. A value: what happens is told to it, what is to
/// be done comes back.
///
/// A lane is worked on by one worker at a time, which keeps its order; as many lanes at once as `concurrency` says. The
/// store is looked into when something became due, never twice at once.
struct DispatchState: Hashable, Sendable {
    enum Action: Hashable, Sendable {
        /// Look for at most that many lanes that are due, other than these.
        case look(excluding: Set<Int64>, limit: Int)
        case work(DueLane)
        /// Wake at that time, unless told otherwise before.
        case sleep(until: Timestamp)
        /// Nothing is in hand any more.
        case stopped
    }

    private enum Looking: Hashable {
        case no
        case yes
        /// Something became due since: look once more.
        case again
    }

    let concurrency: Int
    private(set) var busy: Set<Int64> = []
    private var looking = Looking.no
    private var isStopping = false

    init(concurrency: Int) {
        self.concurrency = max(1, concurrency)
    }

    /// Whether nothing is worked on and nothing is looked for.
    var isIdle: Bool { busy.isEmpty && looking == .no }

    /// Something may be due: an event was stored, a webhook enabled, or the time has come.
    mutating func signalled() -> [Action] {
        guard !isStopping else { return [] }
        switch looking {
        case .no: return look()
        case .yes, .again:
            looking = .again
            return []
        }
    }

    /// The look is done.
    mutating func found(_ lanes: [DueLane], next: Timestamp?) -> [Action] {
        let wantsMore = looking == .again
        looking = .no
        guard !isStopping else { return stoppedIfIdle() }
        var actions: [Action] = []
        for lane in lanes where busy.count < concurrency && busy.insert(lane.id).inserted {
            actions.append(.work(lane))
        }
        if wantsMore, busy.count < concurrency { return actions + look() }
        if let next { actions.append(.sleep(until: next)) }
        return actions
    }

    /// A worker is done with its lane, for now.
    mutating func finished(_ lane: Int64) -> [Action] {
        busy.remove(lane)
        guard !isStopping else { return stoppedIfIdle() }
        return signalled()
    }

    /// Begins nothing more.
    mutating func stop() -> [Action] {
        isStopping = true
        return stoppedIfIdle()
    }

    private mutating func look() -> [Action] {
        guard busy.count < concurrency else { return [] }
        looking = .yes
        return [.look(excluding: busy, limit: concurrency - busy.count)]
    }

    private func stoppedIfIdle() -> [Action] {
        isIdle ? [.stopped] : []
    }
}
