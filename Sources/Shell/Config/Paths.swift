/// Where hookline keeps its files, by the XDG Base Directory specification.
package struct Paths: Hashable, Sendable {
    /// `config.yaml`, `secrets.json`, `rc.hook`.
    package var config: String
    /// History, sandbox database, journal.
    package var state: String
    /// What can be made again.
    package var cache: String
    /// Installed plugins.
    package var data: String
    /// The user's home, for `~` and `~/.editrc`; nil when the environment names none.
    package var home: String?

    /// An XDG variable counts only when it holds an absolute path, as the specification says. Without a home and
    /// without the variable there is no place: nil.
    package init?(environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        func folder(_ variable: String, _ fallback: String) -> String? {
            if let value = environment[variable], value.hasPrefix("/") { return value + "/hookline" }
            return home.map { $0 + "/" + fallback + "/hookline" }
        }
        guard let config = folder("XDG_CONFIG_HOME", ".config"), let state = folder("XDG_STATE_HOME", ".local/state"),
            let cache = folder("XDG_CACHE_HOME", ".cache"), let data = folder("XDG_DATA_HOME", ".local/share")
        else { return nil }
        (self.config, self.state, self.cache, self.data, self.home) = (config, state, cache, data, home)
    }

    package var configFile: String { config + "/config.yaml" }
    package var secretsFile: String { config + "/secrets.json" }
    package var startupScript: String { config + "/rc.hook" }
    package var sandboxDatabase: String { state + "/sandbox.db" }
    package var journal: String { state + "/journal.db" }
    package var plugins: String { data + "/plugins" }
    /// Which plugins may run, and as what.
    package var pins: String { state + "/plugins.json" }

    package func historyFile(profile: String) -> String { state + "/history-" + fileName(profile) }

    /// What is left of a key's rate limit; `fingerprint` tells keys apart.
    package func budgetFile(host: String, fingerprint: String) -> String {
        state + "/budget-" + fileName(host) + "-" + fingerprint
    }

    /// Keeps a profile's name from leaving the folder.
    private func fileName(_ name: String) -> String {
        String(name.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "_" })
    }
}
