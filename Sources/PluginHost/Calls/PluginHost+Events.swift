import PluginProtocol

extension PluginHost {
    /// Tells every plugin that listens what came of a run. Told once; a plugin that fails is skipped.
    ///
    /// - Returns: the plugins that could not be told, and why.
    @discardableResult
    package func committed(_ run: CommittedParams) async throws(PluginCallError) -> [PluginCallError] {
        var failures: [PluginCallError] = []
        for plugin in try table().listeners(to: .committed) {
            do throws(PluginCallError) {
                _ = try await call(running(plugin), .eventCommitted, [run.json.bytes()], timed: .event)
            } catch {
                failures.append(error)
            }
        }
        return failures
    }
}
