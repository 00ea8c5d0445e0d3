import LosslessJSON
import PluginProtocol

/// What one plugin says of a commit.
package struct PluginVerdict: Sendable {
    package let plugin: String
    /// The policies or kinds that were asked for.
    package let subjects: [String]
    /// Texts without control characters.
    package let findings: [PluginFinding]
    /// Why there is no answer. That is a denial.
    package let failure: PluginCallError?

    package var denies: Bool { failure != nil || findings.contains { $0.level == .deny } }
}

extension PluginHost {
    /// Asks every policy of every enabled plugin. A plugin that crashes, is late or answers nonsense denies.
    ///
    /// - Parameter skipping: policies that the user overrides: a name, `id:name`, or a plugin's id for all of its own.
    package func checkPolicies(
        _ changes: [PolicyChange], skipping: Set<String> = []
    ) async throws(PluginCallError) -> [PluginVerdict] {
        var verdicts: [PluginVerdict] = []
        for plugin in try table().policies {
            let names = plugin.manifest.contributions.policies.map(\.name).filter { name in
                !skipping.contains(name) && !skipping.contains("\(plugin.id):\(name)") && !skipping.contains(plugin.id)
            }
            if !names.isEmpty { verdicts.append(await verdict(of: plugin, names, changes)) }
        }
        return verdicts
    }

    private func verdict(
        of plugin: EnabledPlugin, _ names: [String], _ changes: [PolicyChange]
    ) async -> PluginVerdict {
        let running = running(plugin)
        let params = policyParams(changes, names, running)
        return await verdict(of: running, .checkPolicy, params, timed: .policy, subjects: names)
    }

    /// Prints the changes in parts.
    func policyParams(_ changes: [PolicyChange], _ names: [String], _ running: Running) -> [[UInt8]] {
        let parts = running.tokens.withWriter { writer in
            var parts = BatchParts(limit: configuration.partLimit)
            var encoder = DocumentEncoder(visibility: running.plugin.visibility)
            for change in changes {
                change.write(to: &encoder, &writer)
                parts.add(encoder.take())
            }
            return parts
        }
        return parts.params("changes", head: ["policies": JSON(names.map { JSON($0) })])
    }

    /// The findings of all parts, or a failure, which denies.
    func verdict(
        of running: Running, _ method: Method, _ params: [[UInt8]], timed: Manifest.TimedCall, subjects: [String]
    ) async -> PluginVerdict {
        let plugin = running.plugin
        do throws(PluginCallError) {
            var findings: [PluginFinding] = []
            for answer in try await call(running, method, params, timed: timed) {
                findings += try read(answer, of: plugin) { json throws(ShapeError) in try FindingsResult(json).findings
                }
            }
            return PluginVerdict(
                plugin: plugin.id, subjects: subjects, findings: findings.map(\.stripped), failure: nil)
        } catch {
            return PluginVerdict(plugin: plugin.id, subjects: subjects, findings: [], failure: error)
        }
    }
}

extension PolicyChange {
    /// Prints `{key, op, before, after, paths}`.
    func write(to encoder: inout DocumentEncoder, _ writer: inout SecretTokens.Writer) {
        encoder.write(#"{"key":"#.utf8)
        encoder.write(JSON(key).bytes())
        encoder.write(#","op":""#.utf8)
        encoder.write(operation.rawValue.utf8)
        encoder.write(#"","before":"#.utf8)
        encoder.write(before ?? .null, &writer)
        encoder.write(#","after":"#.utf8)
        encoder.write(after ?? .null, &writer)
        encoder.write(#","paths":"#.utf8)
        encoder.write(JSON(paths.map { JSON($0) }).bytes())
        encoder.write("}".utf8)
    }
}

extension PluginFinding {
    var stripped: PluginFinding {
        PluginFinding(
            key: key.map(PlainText.strippedLine), level: level, rule: PlainText.strippedLine(rule),
            path: path.map(PlainText.strippedLine), message: PlainText.strippedLine(message))
    }
}
