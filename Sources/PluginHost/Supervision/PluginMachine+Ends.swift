import LosslessJSON
import PluginProtocol

/// Greetings, stops and crashes.
extension PluginMachine {
    mutating func greet(at now: Moment) {
        guard let id = instance?.id else { return }
        let request = takeRequestID()
        instance?.greetingRequest = request
        instance?.greetingDeadline = now + settings.deadlines.initialize
        let line = Message.requestLine(
            id: .number(request), method: Method.initialize.rawValue, params: settings.greeting)
        actions.append(.send(id, line))
    }

    mutating func greeted(_ answer: Result<JSON, RPCError>, at now: Moment) {
        do throws(HandshakeFailure) {
            let version = try Self.agree(answer, required: settings.required)
            instance?.greeted = true
            instance?.greetingDeadline = nil
            instance?.greetingRequest = nil
            note(.started(version: version))
            proceed(at: now)
        } catch {
            handshakeFailed(error, at: now)
        }
    }

    /// The plugin's version, if it speaks a version that is spoken here and implements what it must.
    private static func agree(
        _ answer: Result<JSON, RPCError>, required: [Method]
    ) throws(HandshakeFailure) -> String {
        let json: JSON
        switch answer {
        case .success(let value): json = value
        case .failure(let error): throw .refused(error)
        }
        let result: InitializeResult
        do throws(ShapeError) { result = try InitializeResult(json) } catch { throw .malformed(error) }
        guard ProtocolVersion.supported.contains(result.protocolVersion) else {
            throw .version(result.protocolVersion, offered: ProtocolVersion.supported)
        }
        let missing = required.filter { !result.implements.contains($0.rawValue) }
        guard missing.isEmpty else { throw .missing(missing) }
        return PlainText.strippedLine(result.version)
    }

    mutating func launchFailed(_ failure: LaunchFailure) {
        note(.launchFailed(failure))
        instance = nil
        failAll(.launch(failure))
    }

    mutating func handshakeFailed(_ failure: HandshakeFailure, at now: Moment) {
        note(.handshakeFailed(failure))
        retire()
        failAll(.handshake(failure))
        countCrash(at: now)
    }

    /// Stops the process and fails what it was doing; what is still waiting goes to the next one, unless the user or the
    /// end of the session is the reason.
    mutating func stop(_ reason: StopReason, at now: Moment) {
        if instance != nil {
            note(.stopping(reason))
            if instance?.greeted == false, reason != .asked, reason != .idle { countCrash(at: now) }
        }
        let wasStarting = instance?.greeted == false
        retire()
        failFlights { _ in .stopped(reason) }
        if reason == .asked || wasStarting { failQueue(.stopped(reason)) }
        proceed(at: now)
    }

    /// A process that ended by itself.
    mutating func exited(_ exit: ChildExit, at now: Moment) {
        let isQuiet = flights.values.allSatisfy(\.isOver) && exit == .status(0) && instance?.greeted == true
        if isQuiet {
            note(.exited(exit))
            retire()
            flights = [:]
            return proceed(at: now)
        }
        let retried = requeueAfterCrash(exit)
        note(.crashed(exit, retrying: retried))
        retire()
        countCrash(at: now)
        proceed(at: now)
    }

    /// What may be asked again, once, waits in front; the rest fails. A call that was never sent may always be.
    private mutating func requeueAfterCrash(_ exit: ChildExit) -> Bool {
        var again: [Queued] = []
        for (_, flight) in flights.sorted(by: { $0.key < $1.key }) where !flight.isOver {
            var queued = flight.queued
            queued.crashes += 1
            if queued.call.isPure, queued.crashes < 2 {
                again.append(queued)
            } else {
                resolve(queued.call, .failure(.crashed(exit)))
            }
        }
        flights = [:]
        if instance?.greeted == false {
            for var queued in queue {
                queued.crashes += 1
                if queued.crashes < 2 { again.append(queued) } else { resolve(queued.call, .failure(.crashed(exit))) }
            }
            queue = []
        }
        queue = again + queue
        return !again.isEmpty
    }

    private mutating func countCrash(at now: Moment) {
        crashes = crashes.filter { now - $0 < settings.crashWindow } + [now]
        guard crashes.count >= settings.crashLimit else { return }
        isDisabled = true
        note(.disabled(crashes: crashes.count))
        failQueue(.disabled)
    }

    // MARK: Letting go

    mutating func retire() {
        guard let id = instance?.id else { return }
        instance = nil
        actions.append(.retire(id, shutdown: takeRequestID()))
    }

    private mutating func failAll(_ failure: CallFailure) {
        failFlights { _ in failure }
        failQueue(failure)
    }

    private mutating func failFlights(_ failure: (Flight) -> CallFailure) {
        for (_, flight) in flights.sorted(by: { $0.key < $1.key }) where !flight.isOver {
            resolve(flight.call, .failure(failure(flight)))
        }
        flights = [:]
    }

    private mutating func failQueue(_ failure: CallFailure) {
        for queued in queue { resolve(queued.call, .failure(failure)) }
        queue = []
    }
}
