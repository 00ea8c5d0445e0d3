import PluginHost

/// What plugins need of the process beside the rest of the environment.
package struct PluginPorts: Sendable {
    /// Time on a clock that only goes forward.
    package var now: @Sendable () -> Moment
    /// Sixteen or more letters and digits that nobody can guess, new ones each time.
    package var nonce: @Sendable () -> String
    /// Folders of plugins' folders that are looked at before the user's own: `--plugin-path`.
    package var searchPath: [String]
    /// A folder of plugins' folders that came with hookline; looked at after the user's own.
    package var shippedPlugins: String?
    /// Where hookline's own program lies, and those of plugins that are built with it.
    package var programs: String?

    package init(
        now: @escaping @Sendable () -> Moment, nonce: @escaping @Sendable () -> String, searchPath: [String] = [],
        shippedPlugins: String? = nil, programs: String? = nil
    ) {
        self.shippedPlugins = shippedPlugins
        self.programs = programs
        self.now = now
        self.nonce = nonce
        self.searchPath = searchPath
    }
}
