import HookScript
import LosslessJSON
import WebhookModel

/// `sandbox status`: whether the server is well, and what waits.
struct SandboxStatus: Sendable {
    let rehearsal: Rehearsal

    func run() async throws -> CommandOutput {
        let profile = await rehearsal.shell.connection.profile
        let (faults, health, dead) = try await rehearsal.ask { service in
            // Asked first: every API may have an operation for its health, only a sandbox has this one.
            let faults = try await service.faults()
            return (faults, try await service.health(), try await service.dead(SandboxQuestion(limit: 1000)))
        }
        let rules = faults["rules"]?.array ?? []
        let uptime = health["uptime_seconds"]?.number?.int ?? 0
        let waiting = health["channels_waiting"]?.number?.int ?? 0
        let isMore = dead.results.count == 1000
        let json: JSON = [
            "profile": JSON(profile.name), "host": JSON(profile.host), "status": health["status"] ?? JSON.null,
            "uptime_seconds": JSON(uptime), "channels_waiting": JSON(waiting), "dead": JSON(dead.results.count),
            "faults": JSON(rules.count),
        ]
        let status = Printable.escaped(health["status"]?.string ?? "unknown")
        let members = [
            ("server", "\(profile.name) (\(Printable.escaped(profile.host))), \(status)"),
            ("uptime", DurationText.short(.seconds(uptime))), ("waiting", waiting == 0 ? "nothing" : channels(waiting)),
            ("dead", isMore ? "1000 and more" : "\(dead.results.count)"),
            ("faults", rules.isEmpty ? "none" : rules.compactMap { $0["fault"]?.string }.joined(separator: ", ")),
        ]
        return .report(members.map { $0.padded(to: 9) + Printable.escaped($1) }, json: json)
    }

    private func channels(_ count: Int) -> String { count == 1 ? "1 channel" : "\(count) channels" }
}
