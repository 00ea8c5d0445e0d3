import LosslessJSON
import PluginProtocol

/// The supervision of one plugin, as a value: what happens goes in, what is to be done comes out. It starts nothing, waits
/// for nothing and reads no clock.
///
/// A process is launched for the first call, greeted with `initialize`, given one call at a time (or as many as the
/// manifest says), and retired when it breaks the protocol, hangs or is idle. A retired process is out of the machine's
/// hands: the next call launches another while the old one is still being stopped.
package struct PluginMachine: Sendable {
    package struct Settings: Sendable {
        package var deadlines: Deadlines
        package var concurrency: Int
        /// The `params` of `initialize`, printed.
        package var greeting: [UInt8]
        /// What the plugin must implement.
        package var required: [Method]
        package var noiseLimit = Limits.noise
        /// So many crashes within `crashWindow` disable the plugin.
        package var crashLimit = 3
        package var crashWindow: Duration = .seconds(60)
        package var mayKeepState = false
        package var mayReadWebhooks = false

        package init(
            deadlines: Deadlines = .standard, concurrency: Int = 1, greeting: [UInt8] = Array("{}".utf8),
            required: [Method] = []
        ) {
            self.deadlines = deadlines
            self.concurrency = concurrency
            self.greeting = greeting
            self.required = required
        }
    }

    /// A call that waits for its turn.
    struct Queued: Sendable {
        let call: PluginCall
        /// Processes that ended under it.
        var crashes = 0
    }

    /// A call that was sent.
    struct Flight: Sendable {
        let queued: Queued
        /// Names the message that is out.
        var request: Int
        var results: [JSON] = []
        var sent: Moment
        /// When it is over; progress moves it, up to `hardDeadline`.
        var deadline: Moment
        var hardDeadline: Moment
        /// Set once the caller has its answer: until when the plugin may answer the cancellation.
        var grace: Moment?
        /// Requests of the plugin that the host is working on; meanwhile the deadline rests, up to `hardDeadline`.
        var openRequests = 0
        var restingSince: Moment?
        /// Those of them that ask the user, who may take as long as they like: meanwhile `hardDeadline` rests, too.
        var openQuestions = 0
        var askingSince: Moment?

        /// When it is over as things are; nil while the user is asked.
        var due: Moment? {
            if askingSince != nil { return nil }
            return restingSince == nil ? deadline : max(deadline, hardDeadline)
        }

        var call: PluginCall { queued.call }
        var isOver: Bool { grace != nil }
    }

    /// A request of the plugin that the host is working on.
    struct OpenRequest: Sendable {
        /// The request that it was made in.
        let context: Int
        let isQuestion: Bool
    }

    /// A running process.
    struct Instance: Sendable {
        let id: InstanceID
        /// Ids below were issued to processes before.
        let firstRequest: Int
        var greeted = false
        var greetingRequest: Int?
        var greetingDeadline: Moment?
        var noise = 0
        /// Since when nothing is in flight.
        var idleSince: Moment?
        var requests: [RequestID: OpenRequest] = [:]
    }

    package let settings: Settings
    var queue: [Queued] = []
    var flights: [Int: Flight] = [:]
    var instance: Instance?
    var isDisabled = false
    var crashes: [Moment] = []
    var nextRequest = 1
    var nextInstance = 1
    var actions: [Action] = []

    package init(settings: Settings) { self.settings = settings }

    package var activity: PluginActivity {
        if isDisabled { return .disabled }
        guard let instance else { return .idle }
        return instance.greeted ? .ready : .starting
    }

    /// Whether a call is waiting or in flight.
    package var isBusy: Bool { !queue.isEmpty || !flights.isEmpty }

    package mutating func handle(_ event: Event, at now: Moment) -> [Action] {
        switch event {
        case .submit(let call): submit(call, at: now)
        case .cancel(let id): cancel(id, at: now)
        case .launched(let id): if isCurrent(id) { greet(at: now) }
        case .launchFailed(let id, let failure): if isCurrent(id) { launchFailed(failure) }
        case .line(let id, let content, let length): if isCurrent(id) { receive(content, length: length, at: now) }
        case .lineTooLong(let id, let limit): if isCurrent(id) { stop(.lineTooLong(limit: limit), at: now) }
        case .exited(let id, let exit): if isCurrent(id) { exited(exit, at: now) }
        case .answered(let id, let request, let answer): if isCurrent(id) { reply(to: request, answer, at: now) }
        case .tick: tick(at: now)
        case .stop(let reason): stop(reason, at: now)
        }
        defer { actions = [] }
        return actions
    }

    /// When a `tick` is due at the latest; nil when time changes nothing.
    package var nextDeadline: Moment? {
        guard let instance else { return nil }
        var next = instance.greetingDeadline
        func consider(_ moment: Moment?) {
            if let moment { next = min(next ?? moment, moment) }
        }
        for flight in flights.values { consider(flight.grace ?? flight.due) }
        consider(instance.idleSince.map { $0 + settings.deadlines.idle })
        return next
    }

    func isCurrent(_ id: InstanceID) -> Bool { instance?.id == id }

    mutating func note(_ note: PluginNote) { actions.append(.note(note)) }

    mutating func resolve(_ call: PluginCall, _ result: Result<[JSON], CallFailure>) {
        actions.append(.resolve(call.id, result))
    }

    // MARK: Calls

    private mutating func submit(_ call: PluginCall, at now: Moment) {
        guard !isDisabled else { return resolve(call, .failure(.disabled)) }
        queue.append(Queued(call: call))
        proceed(at: now)
    }

    /// Sends what can be sent; launches a process where there is none.
    mutating func proceed(at now: Moment) {
        guard !queue.isEmpty else {
            if flights.isEmpty, instance?.greeted == true, instance?.idleSince == nil { instance?.idleSince = now }
            return
        }
        guard let instance else { return launch() }
        guard instance.greeted else { return }
        while !queue.isEmpty, flights.count < settings.concurrency { send(queue.removeFirst(), at: now) }
    }

    private mutating func launch() {
        let id = InstanceID(rawValue: nextInstance)
        nextInstance += 1
        instance = Instance(id: id, firstRequest: nextRequest)
        actions.append(.launch(id))
    }

    private mutating func send(_ queued: Queued, at now: Moment) {
        let request = takeRequestID()
        flights[request] = Flight(
            queued: queued, request: request, sent: now, deadline: now + queued.call.timeout,
            hardDeadline: now + max(queued.call.timeout, settings.deadlines.hardCap))
        instance?.idleSince = nil
        sendPart(0, of: queued.call, as: request)
    }

    mutating func takeRequestID() -> Int {
        defer { nextRequest += 1 }
        return nextRequest
    }

    mutating func sendPart(_ part: Int, of call: PluginCall, as request: Int) {
        guard let instance else { return }
        let line = Message.requestLine(id: .number(request), method: call.method.rawValue, params: call.parts[part])
        actions.append(.send(instance.id, line))
    }

    // MARK: Cancelling

    private mutating func cancel(_ id: CallID, at now: Moment) {
        if let index = queue.firstIndex(where: { $0.call.id == id }) {
            let queued = queue.remove(at: index)
            note(.cancelled(queued.call.method))
            return resolve(queued.call, .failure(.cancelled))
        }
        guard let (request, flight) = flights.first(where: { $0.value.call.id == id }) else { return }
        // Its time is up, or it was cancelled from two sides: its grace says when the plugin hangs.
        if flight.isOver { return }
        note(.cancelled(flight.call.method))
        resolve(flight.call, .failure(.cancelled))
        beginGrace(request, at: now)
    }

    /// The caller has its answer; the plugin is asked to end the call.
    mutating func beginGrace(_ request: Int, at now: Moment) {
        guard let instance else { return }
        flights[request]?.grace = now + settings.deadlines.cancelGrace
        let params: JSON = ["id": JSON(request)]
        actions.append(.send(instance.id, Message.notification(method: Method.cancel.rawValue, params: params).line))
    }

    // MARK: Time

    private mutating func tick(at now: Moment) {
        guard let instance else { return }
        if let deadline = instance.greetingDeadline, deadline <= now {
            return handshakeFailed(.timedOut(after: settings.deadlines.initialize), at: now)
        }
        for (request, flight) in flights.sorted(by: { $0.key < $1.key }) {
            if let grace = flight.grace {
                if grace <= now { return stop(.hang, at: now) }
            } else if let due = flight.due, due <= now {
                note(.timedOut(flight.call.method))
                resolve(flight.call, .failure(.timedOut(after: due - flight.sent)))
                beginGrace(request, at: now)
            }
        }
        if let idle = instance.idleSince, idle + settings.deadlines.idle <= now { stop(.idle, at: now) }
    }
}
