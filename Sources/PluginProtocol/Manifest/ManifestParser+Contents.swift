import LosslessJSON

extension ManifestReader {
    // MARK: What is run

    func kind() throws(ManifestFault) -> Manifest.Kind {
        let word = try optionalText("kind", limit: 16) ?? "program"
        let hasRun = shape.optional("run") != nil
        let hasScript = shape.optional("script") != nil
        switch word {
        case "program" where hasRun && !hasScript: return try program()
        case "script" where hasScript && !hasRun: return .script(file: try scriptFile())
        case "program", "script": throw .noProgram
        default: throw .unknownWord(word, at: shape.path.appending("kind"))
        }
    }

    private func program() throws(ManifestFault) -> Manifest.Kind {
        let run = ManifestReader(try shaped { shape throws(ShapeError) in try shape.member("run", .object) })
        let words = try run.texts("argv")
        guard let first = words.first else {
            throw .shape(ShapeError(path: run.shape.path.appending("argv"), expected: .list, found: nil))
        }
        for (word, path) in words where word.utf8.count > 4096 || word.utf8.contains(0) {
            throw .invalidText(at: path, limit: 4096)
        }
        guard !first.text.isEmpty else { throw .invalidText(at: first.path, limit: 4096) }
        if first.text.contains("/"), !first.text.hasPrefix("/"), !Self.staysInside(first.text) {
            throw .outsideFolder(first.text, at: first.path)
        }
        return .program(argv: words.map(\.text), protocols: try protocols())
    }

    /// Checked before anything is started.
    private func protocols() throws(ManifestFault) -> [Int] {
        let offered = try shaped { shape throws(ShapeError) in
            try shape.list("protocols") { element throws(ShapeError) in try element.count() }
        }
        guard ProtocolVersion.highestCommon(with: offered) != nil else {
            throw .noCommonVersion(offered: offered, supported: ProtocolVersion.supported)
        }
        return offered
    }

    private func scriptFile() throws(ManifestFault) -> String {
        let file = try text("script", limit: 255)
        guard !file.hasPrefix("/"), Self.staysInside(file) else {
            throw .outsideFolder(file, at: shape.path.appending("script"))
        }
        return file
    }

    /// Whether a relative path has no `..`.
    private static func staysInside(_ path: String) -> Bool {
        !path.split(separator: "/").contains("..")
    }

    // MARK: What it contributes

    func contributions() throws(ManifestFault) -> Contributions {
        guard let member = shape.optional("contributes") else { return Contributions() }
        let reader = ManifestReader(member)
        _ = try reader.shaped { shape throws(ShapeError) in try shape.object() }
        var contributions = Contributions()
        contributions.commands = try reader.commands()
        contributions.formats = try reader.named("formats")
        contributions.transforms = try reader.named("transforms")
        contributions.policies = try reader.named("policies")
        contributions.channelKinds = try reader.names("channelKinds", extra: "_.")
        contributions.validators = try reader.names("validators", extra: "_.")
        contributions.completions = try reader.names("completions")
        for (word, path) in try reader.texts("events") {
            guard let event = Contributions.Event(rawValue: word) else { throw .unknownWord(word, at: path) }
            contributions.events.append(event)
        }
        return contributions
    }

    private func named(_ member: String) throws(ManifestFault) -> [NamedContribution] {
        var contributions: [NamedContribution] = []
        for element in try list(member) {
            let name = try element.name("name")
            guard !contributions.contains(where: { $0.name == name }) else {
                throw .repeatedName(name, at: element.shape.path.appending("name"))
            }
            contributions.append(NamedContribution(name: name, summary: try element.text("summary", limit: 200)))
        }
        return contributions
    }

    private func commands() throws(ManifestFault) -> [ContributedCommand] {
        var commands: [ContributedCommand] = []
        for element in try list("commands") {
            let name = try element.name("name")
            guard !commands.contains(where: { $0.name == name }) else {
                throw .repeatedName(name, at: element.shape.path.appending("name"))
            }
            var examples: [String] = []
            for (text, path) in try element.texts("examples") {
                guard text.utf8.count <= 500, PlainText.strippedLine(text) == text else {
                    throw .invalidText(at: path, limit: 500)
                }
                examples.append(text)
            }
            commands.append(
                ContributedCommand(
                    name: name, summary: try element.text("summary", limit: 200),
                    usage: try element.optionalText("usage", limit: 500), flags: try element.flags(),
                    examples: examples))
        }
        return commands
    }

    private func flags() throws(ManifestFault) -> [ContributedFlag] {
        var flags: [ContributedFlag] = []
        for element in try list("flags") {
            let name = try element.name("name")
            guard !flags.contains(where: { $0.name == name }) else {
                throw .repeatedName(name, at: element.shape.path.appending("name"))
            }
            flags.append(
                ContributedFlag(
                    name: name, summary: try element.text("summary", limit: 200),
                    value: try element.optionalText("value", limit: 64)))
        }
        return flags
    }

    func checkScript(_ contributions: Contributions) throws(ManifestFault) {
        var rest = contributions
        rest.commands = []
        guard rest == Contributions() else { throw .notForScripts(at: shape.path.appending("contributes")) }
    }

    // MARK: What it asks for

    /// Names that stay the host's.
    private static let keptVariables: Set<String> = [
        "MIXPEEK_API_KEY", "PATH", "HOME", "TMPDIR", "LANG", "TZ", "PYTHONDONTWRITEBYTECODE", "LD_PRELOAD",
        "LD_LIBRARY_PATH",
    ]

    func permissions() throws(ManifestFault) -> Permissions {
        guard let member = shape.optional("permissions") else { return Permissions() }
        let reader = ManifestReader(member)
        _ = try reader.shaped { shape throws(ShapeError) in try shape.object() }
        var permissions = Permissions()
        for (word, path) in try reader.texts("read") {
            guard let reading = Permissions.Reading(rawValue: word) else { throw .unknownWord(word, at: path) }
            permissions.read.insert(reading)
        }
        permissions.write = try reader.globs("write")
        permissions.secrets = try reader.globs("secrets")
        for (name, path) in try reader.texts("env") {
            guard PluginName.isVariable(name) else { throw .invalidName(name, at: path) }
            let isKept = Self.keptVariables.contains(name) || name.hasPrefix("HOOKLINE_")
            guard !isKept else { throw .notGrantable(name, at: path) }
            permissions.env.append(name)
        }
        permissions.state = try reader.shaped { shape throws(ShapeError) in
            try shape.optionalBoolean("state") ?? false
        }
        return permissions
    }

    private func globs(_ member: String) throws(ManifestFault) -> [PathGlob] {
        var globs: [PathGlob] = []
        for (text, path) in try texts(member) {
            guard let glob = PathGlob(text) else { throw .invalidGlob(text, at: path) }
            globs.append(glob)
        }
        return globs
    }
}
