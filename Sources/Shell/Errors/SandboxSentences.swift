import WebhookModel

/// What is wrong with a rehearsal: with the server, with a fault that was typed, with the receiver.
enum SandboxSentences {
    static func problem(_ error: FaultSpec.Failure) -> Problem {
        let hint = "a fault is KIND[,NAME=VALUE]…, such as server_error,rate=0.2,status=503"
        return switch error {
        case .noKind(let text): Problem("usage", .usage, "\(quoted(text)) names no kind of fault", hint: hint)
        case .unknownKind(let kind, let nearest):
            Problem(
                "usage", .usage, "no fault is called \(quoted(kind))",
                hint: nearest.map { "did you mean \($0)?" } ?? "faults: " + FaultSpec.kinds.joined(separator: ", "))
        case .unknownName(let name, let nearest):
            Problem(
                "usage", .usage, "a fault has no \(quoted(name))",
                hint: nearest.map { "did you mean \($0)?" } ?? "it has: " + FaultSpec.names.joined(separator: ", "))
        case .repeated(let name): Problem("usage", .usage, "the fault says \(name) twice")
        case .badValue(let name, let value):
            Problem("usage", .usage, "\(quoted(value)) is no \(name) of a fault", hint: values(of: name))
        }
    }

    private static func values(of name: String) -> String {
        switch name {
        case "rate": "a number from 0 to 1"
        case "operations", "fields": "names with + between"
        default: "a whole number from 0"
        }
    }

    static func problem(_ error: ReceiverFailure) -> Problem {
        Problem(
            "receiver", .failed, "cannot listen on port \(error.port): \(Printable.escaped(error.reason))",
            hint: "--port 0 takes any free one")
    }

    static func notASandbox(profile: String, host: String) -> Problem {
        Problem(
            "not-a-sandbox", .refused, "\(profile) (\(Printable.escaped(host))) is no sandbox: it knows no /v1/sandbox",
            hint: "profile use sandbox goes on with the embedded one; hookline sandbox serve serves one to others")
    }

    static func inDoubt(_ error: ServiceError) -> Problem {
        Problem(
            ServiceSentences.name(error.kind), ServiceSentences.exitCode(error.kind),
            ServiceSentences.problem(error).message, hint: "sandbox deliveries shows whether it happened")
    }

    static func unknownEvent(_ id: String) -> Problem {
        Problem(
            "unknown-event", .failed, "the sandbox has no event \(quoted(id))", hint: "sandbox deliveries lists events")
    }

    private static func quoted(_ text: String) -> String { "“\(Printable.escaped(text))”" }
}
