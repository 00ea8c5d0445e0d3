import LosslessJSON
import PluginProtocol

/// What comes from the plugin.
extension PluginMachine {
    mutating func receive(_ content: LineContent, length: Int, at now: Moment) {
        switch content {
        case .noise: noise(length, at: now)
        case .fault(let fault): stop(.invalidMessage(fault), at: now)
        case .message(.result(let id, let result)): answered(id, .success(result), at: now)
        case .message(.failure(let id, let error)): answered(id, .failure(error), at: now)
        case .message(.request(let id, let method, let params)): request(id, method, params, at: now)
        case .message(.notification(let method, let params)): notified(method, params, at: now)
        }
    }

    private mutating func noise(_ length: Int, at now: Moment) {
        instance?.noise += length
        if let noise = instance?.noise, noise > settings.noiseLimit {
            stop(.noise(limit: settings.noiseLimit), at: now)
        }
    }

    // MARK: Answers

    private mutating func answered(_ id: RequestID?, _ answer: Result<JSON, RPCError>, at now: Moment) {
        guard let instance, case .number(let request) = id, instance.firstRequest <= request, request < nextRequest
        else {
            return stop(.unknownID, at: now)
        }
        if request == instance.greetingRequest { return greeted(answer, at: now) }
        guard var flight = flights.removeValue(forKey: request) else { return note(.droppedAnswer(id: request)) }
        if flight.isOver {
            note(.droppedAnswer(id: request))
            return proceed(at: now)
        }
        switch answer {
        case .failure(let error):
            let isCancelled = error.known == .cancelled
            resolve(flight.call, .failure(isCancelled ? .cancelled : .refused(Self.stripped(error))))
        case .success(let result):
            flight.results.append(result)
            if flight.results.count < flight.call.parts.count { return sendNext(flight, at: now) }
            resolve(flight.call, .success(flight.results))
        }
        proceed(at: now)
    }

    private static func stripped(_ error: RPCError) -> RPCError {
        RPCError(code: error.code, message: PlainText.strippedLine(error.message), data: error.data)
    }

    /// The next part of a batch, before anything else.
    private mutating func sendNext(_ flight: Flight, at now: Moment) {
        var flight = flight
        flight.request = takeRequestID()
        flight.sent = now
        flight.deadline = now + flight.call.timeout
        flight.restingSince = nil
        flight.openRequests = 0
        flight.askingSince = nil
        flight.openQuestions = 0
        flights[flight.request] = flight
        sendPart(flight.results.count, of: flight.call, as: flight.request)
    }

    // MARK: Notifications

    private mutating func notified(_ name: String, _ params: JSON, at now: Moment) {
        switch Method(rawValue: name) {
        case .progress: progress(params, at: now)
        case .log: note(.said(PlainText.strippedLine(params["message"]?.string ?? params.description)))
        default: note(.unknownNotification(PlainText.strippedLine(String(name.prefix(100)))))
        }
    }

    /// Extends the call's deadline by what it had at first, up to the hard cap.
    private mutating func progress(_ params: JSON, at now: Moment) {
        guard let request = context(of: params), var flight = flights[request], !flight.isOver else { return }
        flight.deadline = min(now + flight.call.timeout, flight.hardDeadline)
        flights[request] = flight
        let progress = Progress(
            message: params["message"]?.string.map(PlainText.strippedLine),
            done: params["done"]?.number?.double, total: params["total"]?.number?.double)
        actions.append(.progress(flight.call.id, progress))
    }

    private func context(of params: JSON) -> Int? {
        guard let request = params["context"]?.number?.int else { return nil }
        return flights[request].map { _ in request }
    }

    // MARK: Requests

    private mutating func request(_ id: RequestID, _ name: String, _ params: JSON, at now: Moment) {
        guard let instance else { return }
        guard instance.requests.count < Limits.requestsFromPlugin else {
            return stop(.tooManyRequests(limit: Limits.requestsFromPlugin), at: now)
        }
        do throws(RPCError) {
            let (method, context) = try admit(id, name, params)
            guard let flight = flights[context] else { return }
            let open = OpenRequest(context: context, isQuestion: method == .confirm)
            self.instance?.requests[id] = open
            flights[context]?.begin(open, at: now)
            actions.append(
                .perform(
                    instance.id, PluginRequest(id: id, method: method, params: params, call: flight.call.id)))
        } catch {
            note(.deniedRequest(method: PlainText.strippedLine(String(name.prefix(100))), error))
            actions.append(.send(instance.id, Message.failure(id: id, error).line))
        }
    }

    /// The method and the request in flight that a plugin's request belongs to, if it may be made.
    private func admit(
        _ id: RequestID, _ name: String, _ params: JSON
    ) throws(RPCError) -> (method: Method, context: Int) {
        guard let instance, instance.greeted else {
            throw RPCError(.notInitialized, "initialize was not answered yet")
        }
        guard instance.requests[id] == nil else { throw RPCError(.invalidRequest, "this id is in use") }
        guard let method = Method(rawValue: name) else { throw RPCError(.methodNotFound, "no such method") }
        guard let context = context(of: params), let flight = flights[context], !flight.isOver else {
            throw RPCError(.noSuchContext, "context names no call in flight")
        }
        switch method {
        case .listWebhooks, .getWebhook:
            guard settings.mayReadWebhooks else { throw RPCError(.denied, "permissions.read lacks webhooks") }
        case .print, .confirm:
            guard flight.call.isConversation else { throw RPCError(.denied, "only during command/run") }
        case .getState, .setState:
            guard settings.mayKeepState else { throw RPCError(.denied, "permissions.state is not granted") }
        default: throw RPCError(.methodNotFound, "no method of the host")
        }
        return (method, context)
    }

    mutating func reply(to id: RequestID, _ answer: Result<JSON, RPCError>, at now: Moment) {
        guard let instance, let open = instance.requests[id] else { return }
        self.instance?.requests[id] = nil
        flights[open.context]?.end(open, at: now)
        let message: Message =
            switch answer {
            case .success(let result): .result(id: id, result)
            case .failure(let error): .failure(id: id, error)
            }
        actions.append(.send(instance.id, message.line))
    }
}

extension PluginMachine.Flight {
    fileprivate mutating func begin(_ request: PluginMachine.OpenRequest, at now: Moment) {
        openRequests += 1
        if restingSince == nil { restingSince = now }
        guard request.isQuestion else { return }
        openQuestions += 1
        if askingSince == nil { askingSince = now }
    }

    fileprivate mutating func end(_ request: PluginMachine.OpenRequest, at now: Moment) {
        if request.isQuestion {
            openQuestions -= 1
            if openQuestions == 0, let since = askingSince {
                hardDeadline += now - since
                askingSince = nil
            }
        }
        openRequests -= 1
        guard openRequests == 0, let since = restingSince else { return }
        // The host's own time is not the plugin's; but one that always asks would go on without end.
        deadline = max(deadline, min(deadline + (now - since), hardDeadline))
        restingSince = nil
    }
}
