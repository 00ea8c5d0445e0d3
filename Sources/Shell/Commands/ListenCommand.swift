import HookScript
import LosslessJSON
import WebhookModel

/// `listen`: shows deliveries that are sent to this machine.
enum ListenCommand: Command {
    static let declaration = CommandDeclaration(
        "listen", .session, "receives deliveries on this machine and shows them",
        flags: [
            DeclaredFlag("port", value: "N", .integer, "the port on 127.0.0.1; 0, the default, takes any free one"),
            DeclaredFlag(
                "secret", value: "SECRET", .text, acceptsSecret: true, repeats: true,
                "the signing secret; secret:NAME and env:NAME read it from where it is kept"),
            DeclaredFlag("tolerance", value: "D", .duration, "how old a signature may be; 5m"),
            DeclaredFlag("limit", short: "n", value: "N", .integer, "end after so many"),
            DeclaredFlag("answer", value: "STATUS", .integer, "answer with this status; 200"),
        ] + .output,
        restrictions: .notInEach, rules: [.needs("tolerance", "secret")],
        details: [
            "Point a webhook's url at the address that is shown, and whatever is sent there is a line here, until Ctrl-C. "
                + "Only this machine reaches it; a sandbox sends there if it is served with --deliver http and "
                + "--allow-private.",
            "SIGNATURE is verified, stale (right, but too old), wrong, missing, unreadable, or unchecked where no --secret "
                + "was given. While a secret is rotated, give both. Headers that may hold secrets and secret members of "
                + "the body are masked.",
        ],
        examples: [
            .init("listen --port 8080", "http://127.0.0.1:8080, until Ctrl-C"),
            .init("listen --secret secret:SIGNING --json", "verifies, one JSON value a line"),
            .init("listen --answer 503", "what happens when the receiver is down"),
        ])

    static func run(_ call: CommandCall) async throws -> CommandOutput {
        let port = call.integer(ofFlag: "port") ?? 0
        guard (0...65535).contains(port) else { throw call.usage("--port is 0 to 65535") }
        let status = call.integer(ofFlag: "answer") ?? 200
        guard (200...599).contains(status) else { throw call.usage("--answer is 200 to 599") }
        let limit = call.integer(ofFlag: "limit") ?? Int.max
        guard limit > 0 else { throw call.usage("--limit is a number from 1") }
        let check = DeliverySignatureCheck(
            secrets: try await secrets(call), tolerance: call.duration(ofFlag: "tolerance") ?? .seconds(300))
        let table =
            call.shell.streamFormat(for: call.invocation) == .table
            ? ReceivedDelivery.tableColumns : ReceivedDelivery.columns
        let stream = try await call.shell.stream(table.recordColumns, widths: table.widths, for: call.invocation)
        let receiver = try await call.shell.environment.receiver.open(port: port, status: status)
        call.shell.messages.note("Listening on http://127.0.0.1:\(receiver.port); Ctrl-C ends.")
        do {
            try await show(receiver, stream, table, check, limit, call)
            await receiver.close()
        } catch {
            await receiver.close()
            throw error
        }
        return .nothing
    }

    /// Until so many have come, or the task is cancelled: a cancelled task's stream ends.
    private static func show(
        _ receiver: any OpenReceiver, _ stream: RecordStream, _ table: SandboxRecords, _ check: DeliverySignatureCheck,
        _ limit: Int, _ call: CommandCall
    ) async throws {
        var stream = stream
        var count = 0
        for await request in receiver.requests {
            let now = call.shell.environment.now()
            let delivery = ReceivedDelivery(request, verdict: check.verdict(request, at: now), at: now)
            try stream.write([table.row(delivery.object)])
            count += 1
            if count == limit { return }
        }
    }

    /// Given as they are, or by the name of where they are kept.
    private static func secrets(_ call: CommandCall) async throws -> [Secret] {
        var secrets: [Secret] = []
        for argument in call.invocation.values(of: "secret") {
            let text = argument.revealedText
            var secret = Secret(text)
            if text.hasPrefix("secret:") {
                secret = try await call.shell.profiles.secrets().secret(named: String(text.dropFirst(7)))
            } else if text.hasPrefix("env:") {
                secret = Secret(call.shell.environment(String(text.dropFirst(4))) ?? "")
            }
            guard !secret.isEmpty else { throw call.usage("--secret is empty") }
            secrets.append(secret)
        }
        return secrets
    }
}
