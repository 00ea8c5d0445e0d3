import PluginHost
import Session
import WebhookModel

/// Finds what `doctor` decides by. It looks; it writes nothing, and asks the server one short question.
struct FactFinder: Sendable {
    let shell: Shell
    /// Asks no server, and runs no key_command.
    let isOffline: Bool

    private var environment: ShellEnvironment { shell.environment }
    private var files: any FileSystem { environment.files }
    private var system: any SystemInspection { environment.system }

    /// - Parameter name: the profile; nil for the one in use.
    func facts(profile name: String?) async -> Doctor.Facts {
        let folder = environment.runtimeFolder
        return Doctor.Facts(
            terminal: terminal, locale: locale, editor: editor, hasHome: environment.paths != nil, files: kept,
            journal: await journal, disk: disk,
            temporary: Doctor.TemporaryFolder(
                path: folder, exists: files.status(folder) != nil, mayWrite: system.mayWrite(folder)),
            openFiles: system.openFileLimit, service: await service(profile: name), plugins: plugins)
    }

    // MARK: Terminal

    private var terminal: Doctor.TerminalState {
        let facts = environment.terminal
        let type = environment.variables["TERM"].flatMap { $0.isEmpty ? nil : $0 }
        var size: (Int, Int)?
        if let columns = facts.columns(), let rows = facts.rows() { size = (columns, rows) }
        return Doctor.TerminalState(
            type: type, inputIsTerminal: facts.inputIsTerminal, outputIsTerminal: facts.outputIsTerminal,
            isDescribed: type.flatMap(isDescribed), size: size)
    }

    /// Looks where terminfo(5) keeps descriptions: `x/xterm`, or `78/xterm` where file names have no case.
    private func isDescribed(_ type: String) -> Bool? {
        guard let first = type.utf8.first, !type.contains("/") else { return false }
        var folders = [environment.variables["TERMINFO"], environment.paths?.home.map { $0 + "/.terminfo" }]
            .compactMap(\.self)
        folders += (environment.variables["TERMINFO_DIRS"] ?? "").split(separator: ":").map(String.init)
        folders += ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
        let present = folders.filter { files.status($0) != nil }
        if present.isEmpty { return nil }
        let names = ["/\(type.prefix(1))/\(type)", "/" + String(first, radix: 16) + "/" + type]
        return present.contains { folder in names.contains { files.status(folder + $0) != nil } }
    }

    private var locale: Doctor.LocaleState {
        let chosen = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { name in
            environment.variables[name].flatMap { $0.isEmpty ? nil : (variable: name, value: $0) }
        }.first
        return Doctor.LocaleState(chosen: chosen, hasUTF8: system.hasUTF8Locale)
    }

    private var editor: Doctor.EditorState {
        var state = Doctor.EditorState(version: system.editorVersion, editrc: .none)
        guard let path = environment.paths?.home.map({ $0 + "/.editrc" }), files.status(path) != nil else {
            return state
        }
        guard let bytes = try? files.read(path, limit: 1 << 20) else {
            state.editrc = .unreadable(path: path)
            return state
        }
        let isOff = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).contains { line in
            let words = line.split { $0 == " " || $0 == "\t" }
            return words.count == 2 && words[1] == "off" && ["edit", "hookline:edit"].contains(words[0])
        }
        state.editrc = isOff ? .off(path: path) : .read(path: path)
        return state
    }

    // MARK: Files

    private var kept: [Doctor.FileState] {
        guard let paths = environment.paths else { return [] }
        let (holdsKey, fault) = configuration
        var found = [
            file("config-folder", paths.config, .own, isWritten: false),
            file("config", paths.configFile, holdsKey ? .secret : .own, isWritten: false, fault: fault),
            file("secrets-file", paths.secretsFile, .secret, isWritten: false, fault: secretsFault(paths)),
            file("state", paths.state, .secret),
        ]
        if files.status(paths.startupScript) != nil {
            found.insert(file("rc.hook", paths.startupScript, .own, isWritten: false), at: 3)
        }
        let names = files.names(in: paths.state).sorted().filter { !$0.hasSuffix(".new") }
        found += names.filter { $0.hasPrefix("history-") }.map { file($0, paths.state + "/" + $0, .own) }
        for (check, path) in [("sandbox.db", paths.sandboxDatabase), ("plugins.json", paths.pins)]
        where files.status(path) != nil {
            found.append(file(check, path, check == "plugins.json" ? .secret : .own))
        }
        return found
    }

    /// Whether the configuration holds a key, and what is wrong with it but its mode, which has a check of its own.
    private var configuration: (holdsKey: Bool, fault: Sentence?) {
        do {
            return (try shell.profiles.configuration().holdsKey, nil)
        } catch let error as ConfigurationError {
            if case .tooOpen = error.reason { return (true, nil) }
            return (true, ConfigurationSentences.problem(error).sentence)
        } catch {
            return (true, Problems.problem(error).sentence)
        }
    }

    private func secretsFault(_ paths: Paths) -> Sentence? {
        guard files.status(paths.secretsFile) != nil, let store = try? shell.profiles.secrets() else { return nil }
        do throws(SecretStore.Failure) { _ = try store.names() } catch {
            switch error {
            case .readOnly, .tooOpen: return nil
            default: return ConfigurationSentences.problem(error).sentence
            }
        }
        return nil
    }

    private func file(
        _ check: String, _ path: String, _ privacy: Doctor.FileState.Privacy, isWritten: Bool = true,
        fault: Sentence? = nil
    ) -> Doctor.FileState {
        // What counts is where a link leads.
        let real = files.resolved(path)
        let status = files.status(real)
        return Doctor.FileState(
            check, path: path, privacy: privacy, isWritten: isWritten, status: status,
            mayWrite: system.mayWrite(status == nil ? nearest(path) : real), fault: status == nil ? nil : fault)
    }

    /// The folder in which `path` would be made, or the one above it that is there.
    private func nearest(_ path: String) -> String {
        var folder = path
        while files.status(folder) == nil, let slash = folder.lastIndex(of: "/") {
            if slash == folder.startIndex { return "/" }
            folder = String(folder[..<slash])
        }
        return folder
    }

    private var journal: Doctor.JournalState {
        get async {
            guard let path = environment.paths?.journal else { return .nowhere }
            guard files.status(path) != nil else { return .none(path: path) }
            do throws(JournalError) {
                guard let found = try await shell.connection.examineJournal(at: path) else { return .none(path: path) }
                return .open(path: path, found)
            } catch {
                return .failed(SessionSentences.problem(error).sentence)
            }
        }
    }

    private var disk: Doctor.DiskState? {
        let folder = nearest(environment.paths?.state ?? environment.workingFolder)
        return system.space(at: folder).map { Doctor.DiskState(path: folder, space: $0) }
    }

    // MARK: Server

    private func service(profile name: String?) async -> Doctor.ServiceState {
        let profile: Profile
        do {
            if let name {
                var request = ProfileResolver.Request()
                request.profile = name
                profile = try shell.profiles.resolve(request)
            } else {
                if let error = shell.startError { throw error }
                profile = await shell.connection.profile
            }
        } catch {
            return .noProfile(Problems.problem(error).sentence)
        }
        if profile.isSandbox { return .embedded }
        if isOffline { return .notAsked(profile) }
        do {
            let look = try await shell.connection.withService(of: profile) { await $0.look() }
            return .asked(profile, look, at: environment.now())
        } catch let error as ServiceSetupError {
            return .unusable(profile, error)
        } catch {
            return .noKey(profile, Problems.problem(error).sentence)
        }
    }

    // MARK: Plugins

    private var plugins: Doctor.PluginsState {
        guard let host = shell.plugins.host else { return .none }
        do throws(PinStoreError) {
            return .found(
                try host.statuses(verifying: true).map { status in
                    Doctor.PluginState(
                        id: status.id, state: status.state, missingProgram: host.missingProgram(of: status))
                })
        } catch {
            return .failed(PluginSentences.problem(error).sentence)
        }
    }
}
