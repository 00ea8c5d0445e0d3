import WebhookAPI

/// What goes wrong with one request.
enum Fault: CaseIterable, Hashable {
    /// No connection: nothing was sent.
    case unreachable
    case tooMany, tooManyUntold, tooManyForLong
    /// 503 with `Retry-After`: not done.
    case unavailable
    /// 503 or 500 before the effect, or after it.
    case errorBefore, errorAfter
    /// The connection ends before the effect, or after it.
    case resetBefore, resetAfter
    /// Nothing comes back in time: the write was lost, or done in time, or done after the time-out.
    case lost, doneInSilence, doneLate
    /// The answer's head came and no more.
    case cutOff
    /// The body ends too early, by the server's fault.
    case truncated
    /// A proxy's page instead of the answer: the request went through, or it didn't.
    case pageAfter, pageBefore
    /// A proxy's page with the status 404.
    case pageNotFound
    case redirectElsewhere, redirectHere
    /// It takes its time, but not more than there is.
    case slow
    case unauthorized
}

/// A request's way through the network.
struct Passage {
    /// When the server acts on it; nil for never.
    var effect: Duration?
    /// When the client hears of it; nil for never.
    var reply: Duration?
    var result: Outcome = .answer

    enum Outcome {
        /// What the server answered.
        case answer
        /// The first so many hundredths of it.
        case cut(hundredths: Int)
        case instead(TransportResponse)
        case failure(TransportFailure)
    }
}

extension Fault {
    /// How a request with this fault fares; nil for none. `lateness` is how long after its time-out it may arrive, in
    /// milliseconds.
    static func passage(
        _ fault: Fault?, for request: TransportRequest, lateness: Int, _ dice: inout Dice
    ) -> Passage {
        let way = Duration.milliseconds(dice.within(1...40))
        let back = way + .milliseconds(dice.within(1...60))
        let late = request.timeout + .milliseconds(dice.within(1...lateness))
        var passage = Passage(effect: way, reply: back)
        func answers(_ response: TransportResponse, hasEffect: Bool) -> Passage {
            Passage(effect: hasEffect ? way : nil, reply: back, result: .instead(response))
        }
        func fails(_ kind: TransportFailure.Kind, _ progress: TransportFailure.Progress, hasEffect: Bool) -> Passage {
            Passage(
                effect: hasEffect ? way : nil, reply: back, result: .failure(TransportFailure(kind, progress: progress))
            )
        }
        switch fault {
        case nil: return passage
        case .unreachable: return fails(.unreachable("refused"), .notSent, hasEffect: false)
        case .tooMany:
            let wait = dice.within(0...20)
            return answers(ModelWire.error(429, "TooManyRequestsError", retryAfter: wait), hasEffect: false)
        case .tooManyUntold: return answers(ModelWire.error(429, "TooManyRequestsError"), hasEffect: false)
        case .tooManyForLong:
            let wait = dice.within(60...300)
            return answers(ModelWire.error(429, "TooManyRequestsError", retryAfter: wait), hasEffect: false)
        case .unavailable:
            let wait = dice.within(0...10)
            return answers(ModelWire.error(503, "ServiceUnavailable", retryAfter: wait), hasEffect: false)
        case .errorBefore:
            return answers(ModelWire.error(dice.pick([500, 502, 503, 504]), "InternalServerError"), hasEffect: false)
        case .errorAfter:
            return answers(ModelWire.error(dice.pick([500, 502, 503, 504]), "InternalServerError"), hasEffect: true)
        case .resetBefore: return fails(.lost("reset"), .sent, hasEffect: false)
        case .resetAfter: return fails(.lost("reset"), .sent, hasEffect: true)
        case .lost: return Passage(effect: nil, reply: nil)
        case .doneInSilence: return Passage(effect: way, reply: nil)
        case .doneLate: return Passage(effect: late, reply: nil)
        case .cutOff: return fails(.lost("reset"), .answered(status: 200), hasEffect: true)
        case .truncated: passage.result = .cut(hundredths: dice.within(0...99))
        case .pageAfter: return answers(ModelWire.page(200), hasEffect: true)
        case .pageBefore: return answers(ModelWire.page(200), hasEffect: false)
        case .pageNotFound: return answers(ModelWire.page(404), hasEffect: false)
        case .redirectElsewhere:
            let place = "https://elsewhere.example\(request.target)"
            return answers(ModelWire.redirect(to: place), hasEffect: false)
        case .redirectHere: return answers(ModelWire.redirect(to: request.target), hasEffect: false)
        case .slow:
            passage.effect = .milliseconds(dice.within(100...4_500))
            passage.reply = .milliseconds(4_600)
        case .unauthorized: return answers(ModelWire.error(401, "UnauthorizedError"), hasEffect: false)
        }
        return passage
    }
}
