import LosslessJSON
import WebhookModel

/// What people read when the API did not give its answer.
enum ServiceSentences {
    static func problem(_ error: ServiceError) -> Sentence {
        var sentence = sentence(error)
        sentence.message += context(error)
        return sentence
    }

    /// Nothing there: a webhook is gone, or what was asked for is no such API.
    private static func notFound(_ error: ServiceError, _ host: String) -> Sentence {
        let isWebhook = error.operation.split(separator: "/").contains { $0.hasPrefix(WebhookID.prefix) }
        if isWebhook { return Sentence("\(host) has no such webhook", hint: "refresh lists what is there now") }
        return Sentence("\(host) has nothing there", hint: "the base URL may be wrong: doctor tells what answers")
    }

    private static func sentence(_ error: ServiceError) -> Sentence {
        let host = error.host.isEmpty ? "the server" : Printable.escaped(error.host)
        switch error.kind {
        case .unauthorized:
            return Sentence("\(host) does not accept the API key", hint: "check it with whoami, or set it with login")
        case .forbidden:
            return Sentence("\(host) does not allow this", hint: "the key may lack a permission, or a quota is used up")
        case .notFound:
            return notFound(error, host)
        case .alreadyExists:
            return Sentence("\(host) says that it exists already")
        case .badRequest:
            return Sentence("\(host) refused the request")
        case .invalid(let problems):
            return Sentence(invalid(host, problems))
        case .rateLimited(let wait):
            let hint = wait.map { "the limit allows the next request in \(DurationText.short($0))" }
            return Sentence("\(host) limits requests, and the waiting time is used up", hint: hint)
        case .serverError:
            return Sentence("\(host) failed to answer", hint: "nothing staged is lost; try again")
        case .unexpectedAnswer(let type, let snippet):
            let kind = type.map(Printable.escaped) ?? "no content type"
            return Sentence(
                "\(host) gave an answer that is not the API's (\(kind)): \(Printable.escaped(Self.cut(snippet)))",
                hint: "a proxy may stand between, or the base URL may be wrong")
        case .malformedBody(let reason, let offset):
            let place = offset.map { " at byte \($0)" } ?? ""
            return Sentence("the answer of \(host) cannot be read\(place): \(Printable.escaped(reason))")
        case .bodyTooLarge(let limit):
            return Sentence(
                "the answer of \(host) is longer than \(SizeText.short(limit)); its rest was not read",
                hint: "the base URL may be wrong; no list of webhooks is that long")
        case .unreachable(let reason):
            return Sentence(
                "no connection to \(host): \(Printable.escaped(reason))",
                hint: "check the base URL and the network, DNS and a proxy included")
        case .timedOut:
            return Sentence(
                error.status == nil
                    ? "\(host) did not answer in time" : "\(host) began to answer, and did not come to the end in time",
                hint: "request_timeout and list_timeout in the profile give it longer; try again")
        case .ambiguous(let reason):
            return Sentence(
                "the answer of \(host) was lost (\(Printable.escaped(reason))): the change may have happened",
                hint: "commit again: it reads first, and sends only what still differs")
        case .redirectRefused(let target):
            return Sentence(
                "\(host) redirects to \(Printable.escaped(target)), which is refused; the key was not sent there")
        case .tooManyRedirects:
            return Sentence("\(host) redirects in circles")
        case .insecureTransport:
            return Sentence(
                "\(host) is reached by plain http, which would show the key to the network",
                hint: "use https, or --insecure-http if you know why")
        case .certificate(let reason):
            return Sentence(
                "the certificate of \(host) is not accepted: \(Printable.escaped(reason))",
                hint:
                    "check the base URL and this machine's clock; a private authority is named by ca_file in the profile"
            )
        case .notAllowed:
            return Sentence("\(host) knows no such operation", hint: "the base URL may be wrong, or its API too old")
        case .cancelled:
            return Sentence("cancelled")
        case .overdue:
            return Sentence(
                "writes to \(host) wait longer for their turn than what they go by may be old; they were not sent",
                hint: "--max-age gives them longer")
        }
    }

    /// Operation, status, the server's own words and the request's id: what a support ticket needs.
    private static func context(_ error: ServiceError) -> String {
        var parts = [Printable.escaped(error.operation)]
        if let status = error.status { parts.append("status \(status)") }
        if let type = error.serverType { parts.append(Printable.escaped(type)) }
        if let id = error.requestID { parts.append("request \(Printable.escaped(id))") }
        let words = error.serverMessage.map { ": " + Printable.escaped(Self.cut($0)) } ?? ""
        return words + " (" + parts.joined(separator: ", ") + ")"
    }

    private static func invalid(_ host: String, _ problems: [FieldProblem]) -> String {
        guard !problems.isEmpty else { return "\(host) finds the document invalid" }
        let lines = problems.prefix(5).map { problem in
            let place = problem.path?.description ?? problem.location.joined(separator: ".")
            return "\(Printable.escaped(place)): \(Printable.escaped(cut(problem.message)))"
        }
        let more = problems.count > 5 ? "; and \(problems.count - 5) more" : ""
        return "\(host) finds the document invalid: " + lines.joined(separator: "; ") + more
    }

    private static func cut(_ text: String) -> String { text.count > 300 ? text.prefix(300) + "…" : text }

    static func exitCode(_ kind: ServiceError.Kind) -> ExitStatus {
        switch kind {
        case .unauthorized, .forbidden: .notAllowed
        case .cancelled: .interrupted
        case .notFound, .alreadyExists, .badRequest, .invalid, .rateLimited, .serverError, .unexpectedAnswer,
            .malformedBody, .bodyTooLarge, .unreachable, .timedOut, .ambiguous, .redirectRefused, .tooManyRedirects,
            .insecureTransport, .certificate, .notAllowed, .overdue:
            .refused
        }
    }

    /// The machine's name of a kind, as `--json` and `catch` show it.
    static func name(_ kind: ServiceError.Kind) -> String {
        switch kind {
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .alreadyExists: "already_exists"
        case .badRequest: "bad_request"
        case .invalid: "invalid"
        case .rateLimited: "rate_limited"
        case .serverError: "server_error"
        case .unexpectedAnswer: "unexpected_answer"
        case .malformedBody: "malformed_body"
        case .bodyTooLarge: "body_too_large"
        case .unreachable: "unreachable"
        case .timedOut: "timed_out"
        case .ambiguous: "ambiguous"
        case .redirectRefused: "redirect_refused"
        case .tooManyRedirects: "too_many_redirects"
        case .insecureTransport: "insecure_transport"
        case .certificate: "certificate"
        case .notAllowed: "operation_unknown"
        case .cancelled: "cancelled"
        case .overdue: "overdue"
        }
    }
}
