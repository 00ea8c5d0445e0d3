import HookScript
import Session
import WebhookModel

/// The flags that `commit`, `plan`, `resume` and `rollback` share, and what they make of a commit's options.
enum CommitFlags {
    static let asking = [DeclaredFlag("yes", short: "y", "send without asking")]

    static let limits = [
        DeclaredFlag("max-changes", value: "N|N%", "how many webhooks may be written, or which share of all"),
        DeclaredFlag(
            "allow", value: "WHAT", .name("allowance"), isList: true,
            "delete, enable, pause, last, wildcard, host: what is not done unless it is allowed"),
        DeclaredFlag(
            "allow-masked", value: "WEBHOOK", .webhook, isList: true,
            "write these though masks stand in place of their secrets"),
    ]

    static let sending = [
        DeclaredFlag(
            "on-error", value: "WHAT", .choice(["stop", "continue"]), "stop (the default) or continue after an error"),
        DeclaredFlag("canary", value: "N", .integer, "send N first, then ask whether to go on"),
        DeclaredFlag(
            "canary-wait", value: "D", .duration, "go on by itself after this time, if their health is no worse"),
        DeclaredFlag("max-age", value: "D", .duration, "how old a reading may be when it is written by; 60s"),
        DeclaredFlag("careful", "read each webhook right before its write and right after: three requests for one"),
        DeclaredFlag(
            "override", value: "POLICY", .text, isList: true,
            "go on though this policy or plugin denies; the journal says so"),
        DeclaredFlag("pause-file", value: "FILE", .file, "send nothing while this file exists"),
    ]

    static let rules: [WordRule] = [.needs("canary-wait", "canary")]

    /// The options that the flags and the profile make.
    static func options(_ call: CommandCall, _ profile: Profile, _ session: Session) async throws -> CommitOptions {
        let state = await session.state
        var options = CommitOptions(secrets: profile.secrets)
        options.force = call.has("force")
        options.pageSize = await call.shell.connection.pageSize
        let overridden = call.invocation.values(of: "override").map(\.revealedText)
        options.script =
            (call.shell.scriptPath ?? call.invocation.source.name)
            + (overridden.isEmpty ? "" : " (override \(overridden.joined(separator: ", ")))")
        options.limits = try limits(call, profile)
        try setSending(&options.send, call, profile)
        options.maskedAllowed = Set(
            try call.invocation.values(of: "allow-masked").map { try state.resolve($0.revealedText) })
        return options
    }

    /// What `--only` names of what is staged; nil without it.
    static func only(_ call: CommandCall, _ state: SessionState) throws -> Set<WebhookKey>? {
        guard call.has("only") else { return nil }
        return Set(try call.invocation.values(of: "only").map { try state.resolve($0.revealedText) })
    }

    private static func setSending(_ send: inout SendOptions, _ call: CommandCall, _ profile: Profile) throws {
        send.concurrency = inFlight(profile)
        if let time = profile.requestTimeout { (send.requestTime, send.settleTime) = (time, time) }
        if let text = call.text(ofFlag: "on-error") { send.onError = SendOptions.OnError(rawValue: text) ?? .stop }
        send.isCareful = call.has("careful")
        if let age = call.duration(ofFlag: "max-age") {
            guard age >= .zero else { throw call.usage("--max-age is a duration from 0s") }
            send.maximumAge = age
        }
        if let count = call.integer(ofFlag: "canary") {
            guard count > 0 else {
                throw ShellError.usage(
                    command: call.invocation.command, problem: "--canary takes a number from 1", hint: nil)
            }
            send.canary = count
        }
    }

    /// More than may be under way at once: while some are being sent, the next are journalled. No more than leave within a
    /// quarter of a minute, since the journal has them as sent, which a resume would have to look into.
    static func inFlight(_ profile: Profile) -> Int {
        min(96, max(1, (profile.requestsPerMinute ?? .max) / 4))
    }

    private static func limits(_ call: CommandCall, _ profile: Profile) throws -> CommitLimits {
        var limits = profile.limits
        if let text = call.text(ofFlag: "max-changes") {
            let isPercent = text.hasSuffix("%")
            guard let number = Double(isPercent ? String(text.dropLast()) : text), number >= 0,
                isPercent ? number <= 100 : number == number.rounded() && number < 1e9
            else {
                throw ShellError.usage(
                    command: call.invocation.command,
                    problem: "--max-changes takes a number of webhooks, or a share such as 30%", hint: nil)
            }
            limits.maximumCount = isPercent ? nil : Int(number)
            limits.maximumPercent = isPercent ? number : nil
        }
        limits.allowed.formUnion(try allowances(call))
        return limits
    }

    /// Words, with commas or blanks between.
    static func allowances(_ call: CommandCall) throws -> [CommitLimits.Allowance] {
        let names = CommitLimits.Allowance.allCases.map(\.rawValue)
        return try call.invocation.values(of: "allow").flatMap { $0.revealedText.split(separator: ",") }.map { word in
            if let allowance = CommitLimits.Allowance(rawValue: String(word)) { return allowance }
            let nearest = Nearest.name(String(word), among: names)
            throw ShellError.usage(
                command: call.invocation.command, problem: "--allow knows no \(Printable.escaped(String(word)))",
                hint: nearest.map { "did you mean \($0)?" } ?? "it takes: " + names.joined(separator: ", "))
        }
    }
}
