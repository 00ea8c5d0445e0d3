import HookScript
import LosslessJSON
import Session
import Synchronization
import WebhookModel

/// What a commit, a resume and a rollback have in common once they are planned: the plan is shown, a yes is asked for,
/// the run is sent under a meter, and what came of it is told.
struct CommitConversation: Sendable {
    let call: CommandCall
    let session: Session
    let profile: Profile

    /// From how many changes on a commit says what it costs; `plan` always does.
    private static let costFrom = 10

    var shell: Shell { call.shell }
    private var target: String { "\(profile.name) (\(Printable.escaped(profile.host)))" }

    /// The whole of it.
    func hold(_ prepared: PreparedCommit) async throws -> CommandOutput {
        conclude(try await report(of: prepared), prepared)
    }

    /// All but the conclusion.
    func report(of prepared: PreparedCommit) async throws -> CommitReport {
        show(prepared)
        try check(prepared)
        try await consultPlugins(prepared)
        if !prepared.plan.isEmpty, prepared.breaches.isEmpty, !shell.options.isDryRun {
            try await confirm(prepared)
        }
        let report = try await send(prepared)
        if let run = report.run { shell.lastRun = run }
        await tellPlugins(report)
        return report
    }

    /// What came of it, told.
    func conclude(_ report: CommitReport, _ prepared: PreparedCommit) -> CommandOutput {
        CommitOutcome(report: report, source: prepared.source, profile: profile, shell: shell)
            .output(asData: call.wantsData)
    }

    private func show(_ prepared: PreparedCommit) {
        let lines = PlanLines(style: shell.style)
        for line in lines.lines(prepared.plan, target: target) { shell.messages.note(line) }
        let cost = PlanCost(prepared, profile)
        // Of a few changes nobody wants to hear the price.
        if prepared.plan.writes >= Self.costFrom || prepared.options.send.isCareful {
            for line in cost.lines { shell.messages.note("  " + line) }
        }
        for breach in prepared.breaches { shell.messages.note(lines.breach(breach)) }
    }

    /// A canary off a terminal needs to know how long to wait.
    private func check(_ prepared: PreparedCommit) throws {
        guard prepared.options.send.canary != nil, call.text(ofFlag: "canary-wait") == nil, !shell.mayAsk,
            !shell.options.isDryRun
        else { return }
        throw ShellError.cannotAsk(question: "go on after the first?", instead: "--canary-wait 5m")
    }

    private func confirm(_ prepared: PreparedCommit) async throws {
        if call.has("yes") { return }
        let instead = "\(call.invocation.command) --yes"
        if profile.isProduction { return try await shell.confirmByName(profile.name, instead: instead) }
        let count = prepared.plan.writes == 1 ? "1 change" : "\(prepared.plan.writes) changes"
        try await shell.confirm("Send \(count) to \(target)?", instead: instead)
    }

    // MARK: Sending

    private func send(_ prepared: PreparedCommit) async throws -> CommitReport {
        if prepared.plan.writes > 0, await shell.connection.forgetsRuns {
            shell.messages.warn(
                "HOME is not set: this run is written down nowhere, and is forgotten with this process",
                hint: "set HOME, or XDG_STATE_HOME and its like, for resume and rollback")
        }
        let control = CommitControl()
        shell.runningCommit = control
        defer { shell.runningCommit = nil }
        let meter = ProgressMeter(shell: shell, total: prepared.plan.writes)
        let pauseFile = pauseFile.map { PauseFile(path: $0, files: shell.environment.files) }
        pauseFile?.holdAtFirst(control, meter)
        let watch = pauseFile.map { file in Task { await file.watch(control, meter) } }
        defer {
            watch?.cancel()
            meter.end()
        }
        let denial = Mutex<(any Error)?>(nil)
        let report = try await session.commit(
            prepared, control: control, observer: { meter.note($0) }, canary: { await goesOn(prepared, meter) },
            review: { again in
                do { try await consultPlugins(again) } catch {
                    denial.withLock { $0 = error }
                    return false
                }
                return true
            })
        if let denial = denial.withLock(\.self) { throw denial }
        return report
    }

    private var pauseFile: String? {
        call.text(ofFlag: "pause-file").map { shell.environment.absolute($0, in: shell.folder) }
    }

    /// Asks a person; by itself waits, and looks whether the first ones are any worse.
    private func goesOn(_ prepared: PreparedCommit, _ meter: ProgressMeter) async -> Bool {
        if shell.options.isDryRun { return true }
        let count = prepared.options.send.canary ?? 0
        meter.end()
        if let wait = call.duration(ofFlag: "canary-wait") {
            shell.messages.note("The first \(count) are sent and verified; waiting \(DurationText.short(wait)).")
            try? await Task.sleep(for: wait)
            if Task.isCancelled { return false }
            return await isHealthy(prepared, count)
        }
        do {
            try await shell.confirm("The first \(count) are sent and verified. Go on?", instead: "--canary-wait 5m")
            return true
        } catch { return false }
    }

    /// What nobody can see is not taken for healthy.
    private func reread(_ id: WebhookID) async -> Webhook? {
        do { return try await session.read(id) } catch {
            shell.messages.warn(
                "\(id) can't be read: \(Problems.problem(error).sentence.message); the rest is not sent")
            return nil
        }
    }

    /// Whether no webhook of the first few fails more often than before.
    private func isHealthy(_ prepared: PreparedCommit, _ count: Int) async -> Bool {
        for entry in prepared.plan.entries.filter(\.action.isWrite).prefix(count) {
            guard let id = entry.key.id, !entry.staged.isDeleted else { continue }
            guard let now = await reread(id) else { return false }
            let (before, after) = (entry.live?.consecutiveFailures ?? 0, now.consecutiveFailures)
            if after > before {
                shell.messages.warn("\(id) fails: \(after) times in a row, \(before) before; the rest is not sent")
                return false
            }
        }
        return true
    }
}

extension Webhook {
    fileprivate var consecutiveFailures: Int {
        deliveryHealth?["consecutive_failures"]?.number.flatMap { Int($0.spelling) } ?? 0
    }
}

/// What a plan costs, and how long it takes under the profile's limit.
struct PlanCost {
    let requests: Int
    let perMinute: Int?
    let isCareful: Bool
    let maximumAge: Duration

    init(_ prepared: PreparedCommit, _ profile: Profile) {
        let writes = prepared.plan.writes
        isCareful = prepared.options.send.isCareful
        requests = isCareful ? writes * 3 : writes
        perMinute = profile.requestsPerMinute
        maximumAge = prepared.options.send.maximumAge
    }

    var lines: [String] {
        var cost = requests == 1 ? "1 request" : "\(requests) requests"
        if isCareful { cost += ", three for each because of --careful" }
        if let perMinute, requests > 0 {
            let seconds = Double(requests) * 60 / Double(perMinute)
            cost += ", about \(DurationText.short(seconds: seconds)) at \(perMinute) a minute"
        }
        let window =
            isCareful
            ? "what others write between a webhook's reading and its write is not seen"
            : "what others write within \(DurationText.short(maximumAge)) of a reading, before its write, is not seen"
        return [cost, window + (isCareful ? "" : "; --careful narrows that")]
    }
}
