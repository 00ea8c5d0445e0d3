import PluginProtocol

/// How a plugin's process is started: everything is decided, nothing is done.
package struct LaunchPlan: Hashable, Sendable {
    /// The program's own path.
    package var program: String
    /// Its words, the program's name first.
    package var arguments: [String]
    /// All of its environment.
    package var environment: [String: String]
    /// The plugin's folder, in which it starts.
    package var folder: String
    /// Folders of its own that are made before it starts, private to the user.
    package var ownFolders: [String]
    /// Stands in its environment and in that of everything it starts, so that these can be found.
    package var mark: String
}

/// Why a plugin could not be started.
package enum LaunchFailure: Error, Hashable, Sendable {
    /// Its folder is not as it was when it was enabled.
    case untrusted(TrustFailure)
    /// No such program, or it may not be executed.
    case noProgram(String)
    /// A call of the system failed: its name and errno.
    case system(call: String, errno: Int32)
    /// A folder of the plugin's own could not be made.
    case folder(path: String, errno: Int32)
}

/// What a host gives the environments of its plugins, all of them.
package struct PluginSurroundings: Sendable {
    /// The user's variables: granted ones are taken from here, and PATH, LANG and TZ.
    package var variables: [String: String]
    /// Whether a text holds the API key, which no plugin is given whatever variable it stands in.
    package var holdsKey: @Sendable (String) -> Bool
    /// The folder for what plugins keep: `ID/home`, `ID/tmp`, `ID/state`.
    package var stateFolder: String

    package init(
        variables: [String: String], stateFolder: String,
        holdsKey: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.variables = variables
        self.stateFolder = stateFolder
        self.holdsKey = holdsKey
    }

    package static let defaultPath = "/usr/local/bin:/usr/bin:/bin"
    package static let markName = "HOOKLINE_PLUGIN_INSTANCE"

    /// The folder of a plugin's own.
    package func ownFolder(of id: String) -> String { stateFolder + "/" + id }

    /// The environment, built from nothing.
    package func environment(of id: String, granted: [String], mark: String) -> [String: String] {
        let own = ownFolder(of: id)
        var environment = [
            "PATH": variables["PATH"].flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultPath,
            "LANG": variables["LC_ALL"] ?? variables["LANG"] ?? "C.UTF-8",
            "HOME": own + "/home",
            "TMPDIR": own + "/tmp",
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOOKLINE_PLUGIN": id,
            Self.markName: mark,
        ]
        environment["TZ"] = variables["TZ"]
        for name in granted where environment[name] == nil { environment[name] = variables[name] }
        return environment.filter { !holdsKey($0.value) }
    }

    /// The path of a plugin's program: as it is, in the plugin's folder, or searched for in PATH if it has no `/`.
    func program(_ word: String, folder: String, isExecutable: (String) -> Bool) -> String? {
        if word.hasPrefix("/") { return isExecutable(word) ? word : nil }
        if word.contains("/") {
            let path = folder + "/" + (word.hasPrefix("./") ? String(word.dropFirst(2)) : word)
            return isExecutable(path) ? path : nil
        }
        let search = variables["PATH"].flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultPath
        // An empty entry would mean the current folder: it is left out.
        return search.split(separator: ":").map { $0 + "/" + word }.first { $0.hasPrefix("/") && isExecutable($0) }
    }
}
