import LosslessJSON
import PluginHost
import PluginProtocol
import Session
import WebhookModel

/// Validators and policies of plugins, asked before a commit asks the user; both fail closed.
struct CommitGuards: Sendable {
    /// What a plugin refused, or could not be asked.
    struct Denial: Error, Sendable {
        let count: Int
        /// What `--override` takes to go on all the same.
        let overrides: [String]
    }

    let host: PluginHost
    /// Policies and plugins that the user overrides by name.
    let overridden: Set<String>

    /// Verdicts on what would be written.
    func verdicts(_ plan: Plan) async throws -> [PluginVerdict] {
        let table = try host.contributions()
        guard !table.plugins.isEmpty else { return [] }
        let writes = plan.entries.filter(\.action.isWrite)
        guard !writes.isEmpty else { return [] }
        let validated = try await host.validate(try await channels(writes, table), skipping: overridden)
        if table.policies.isEmpty { return validated }
        return validated + (try await host.checkPolicies(writes.map(Self.change), skipping: overridden))
    }

    /// The channels that somebody validates, by kind.
    private func channels(
        _ writes: [PlanEntry], _ table: ContributionTable
    ) async throws -> [String: [ChannelItem]] {
        var items: [String: [ChannelItem]] = [:]
        for entry in writes {
            guard let target = entry.target else { continue }
            for (index, channel) in Webhook(document: target).channels.enumerated() {
                for own in try await host.recognized(channel) {
                    items[own.kind, default: []].append(
                        ChannelItem(key: entry.key.description, index: index, configs: own.configs))
                }
                guard !table.validators(of: channel.kind).isEmpty else { continue }
                items[channel.kind, default: []].append(
                    ChannelItem(
                        key: entry.key.description, index: index,
                        configs: channel.document[Member.configs] ?? [:]))
            }
        }
        return items
    }

    static func change(_ entry: PlanEntry) -> PolicyChange {
        PolicyChange(
            key: entry.key.description, operation: entry.operation, before: entry.live?.document, after: entry.target,
            paths: entry.changes.map(\.path.description))
    }
}

extension PlanEntry {
    /// What would be sent; nil for a deletion.
    var target: JSON? {
        switch action {
        case .create(let document), .update(let document): document
        default: nil
        }
    }

    var operation: PolicyChange.Operation {
        switch action {
        case .create: .create
        case .delete: .delete
        default: .update
        }
    }
}

extension CommitConversation {
    /// Asks the plugins; shows what they say; a denial ends the commit before anything is asked or sent.
    func consultPlugins(_ prepared: PreparedCommit) async throws {
        guard let host = shell.plugins.host else { return }
        // Not `contributions`: where the pins can't be read, nobody knows who would deny it.
        guard try !host.contributions().plugins.isEmpty else { return }
        let overridden = Set(call.invocation.values(of: "override").map(\.revealedText))
        let verdicts = try await CommitGuards(host: host, overridden: overridden).verdicts(prepared.plan)
        for verdict in verdicts {
            for finding in verdict.findings { shell.messages.note(PluginSentences.line(finding, of: verdict.plugin)) }
            if let failure = verdict.failure {
                shell.messages.note("  \(verdict.plugin): denied, for \(Problems.problem(failure).sentence.message)")
            }
        }
        let denials = verdicts.filter(\.denies)
        guard !denials.isEmpty else { return }
        throw CommitGuards.Denial(count: denials.count, overrides: denials.map(\.plugin))
    }

    /// Tells the plugins that listen what came of the run.
    func tellPlugins(_ report: CommitReport) async {
        guard let host = shell.plugins.host, let run = report.run, !report.isDryRun,
            let table = shell.plugins.contributions, !table.listeners(to: .committed).isEmpty
        else { return }
        let results = report.entries.filter(\.plan.action.isWrite).map { entry in
            CommittedParams.Entry(
                key: (entry.id?.rawValue).map { String($0) } ?? entry.key.description,
                operation: entry.plan.operation, status: entry.status.kind.rawValue)
        }
        let failures = (try? await host.committed(CommittedParams(run: "\(run)", results: results))) ?? []
        for failure in failures { shell.messages.warn(Problems.problem(failure).sentence.message) }
    }
}
