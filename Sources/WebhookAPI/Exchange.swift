import Logging
import WebhookModel

/// Sends calls: through the rate limiter, along redirects of the same origin, again where that is safe.
struct Exchange: Sendable {
    let configuration: ServiceConfiguration
    let environment: ServiceEnvironment
    let limiter: RateLimiter
    /// Whether the key may go where the requests do.
    private let isTransportAllowed: Bool

    init(configuration: ServiceConfiguration, environment: ServiceEnvironment, limiter: RateLimiter) {
        self.configuration = configuration
        self.environment = environment
        self.limiter = limiter
        isTransportAllowed = configuration.endpoint.isConfidential || configuration.allowsInsecure
    }

    private var time: any TimeSource { environment.time }

    /// The 2xx answer to a call.
    func perform(_ call: Call) async throws(ServiceError) -> TransportResponse {
        let reader = AnswerReader(call: call, endpoint: configuration.endpoint, key: configuration.key)
        try checkTransport(reader)
        let body = call.document?.bytes(.compact)
        var run = RetryRun(policy: configuration.retry, safety: call.safety, started: time.now)
        let began = time.now
        var former: Attempt?
        while true {
            let result: Attempt
            do throws(ServiceError) {
                result = try await attempt(call, body: body, since: began, run: &run, reader: reader)
            } catch {
                // Not repeated any more: what the attempt before it came to is what is known.
                guard error.kind == .overdue, let former, mayHaveHappened(former) else { throw error }
                return try conclude(former, reader: reader)
            }
            former = result
            guard
                case .again(let wait) = run.next(after: event(result), now: time.now, draw: environment.draw())
            else {
                return try conclude(result, reader: reader)
            }
            log(.debug, "repeating", call, ["wait_ms": "\(Int(wait.inSeconds * 1000))", "attempt": "\(run.attempt)"])
            do throws(CancellationError) {
                try await time.sleep(for: wait)
            } catch {
                throw reader.make(.cancelled, nil)
            }
        }
    }

    /// The answer to a call that is not repeated, whatever its status; redirects are followed.
    func once(_ call: Call) async throws(ServiceError) -> TransportResponse {
        let reader = AnswerReader(call: call, endpoint: configuration.endpoint, key: configuration.key)
        try checkTransport(reader)
        var run = RetryRun(policy: configuration.retry, safety: call.safety, started: time.now)
        switch try await attempt(call, body: call.document?.bytes(.compact), since: time.now, run: &run, reader: reader)
        {
        case .success(let response): return response
        case .failure(let failure): throw reader.error(failure)
        }
    }

    private func checkTransport(_ reader: AnswerReader) throws(ServiceError) {
        if !isTransportAllowed { throw reader.make(.insecureTransport, nil) }
    }

    private typealias Attempt = Result<TransportResponse, TransportFailure>

    private func conclude(_ result: Attempt, reader: AnswerReader) throws(ServiceError) -> TransportResponse {
        switch result {
        case .failure(let failure): throw reader.error(failure)
        case .success(let response):
            if (200..<300).contains(response.status) { return response }
            var error = reader.error(response)
            if case .rateLimited = error.kind { error.kind = .rateLimited(retryAfter: retryAfter(response)) }
            throw error
        }
    }

    /// Whether an attempt that is repeated may have been carried out all the same.
    private func mayHaveHappened(_ result: Attempt) -> Bool {
        if case .success(let response) = result { response.status >= 500 } else { false }
    }

    private func event(_ result: Attempt) -> RetryRun.Event {
        switch result {
        case .success(let response): .answered(status: response.status, retryAfter: retryAfter(response))
        case .failure(let failure): .failed(failure)
        }
    }

    /// Sends the call once, following redirects.
    private func attempt(
        _ call: Call, body: [UInt8]?, since began: Duration, run: inout RetryRun, reader: AnswerReader
    ) async throws(ServiceError) -> Attempt {
        var target = call.target
        for _ in 0...max(0, configuration.redirects) {
            let result = try await send(
                call, target: target, body: body, since: began, run: &run, reader: reader)
            guard case .success(let response) = result, (300..<400).contains(response.status) else { return result }
            let verdict = RedirectRule.verdict(
                status: response.status, location: response.headers["Location"], method: call.method, target: target,
                endpoint: configuration.endpoint)
            switch verdict {
            case .follow(let next): target = next
            case .refuse(let place):
                let name = Printable.line(place, limit: 200, without: configuration.key)
                throw reader.make(Self.refusal(to: name, response.status, call.safety), response)
            case .notARedirect: return result
            }
        }
        throw reader.make(.tooManyRedirects, nil)
    }

    /// See Other tells where to read what came of a request (RFC 9110, section 15.4.4): a write has probably happened.
    private static func refusal(to place: String, _ status: Int, _ safety: RepeatSafety) -> ServiceError.Kind {
        status == 303 && safety != .read
            ? .ambiguous(reason: "the answer is at \(place)") : .redirectRefused(to: place)
    }

    private func send(
        _ call: Call, target: String, body: [UInt8]?, since began: Duration, run: inout RetryRun, reader: AnswerReader
    ) async throws(ServiceError) -> Attempt {
        let arrived = time.now
        let ticket: Admission.Ticket
        do throws(CancellationError) {
            ticket = try await limiter.enter()
        } catch {
            throw reader.make(.cancelled, nil)
        }
        // Along a redirect, after a refusal, or for the first time: nothing has been done yet.
        guard call.departure.isAllowed(after: time.now - began) else {
            limiter.forgo(ticket)
            throw reader.make(.overdue, nil)
        }
        let started = time.now
        run.excuse(started - arrived)
        let result: Attempt
        do throws(TransportFailure) {
            result = .success(try await environment.transport.send(request(call, target: target, body: body)))
        } catch {
            result = .failure(error)
        }
        limiter.leave(ticket, observation(result))
        logEnd(call, result, number: run.attempt, took: time.now - started, reader: reader)
        return result
    }

    private func request(_ call: Call, target: String, body: [UInt8]?) -> TransportRequest {
        var headers = [
            HeaderFields.Field("Accept", "application/json"), HeaderFields.Field("User-Agent", configuration.userAgent),
        ]
        if body != nil { headers.append(HeaderFields.Field("Content-Type", "application/json")) }
        return TransportRequest(
            method: call.method, endpoint: configuration.endpoint, target: target, headers: HeaderFields(headers),
            key: configuration.key, body: body, timeout: call.timeout, bodyLimit: call.bodyLimit,
            errorBodyLimit: configuration.limits.error)
    }

    private func retryAfter(_ response: TransportResponse) -> Duration? {
        RetryAfter.wait(in: response.headers, unixTime: time.unixTime)
    }

    private func observation(_ result: Attempt) -> Admission.Observation {
        guard case .success(let response) = result else { return Admission.Observation(.neutral) }
        var headers = RateLimitHeaders(response.headers, unixTime: time.unixTime)
        switch response.status {
        case 429, 503:
            var wait = retryAfter(response)
            // A wait that the caller is told of instead holds nobody else back either, however the answer spells it.
            if let told = wait, told > configuration.retry.longestToldWait {
                wait = nil
                headers.reset = nil
                if headers.remaining == 0 { headers.remaining = nil }
            }
            return Admission.Observation(.pushedBack(for: wait), headers: headers)
        case 500...: return Admission.Observation(.neutral, headers: headers)
        default: return Admission.Observation(.good, headers: headers)
        }
    }
}

extension Exchange {
    private func logEnd(_ call: Call, _ result: Attempt, number: Int, took: Duration, reader: AnswerReader) {
        guard environment.logger.logLevel <= .debug else { return }
        var metadata: Logger.Metadata = ["attempt": "\(number)", "ms": "\(Int(took.inSeconds * 1000))"]
        switch result {
        case .success(let response):
            metadata["status"] = "\(response.status)"
            metadata["bytes"] = "\(response.body.count)"
            metadata["request_id"] = reader.loggedRequestID(response.headers).map { "\($0)" }
            log(.debug, "answered", call, metadata)
        case .failure(let failure):
            metadata["failure"] = "\(failure.kind)"
            metadata["progress"] = "\(failure.progress)"
            log(.debug, "failed", call, metadata)
        }
    }

    private func log(_ level: Logger.Level, _ message: Logger.Message, _ call: Call, _ metadata: Logger.Metadata) {
        environment.logger.log(
            level: level, message, metadata: metadata.merging(["operation": "\(call.name)"]) { first, _ in first })
    }
}
