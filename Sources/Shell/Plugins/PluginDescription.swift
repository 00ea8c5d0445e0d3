import PluginHost
import PluginProtocol

/// What a person is shown of a plugin before it may run.
struct PluginDescription {
    let preview: EnablePreview

    var lines: [String] {
        let manifest = preview.manifest
        var lines = ["\(preview.id) \(manifest.version): \(manifest.summary)", "  folder   \(preview.path)"]
        switch manifest.kind {
        case .program(let argv, _): lines.append("  runs     " + argv.joined(separator: " "))
        case .script(let file): lines.append("  runs     \(file), in the command language")
        }
        lines += contributions(manifest.contributions) + permissions(manifest.permissions)
        lines.append("  sha256   \(preview.digest)")
        if let changes = preview.changes, !changes.isEmpty {
            lines.append("  since it was enabled last:")
            lines += PluginSentences.lines(changes).map { "    " + $0 }
        }
        return lines.map(Printable.escaped)
    }

    private func contributions(_ contributions: Contributions) -> [String] {
        let kinds: [(String, [String])] = [
            ("commands", contributions.commands.map(\.name)), ("formats", contributions.formats.map(\.name)),
            ("transforms", contributions.transforms.map(\.name)), ("policies", contributions.policies.map(\.name)),
            ("channel kinds", contributions.channelKinds), ("validates", contributions.validators),
            ("completes", contributions.completions), ("hears of", contributions.events.map(\.rawValue)),
        ]
        let present = kinds.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
        return present.isEmpty ? [] : ["  adds     " + present.joined(separator: "; ")]
    }

    private func permissions(_ permissions: Permissions) -> [String] {
        var asked: [String] = []
        if !permissions.read.isEmpty {
            asked.append("read " + permissions.read.map(\.rawValue).sorted().joined(separator: ", "))
        }
        if !permissions.write.isEmpty { asked.append("write " + permissions.write.map(\.text).joined(separator: ", ")) }
        if !permissions.secrets.isEmpty {
            asked.append("see the secrets at " + permissions.secrets.map(\.text).joined(separator: ", "))
        }
        if !permissions.env.isEmpty { asked.append("variables " + permissions.env.joined(separator: ", ")) }
        if permissions.state { asked.append("keep state") }
        return ["  may      " + (asked.isEmpty ? "nothing of yours" : asked.joined(separator: "; "))]
    }
}
