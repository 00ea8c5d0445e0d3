import LosslessJSON
import WebhookModel

/// The sending half of a commit as a value: events in, steps out, no effects.
///
/// For each webhook: journal `sent`, send, judge the answer, journal what came of it. An answer that leaves open whether
/// the write happened is settled by waiting and looking. What stops the run lets all that is in flight come to its end;
/// a closing list tells whether what was confirmed is what the server holds.
package struct CommitMachine: Sendable {
    /// What to do; the position is that of the entry in the journal.
    package enum Step: Hashable, Sendable {
        case record(JournalUpdate)
        /// Send it, unless its turn comes after `until`; nil for a create, which goes by no reading.
        case send(position: Int, Write, until: Timestamp?)
        case wait(position: Int, Duration)
        case read(position: Int, WebhookID)
        case list(position: Int)
        /// List all, these at least: what was read is too old to go by.
        case refresh([WebhookID])
        /// Ask whether to go on after the first few.
        case confirmCanary
        /// List all once more at the end, these at least.
        case review([WebhookID])
    }

    package enum Write: Hashable, Sendable {
        case create(JSON)
        case update(WebhookID, JSON)
        case delete(WebhookID)
    }

    /// What happened.
    package enum Event: Sendable {
        case recorded(position: Int)
        case recordFailed(position: Int, JournalError)
        /// The answer to a write; nil for a delete.
        case answered(position: Int, Result<Webhook?, ServiceError>)
        case waited(position: Int)
        case read(position: Int, Result<Webhook, ServiceError>)
        case listed(position: Int, Result<[Webhook], ServiceError>)
        /// All anew; how old the list was when what it lacked had been asked for.
        case refreshed(Result<[Webhook], ServiceError>, age: Duration = .zero)
        case canaryAnswered(goOn: Bool)
        case reviewed(Result<[Webhook], ServiceError>)
        /// Send nothing until `proceed`; what is in flight comes to its end.
        case pause
        case proceed
        /// Send nothing more; let what is in flight come to its end.
        case cancel
        /// Don't wait for what is in flight either.
        case abandon
    }

    /// What ends a run before all is sent.
    package enum Stop: Hashable, Sendable {
        /// 401 or 403, or the server can't be talked to at all.
        indirect case service(ServiceError)
        /// An entry went wrong, and `onError` is `stop`. The closing list may have settled that entry since.
        indirect case error(ServiceError)
        case journal(JournalError)
        /// The first few are through; nobody wanted the rest.
        case canary
        case cancelled
        case abandoned
    }

    enum Phase: Hashable {
        case waiting
        /// Being read right before it is sent.
        case checking
        /// `sent` is being journalled.
        case announcing
        case sending
        /// It went by a reading that had become too old: the journal is told that it was not sent.
        case returning
        // Kept aside, as errors are large: each webhook of the run has a phase, and hardly one an error.
        indirect case settling(ServiceError)
        indirect case looking(ServiceError)
        /// Being read right after it was sent.
        case verifying
        /// The outcome is being journalled.
        case closing
        case done
    }

    struct Slot {
        var item: CommitItem
        var phase: Phase = .waiting
        /// When the server's copy that it goes by was read.
        var readAt: Timestamp
        var attempts = 0
        var status: CommitStatus = .planned
        /// What the server holds now, after a confirmation.
        var answer: Webhook?
        /// Whether one list has shown nothing of a create already.
        var hasLooked = false
        /// Whether a later reading has changed what the journal has of it.
        var hasNewImages = false
        /// Whether a list that need not be whole has passed over it: it is read by itself before it is sent.
        var isPassedOver = false
        /// The list that was asked for to look for it, and the one that it was judged by last.
        var list = 0
        var judgedBy = 0

        var write: Write { item.write }
        var before: JSON? { item.before }
        var isCreate: Bool { if case .create = item.write { true } else { false } }
    }

    /// What the run waits for before anything more is sent.
    enum Gate: Hashable {
        case refresh, canary, review
    }

    let options: SendOptions
    let planner: Planner
    let knownIDs: Set<WebhookID>
    var slots: SlotTable
    private var queue: [Int] = []
    private var next = 0
    /// Whether one of those that wait in line may have been settled where it stood.
    private var hasGaps = false
    private var started = 0
    /// A create of a webhook of another one's name waits for it, or a look couldn't tell them apart.
    private var blocked: [Int: [Int]] = [:]
    private var released: [Int] = []
    private var inFlight = 0
    /// Of those in flight, how many have been answered and wait for the journal alone.
    private var closing = 0
    private var gate: Gate?
    /// How many lists were asked for, and which of them to go by: several may be under way at once, and the one that ends
    /// last is not always the newest.
    private var lists = 0
    private var refreshList = 0
    /// How often each came back because its turn was too late, since anything else was answered.
    var returns: [Int: Int] = [:]
    /// What is sent again though nobody can tell whether it was taken before, and the error of that time.
    var doubts: [Int: ServiceError] = [:]
    private var isPaused = false
    private var isCanaryPassed: Bool
    private var isReviewed = false
    /// Why the closing list could not be read, if it could not.
    package private(set) var reviewFailure: ServiceError?
    /// When the server's copies were last read.
    private var readAt: Timestamp
    /// What is known before anything is sent, to be journalled first.
    private var decided: [Int: Decision]
    package private(set) var stop: Stop?

    /// `knownIDs` are the webhooks that there were before anything was sent; `readAt` is when they were read.
    init(
        items: [Int: CommitItem], decided: [Int: Decision] = [:], knownIDs: Set<WebhookID>, readAt: Timestamp,
        planner: Planner, options: SendOptions
    ) {
        self.decided = decided
        self.options = options
        self.planner = planner
        self.knownIDs = knownIDs
        self.readAt = readAt
        isCanaryPassed = options.canary == nil
        slots = SlotTable(items.mapValues { Slot(item: $0, readAt: readAt) })
        var lastOfName: [String: Int] = [:]
        for (position, item) in items.sorted(by: { $0.key < $1.key }) {
            if case .create = item.write, let name = item.name,
                let follows = lastOfName.updateValue(position, forKey: name)
            {
                blocked[follows, default: []].append(position)
            } else {
                queue.append(position)
            }
        }
    }

    // MARK: Looking

    /// Whether nothing is in flight and nothing more will be done.
    package var isFinished: Bool { stop == .abandoned || (isDrained && gate == nil && !wantsReview) }

    /// Whether nothing is in flight just now.
    package var isIdle: Bool { inFlight == 0 && (gate == nil || gate == .canary) }

    private var isDrained: Bool { inFlight == 0 && (stop != nil || !hasWork) }

    /// Whether nothing more is sent, for now or for good.
    package var isHeld: Bool { isPaused || stop != nil }

    private var hasWork: Bool { next < queue.count || !released.isEmpty }

    /// What came of the entry at a position; nil for one that doesn't write.
    package func status(at position: Int) -> CommitStatus? {
        slots.contains(position) ? slots[position].status : nil
    }

    /// The status of an entry that is through; nil for one that isn't.
    func finishedStatus(at position: Int) -> CommitStatus? {
        slots.contains(position) && slots[position].phase == .done ? slots[position].status : nil
    }

    /// What the server holds now, after a confirmation that isn't a delete's.
    package func answer(at position: Int) -> Webhook? {
        slots.contains(position) ? slots[position].answer : nil
    }

    /// How many entries there are to send.
    var count: Int { slots.count }

    // MARK: Events

    /// The first steps; none that sends anything where the run begins paused.
    package mutating func start(at now: Timestamp, isPaused: Bool = false) -> [Step] {
        self.isPaused = isPaused
        let steps = decided.sorted { $0.key < $1.key }.flatMap { position, decision in
            slots[position].answer = decision.answer
            return settle(position, decision.status)
        }
        decided = [:]
        return steps + fill(now)
    }

    /// Takes an event and answers what to do about it. Once abandoned there is nothing to do.
    package mutating func handle(_ event: Event, at now: Timestamp) -> [Step] {
        if stop == .abandoned { return [] }
        let steps = take(event, now)
        return stop == .abandoned ? [] : steps + fill(now)
    }

    private mutating func take(_ event: Event, _ now: Timestamp) -> [Step] {
        switch event {
        case .recorded(let position): return recorded(position)
        case .recordFailed(let position, let error): recordFailed(position, error)
        case .answered(let position, let result): return answered(position, result)
        case .waited(let position): return waited(position)
        case .read(let position, let result): return read(position, result, now)
        case .listed(let position, let result): return listed(position, result)
        case .refreshed(let result, let age): return refreshed(result, now.advanced(by: .zero - age))
        case .canaryAnswered(let goesOn): answerCanary(goesOn)
        case .reviewed(let result): return reviewed(result)
        case .pause: isPaused = true
        case .proceed: isPaused = false
        case .cancel: halt(.cancelled)
        case .abandon: abandon()
        }
        return []
    }

    // MARK: What to send next

    /// Starts as many as may be in flight at once, unless something has to come first.
    private mutating func fill(_ now: Timestamp) -> [Step] {
        if gate != nil { return [] }
        skipSettled()
        if isDrained { return review() }
        guard stop == nil, !isPaused, hasWork else { return [] }
        if isTooOld(now) {
            // What is on its way back is to be judged by that list as well.
            return slots.positions.contains { slots[$0].phase == .returning } ? [] : refresh()
        }
        if !isCanaryPassed, started >= options.canary ?? 0 {
            return inFlight == 0 ? askCanary() : []
        }
        var steps: [Step] = []
        while hasRoom, isCanaryPassed || started < options.canary ?? 0, let position = nextPosition() {
            inFlight += 1
            started += 1
            steps.append(begin(position, now))
        }
        return steps
    }

    /// What waits for the journal alone keeps nothing from being sent, as long as the journal keeps up.
    private var hasRoom: Bool {
        let limit = max(1, options.concurrency)
        return inFlight - closing < limit && closing < Self.closingRounds * limit
    }

    private static let closingRounds = 4

    private func isTooOld(_ now: Timestamp) -> Bool { !options.isCareful && isTooOld(readAt, now) }

    private func isTooOld(_ reading: Timestamp, _ now: Timestamp) -> Bool {
        // A clock that was set back says nothing of its age.
        now < reading || now.since(reading) > options.maximumAge
    }

    /// Passes over what was settled without being sent, so that what has work is known.
    private mutating func skipSettled() {
        guard hasGaps else { return }
        released.removeAll { slots[$0].phase != .waiting }
        while next < queue.count, slots[queue[next]].phase != .waiting { next += 1 }
    }

    private mutating func nextPosition() -> Int? {
        if let position = released.popLast() { return position }
        skipSettled()
        guard next < queue.count else { return nil }
        defer { next += 1 }
        return queue[next]
    }

    private mutating func begin(_ position: Int, _ now: Timestamp) -> Step {
        guard let id = slots[position].write.id, mustBeRead(position, now) else { return announce(position) }
        slots[position].phase = .checking
        return .read(position: position, id)
    }

    /// One that came back from behind a list has not been judged by it.
    private func mustBeRead(_ position: Int, _ now: Timestamp) -> Bool {
        options.isCareful || slots[position].isPassedOver || isTooOld(slots[position].readAt, now)
    }

    mutating func announce(_ position: Int) -> Step {
        slots[position].phase = .announcing
        var update = JournalUpdate(position: position, state: .sent)
        if slots[position].hasNewImages {
            let slot = slots[position]
            update.images = JournalUpdate.Images(before: slot.before, target: slot.write.target)
        }
        return .record(update)
    }

    // MARK: The journal has answered

    private mutating func recorded(_ position: Int) -> [Step] {
        switch slots[position].phase {
        case .announcing:
            // Cancelled meanwhile: the journal goes back, and nothing leaves.
            return stop == nil ? send(position) : close(position, .planned)
        case .closing: finish(position)
        case .returning: comeBack(position)
        default: break
        }
        return []
    }

    /// Back in line; what came back first is begun first.
    private mutating func comeBack(_ position: Int) {
        if stop != nil { return finish(position) }
        slots[position].phase = .waiting
        inFlight -= 1
        started -= 1
        released.insert(position, at: 0)
    }

    private mutating func recordFailed(_ position: Int, _ error: JournalError) {
        halt(.journal(error))
        finish(position)
    }

    mutating func send(_ position: Int) -> [Step] {
        let (write, readAt) = (slots[position].write, slots[position].readAt)
        slots[position].phase = .sending
        slots[position].hasLooked = false
        slots[position].attempts += 1
        return [.send(position: position, write, until: write.id.map { _ in readAt.advanced(by: options.maximumAge) })]
    }

    // MARK: Outcomes

    /// Journals what came of an entry; the server's answer, too, unless it is known to be what was sent.
    mutating func close(_ position: Int, _ status: CommitStatus, isAsSent: Bool = false) -> [Step] {
        slots[position].status = status
        slots[position].phase = .closing
        closing += 1
        if options.onError == .stop, let error = status.error { halt(.error(error)) }
        return [
            .record(
                JournalUpdate(
                    position: position, state: status.journalState, createdID: slots[position].createdID,
                    detail: status.error?.detail, answer: isAsSent ? nil : slots[position].differingAnswer))
        ]
    }

    /// An entry that wasn't sent, and won't be.
    mutating func settle(_ position: Int, _ status: CommitStatus) -> [Step] {
        inFlight += 1
        hasGaps = true
        return close(position, status)
    }

    private mutating func finish(_ position: Int) {
        if slots[position].phase == .closing { closing -= 1 }
        slots[position].phase = .done
        inFlight -= 1
        released += blocked.removeValue(forKey: position)?.prefix(1) ?? []
    }

    /// The first reason counts.
    mutating func halt(_ reason: Stop) {
        if stop == nil { stop = reason }
    }

    private mutating func abandon() {
        stop = .abandoned
        for position in slots.positions {
            switch slots[position].phase {
            case .sending, .settling, .looking: slots[position].status = .unknown(.abandoned(slots[position].write))
            case .waiting, .checking, .announcing, .returning, .verifying, .closing, .done: break
            }
        }
    }

    // MARK: What the whole run waits for

    private mutating func refreshed(_ result: Result<[Webhook], ServiceError>, _ moment: Timestamp) -> [Step] {
        gate = nil
        switch result {
        case .failure(let error):
            halt(error.kind == .cancelled ? .cancelled : .service(error))
            return []
        case .success(let webhooks):
            readAt = moment
            return rejudge(webhooks, refreshList, readAt: moment)
        }
    }

    private mutating func refresh() -> [Step] {
        gate = .refresh
        refreshList = nextList()
        return [.refresh(slots.positions.filter { slots[$0].mayStillLeave }.compactMap { slots[$0].write.id })]
    }

    mutating func nextList() -> Int {
        lists += 1
        return lists
    }

    private mutating func askCanary() -> [Step] {
        guard slots.positions.allSatisfy({ slots[$0].phase == .waiting || slots[$0].status.kind.isDone }) else {
            halt(.canary)
            return review()
        }
        gate = .canary
        return [.confirmCanary]
    }

    private mutating func answerCanary(_ goesOn: Bool) {
        gate = nil
        isCanaryPassed = true
        if !goesOn { halt(.canary) }
    }

    private var wantsReview: Bool {
        if isReviewed || !options.reviews { return false }
        switch stop {
        case nil, .error, .canary: return slots.positions.contains { slots[$0].isReviewable }
        case .service, .journal, .cancelled, .abandoned: return false
        }
    }

    private mutating func review() -> [Step] {
        guard wantsReview else { return [] }
        gate = .review
        let there = slots.positions.filter { slots[$0].isThere }
        return [.review(there.compactMap { slots[$0].write.id ?? slots[$0].answer?.id })]
    }

    private mutating func reviewed(_ result: Result<[Webhook], ServiceError>) -> [Step] {
        gate = nil
        isReviewed = true
        switch result {
        case .success(let webhooks): return compare(with: webhooks)
        case .failure(let error):
            reviewFailure = error
            return []
        }
    }
}

extension CommitMachine.Slot {
    /// Whether the webhook is, or may be, on the server after all that was done.
    fileprivate var isThere: Bool {
        switch status {
        case .confirmed: write.target != nil
        case .unknown: true
        default: false
        }
    }

    /// The webhook that a create has made.
    fileprivate var createdID: WebhookID? { isCreate ? answer?.id : nil }

    /// What the server made of the target, where that is something else.
    fileprivate var differingAnswer: JSON? {
        guard status.kind == .confirmed, let target = write.target, let answer = answer?.document else { return nil }
        if ServerOwned.isSame(target, answer) { return nil }
        return answer
    }

    /// Whether it waits for its turn, or may come back to do so.
    fileprivate var mayStillLeave: Bool {
        switch phase {
        case .waiting, .checking, .announcing, .sending, .returning: true
        case .settling, .looking, .verifying, .closing, .done: false
        }
    }

    fileprivate var isReviewable: Bool { status.kind == .confirmed || status.kind == .unknown }
}
