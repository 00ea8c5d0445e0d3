import PluginHost
import PluginProtocol

/// What people read about plugins.
enum PluginSentences {
    /// A finding of a validator or a policy, on a line of its own.
    static func line(_ finding: PluginFinding, of plugin: String) -> String {
        let level = finding.level == .deny ? "denied" : "warning"
        let place = [finding.key, finding.path].compactMap(\.self).map(shown).joined(separator: " ")
        return "  \(plugin): \(level)" + (place.isEmpty ? "" : " \(place)")
            + ": \(shown(finding.message)) (\(shown(finding.rule)))"
    }

    static func problem(_ error: PluginCallError) -> Problem {
        switch error {
        case .unknown(let name):
            Problem(
                "not-found", .failed, "no enabled plugin has “\(shown(name))”", hint: "plugin ls shows what there is")
        case .pins(let error): problem(error)
        case .failed(let plugin, let failure): problem(failure, of: plugin)
        }
    }

    private static func problem(_ failure: CallFailure, of plugin: String) -> Problem {
        let log = "plugin log \(plugin) shows what it said"
        switch failure {
        case .timedOut(let time):
            return Problem("plugin", .refused, "\(plugin) did not answer within \(DurationText.short(time))", hint: log)
        case .cancelled: return Problem("interrupted", .interrupted, "interrupted")
        case .crashed: return Problem("plugin", .refused, "\(plugin) crashed", hint: log)
        case .stopped(let reason):
            return Problem("plugin", .refused, "\(plugin) was stopped: \(PluginFaultSentences.text(reason))", hint: log)
        case .refused(let error): return Problem("plugin", .refused, "\(plugin): \(shown(error.message))", hint: log)
        case .malformed(let error):
            return Problem(
                "plugin", .refused, "\(plugin) answered what is no answer: \(PluginFaultSentences.text(error))",
                hint: log)
        case .launch(let failure): return problem(failure, of: plugin)
        case .handshake: return Problem("plugin", .refused, "\(plugin) does not speak the protocol", hint: log)
        case .disabled:
            return Problem(
                "plugin", .refused, "\(plugin) crashed too often and is disabled for this session",
                hint: "plugin reload gives it another chance")
        case .tooLarge(_, let limit):
            return Problem("plugin", .refused, "a message to \(plugin) would be longer than \(limit) bytes")
        }
    }

    static func problem(_ failure: LaunchFailure, of plugin: String) -> Problem {
        switch failure {
        case .untrusted(let failure): problem(failure, of: plugin)
        case .noProgram(let path):
            Problem("plugin", .refused, "\(plugin) has no program \(shown(path)) that can be run")
        case .system(let call, let number), .folder(let call, let number):
            Problem("plugin", .refused, "\(plugin) can't be started: \(shown(call)): \(SystemText.error(number))")
        }
    }

    static func problem(_ failure: TrustFailure, of plugin: String) -> Problem {
        let hint = "look at it, then: plugin enable \(plugin)"
        return switch failure {
        case .notEnabled: Problem("plugin", .notAllowed, "\(plugin) is not enabled", hint: "plugin enable \(plugin)")
        case .moved(let from, _):
            Problem("plugin", .notAllowed, "\(plugin) is not where it was enabled: \(shown(from))", hint: hint)
        case .changed(let changes):
            Problem(
                "plugin", .notAllowed,
                "\(plugin) has changed since it was enabled, and is not run: \(lines(changes).joined(separator: ", "))",
                hint: hint)
        case .unpinnable(let failure):
            Problem(
                "plugin", .notAllowed, "\(plugin) can't be pinned: \(PluginFaultSentences.text(failure))", hint: hint)
        }
    }

    static func problem(_ error: PinStoreError) -> Problem {
        switch error {
        case .unreadable(let path, let number), .unwritable(let path, let number):
            Problem("plugin", .failed, "\(shown(path)): \(SystemText.error(number))")
        case .exposed(let path, _):
            Problem(
                "plugin", .failed, "\(shown(path)) is open to other users, and is not believed",
                hint: "look at it, then: chmod 600 \(shown(path))")
        case .malformed(let path, let detail):
            Problem("plugin", .failed, "\(shown(path)) holds no pins: \(shown(detail))", hint: "move it away")
        }
    }

    static func problem(_ failure: EnableFailure) -> Problem {
        switch failure {
        case .unknown(let id):
            Problem(
                "not-found", .failed, "there is no plugin “\(shown(id))”",
                hint: "plugin ls lists them; plugin install DIR brings one in")
        case .folder(let fault): Problem("plugin", .failed, PluginFaultSentences.text(fault))
        case .unpinnable(let failure):
            Problem("plugin", .failed, "it can't be pinned: \(PluginFaultSentences.text(failure))")
        case .changing: Problem("plugin", .failed, "its folder is changing; try again once it has settled")
        case .otherPin(let found):
            Problem(
                "plugin", .notAllowed, "its SHA-256 is another one: \(found)", hint: "look at it first: plugin info")
        case .pins(let error): problem(error)
        }
    }

    static func problem(_ failure: PluginTemplate.Failure) -> Problem {
        switch failure {
        case .invalidID(let id):
            Problem(
                "usage", .usage, "“\(shown(id))” is no id of a plugin",
                hint: "lower-case letters, digits and single dashes, a letter first")
        case .exists(let path): Problem("exists", .failed, "\(shown(path)) is there already")
        case .system(let path, let number):
            Problem("plugin", .failed, "\(shown(path)): \(SystemText.error(number))")
        }
    }

    static func problem(_ failure: InstallFailure) -> Problem {
        switch failure {
        case .folder(let fault): Problem("plugin", .failed, PluginFaultSentences.text(fault))
        case .unpinnable(let failure):
            Problem("plugin", .failed, "it can't be pinned: \(PluginFaultSentences.text(failure))")
        case .exists(let path):
            Problem("exists", .failed, "there is one already: \(shown(path))", hint: "--force replaces it")
        case .noProgram(let path):
            Problem(
                "plugin", .failed, "the program that it runs is not there: \(shown(path))", hint: "build it first")
        case .system(let path, let number):
            Problem("plugin", .failed, "\(shown(path)): \(SystemText.error(number))")
        }
    }

    static func problem(_ rejection: EditRejection) -> Problem {
        let message =
            switch rejection {
            case .unknownKey(let key): "it edits \(shown(key)), which it was not given"
            case .notPermitted(let key, let path): "it would write \(path) of \(shown(key)), and has no permission to"
            case .secretMoved(let key, let path): "it would put a secret of \(shown(key)) where none was: \(path)"
            case .tokenInText(let key, _): "it uses a secret of \(shown(key)) inside other text"
            case .invalidPath(let key, let path): "it names “\(shown(path))” in \(shown(key)), which is no path"
            case .doesNotApply(let key, let detail): "its edit of \(shown(key)) doesn't apply: \(shown(detail))"
            }
        return Problem("plugin", .notAllowed, "the plugin's edits are refused: \(message)", hint: "nothing was staged")
    }

    static func problem(_ denial: CommitGuards.Denial) -> Problem {
        let who = denial.overrides.joined(separator: ", ")
        return Problem(
            "denied", .declined, "denied by \(who); nothing was sent",
            hint: "the lines above say why; --override NAME goes on all the same, and the journal says so")
    }

    /// What differs from the folder that was enabled.
    static func lines(_ changes: TreeChanges) -> [String] {
        let kinds = [
            ("added", changes.added), ("removed", changes.removed), ("changed", changes.changed),
            ("other permissions", changes.modeChanged),
        ]
        return kinds.flatMap { kind, paths in paths.map { "\(kind): \(shown($0))" } }
    }

    private static func shown(_ text: String) -> String { Printable.escaped(text) }
}
