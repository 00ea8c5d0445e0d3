import HookScript
import LosslessJSON
import WebhookModel

/// `sandbox`: rehearses on the embedded server what an organization's system does.
enum SandboxCommand: Command {
    private static let webhook = DeclaredPositional("WEBHOOK", .webhook, .optional, "only of this webhook")
    private static let follow = DeclaredFlag("follow", short: "f", "go on with what comes, until Ctrl-C")
    private static let limit = DeclaredFlag(
        "limit", short: "n", value: "N", .integer, "how many, 1 to 1000; 100, or 10 with --follow")

    static let declaration = CommandDeclaration(
        "sandbox", .session, "emits events on the sandbox and shows what they lead to",
        flags: .output,
        subcommands: [
            CommandDeclaration("status", .session, "shows whether the server is well and what waits"),
            CommandDeclaration(
                "emit", .session, "tells of an event, which is then delivered",
                positionals: [DeclaredPositional("TYPE", .eventType, "its type")],
                flags: [
                    DeclaredFlag("count", value: "N", .integer, "how many alike, up to 1000000; 1"),
                    DeclaredFlag("rate", value: "R", .number, "so many a second; as fast as the server takes them"),
                ], keyValues: SandboxEmission.keys),
            CommandDeclaration(
                "deliveries", .session, "lists what has become of deliveries, the latest first",
                positionals: [webhook],
                flags: [
                    follow, limit,
                    DeclaredFlag("event", value: "EVENT", "only of this event"),
                    DeclaredFlag(
                        "status", value: "STATUS", .choice(["pending", "delivered", "captured", "dead", "cancelled"]),
                        "only these"),
                ]),
            CommandDeclaration(
                "outbox", .session, "lists what would have been sent, the latest first", positionals: [webhook],
                flags: [follow, limit]),
            CommandDeclaration(
                "replay", .session, "delivers an event once more, or what was given up",
                positionals: [DeclaredPositional("EVENT", .text, "the event's id, or `dead`")],
                flags: [DeclaredFlag("webhook", value: "WEBHOOK", .webhook, "with dead: only of this webhook")]),
            CommandDeclaration(
                "faults", .session, "shows or sets what goes wrong on purpose",
                positionals: [
                    DeclaredPositional("SPEC", .text, .many, "KIND[,NAME=VALUE]…, or `off`; what is set if not given")
                ],
                flags: [DeclaredFlag("seed", value: "N", .integer, "the same faults for the same requests; 0")]),
        ],
        restrictions: .notInEach,
        details: [
            "hookline sandbox serve runs the same server for other programs; help sandbox serve has its flags.",
            "It speaks to the server of the profile in use, which must be a sandbox: the embedded one, or one that "
                + "`hookline sandbox serve` runs. What it sends goes to the outbox unless the server was started with "
                + "--deliver.",
            "An event carries key=value words as metadata; subject.id=…, subject.type=…, cache_scope.…, namespace_id=…, "
                + "occurred_at=… and event_id=… stand in their own place, and resource_types=a,b says whom a filter lets "
                + "it through to.",
            "Kinds of faults: " + FaultSpec.kinds.joined(separator: ", ") + ". With each: rate (0 to "
                + "1), count, operations, and where it fits status, retry_after, milliseconds, fields; several operations "
                + "or fields with + between.",
        ],
        examples: [
            .init("sandbox emit object.created bucket=invoices", "one event"),
            .init("sandbox emit object.created --count 500 --rate 50", "500 of them in ten seconds"),
            .init("sandbox deliveries --follow", "what becomes of them, as it happens"),
            .init("sandbox faults server_error,rate=0.2 delay,milliseconds=500", "a bad day"),
            .init("sandbox faults off", "and its end"), .init("sandbox replay dead", "tries again what was given up"),
        ],
        exits: [.notAllowed, .refused])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let rehearsal = Rehearsal(call: call)
        return switch call.invocation.subcommand {
        case "emit": try await SandboxEmission(rehearsal: rehearsal).run()
        case "deliveries": try await SandboxListing(rehearsal: rehearsal, isOutbox: false).run()
        case "outbox": try await SandboxListing(rehearsal: rehearsal, isOutbox: true).run()
        case "replay": try await SandboxAgain(rehearsal: rehearsal).run()
        case "faults": try await SandboxFaults(rehearsal: rehearsal).run()
        default: try await SandboxStatus(rehearsal: rehearsal).run()
        }
    }
}
