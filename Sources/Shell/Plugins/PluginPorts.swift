import PluginHost

/// What plugins need of the process beside the rest of the environment.
package struct PluginPorts: Sendable {
    /// Time on a clock that only goes forward.
    package var now: @Sendable () -> Moment
    /// Sixteen or more letters and digits that nobody can guess, new ones each time.
    package var nonce: @Sendable () -> String
    /// Folders of plugins' folders that are looked at before the user's own: `--plugin-path`.
    package var searchPath: [String]

    package init(
        now: @escaping @Sendable () -> Moment, nonce: @escaping @Sendable () -> String, searchPath: [String] = []
    ) {
        self.now = now
        self.nonce = nonce
        self.searchPath = searchPath
    }
}
