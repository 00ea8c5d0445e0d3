import PluginHost

/// Plugins: what is enabled, and whether it will run.
extension Doctor {
    enum PluginsState: Sendable {
        /// No plugin can run here.
        case none
        /// Which are enabled cannot be told.
        case failed(Sentence)
        case found([PluginState])
    }

    struct PluginState: Sendable {
        var id: String
        var state: PluginStatus.State
        /// The program it is to run, where that is not there.
        var missingProgram: String?
    }

    static func plugins(_ facts: PluginsState) -> [Finding] {
        switch facts {
        case .none: return [Finding("plugins", .skipped, "no place to keep them")]
        case .failed(let sentence): return [Finding("plugins", .problem, sentence.message, hint: sentence.hint)]
        case .found(let plugins):
            let findings = plugins.compactMap(plugin)
            return findings.isEmpty ? [Finding("plugins", .ok, "none is enabled")] : findings
        }
    }

    /// nil for one that is there and was never enabled.
    private static func plugin(_ facts: PluginState) -> Finding? {
        let id = Printable.escaped(facts.id)
        let check = "plugin \(id)"
        if let program = facts.missingProgram {
            return Finding(
                check, .problem, "it is enabled, and its program \(Printable.escaped(program)) cannot be run",
                hint: "install or build that, or: plugin disable \(id)")
        }
        switch facts.state {
        case .available: return nil
        case .enabled: return Finding(check, .ok, "enabled, and as it was pinned")
        case .enabledForSession: return Finding(check, .ok, "enabled for this session")
        case .untrusted(let failure):
            let sentence = PluginSentences.problem(failure, of: id).sentence
            return Finding(check, .problem, sentence.message, hint: sentence.hint)
        case .disabled:
            return Finding(
                check, .problem, "it crashed too often in this session",
                hint: "plugin log \(id) shows why; plugin reload gives it another chance")
        case .broken(let fault):
            return Finding(
                check, .warning, PluginFaultSentences.text(fault), hint: "mend its folder, or take it away: plugin ls")
        case .unusable:
            return Finding(
                check, .problem, "this version does not understand its manifest",
                hint: "update hookline or the plugin, or: plugin disable \(id)")
        }
    }
}
