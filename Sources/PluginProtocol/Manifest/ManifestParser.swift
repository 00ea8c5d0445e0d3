import LosslessJSON

extension Manifest {
    /// The version of the manifest's form.
    package static let formVersion = 1
    /// The file's name in a plugin's folder.
    package static let fileName = "plugin.json"

    /// Reads a manifest. Unknown members are passed over, also inside others.
    package init(parsing bytes: [UInt8]) throws(ManifestFault) {
        guard bytes.count <= Limits.manifest else { throw .tooLarge(limit: Limits.manifest) }
        let json: JSON
        do throws(JSONSyntaxError) { json = try JSON(parsing: bytes) } catch { throw .syntax(error) }
        try self.init(json)
    }

    package init(_ json: JSON) throws(ManifestFault) {
        let reader = ManifestReader(Shape(json))
        let form = try reader.shaped { shape throws(ShapeError) in
            _ = try shape.object()
            return try shape.count("manifest")
        }
        guard form == Self.formVersion else { throw .unsupportedManifest(form, supported: Self.formVersion) }
        self.init(
            id: try reader.name("id"),
            version: try reader.text("version", limit: 64),
            summary: try reader.text("summary", limit: 200),
            kind: try reader.kind(),
            contributions: try reader.contributions(),
            permissions: try reader.permissions(),
            concurrency: try reader.concurrency(),
            timeouts: try reader.timeouts())
        if case .script = kind { try reader.checkScript(contributions) }
    }
}

/// Reads the members of a manifest, each with its rule.
struct ManifestReader {
    let shape: Shape

    init(_ shape: Shape) { self.shape = shape }

    func shaped<T>(_ body: (Shape) throws(ShapeError) -> T) throws(ManifestFault) -> T {
        do throws(ShapeError) { return try body(shape) } catch { throw .shape(error) }
    }

    // MARK: Texts and names

    func text(_ member: String, limit: Int) throws(ManifestFault) -> String {
        let text = try shaped { shape throws(ShapeError) in try shape.text(member) }
        return try check(text, limit: limit, at: shape.path.appending(member))
    }

    func optionalText(_ member: String, limit: Int) throws(ManifestFault) -> String? {
        let text = try shaped { shape throws(ShapeError) in try shape.optionalText(member) }
        guard let text else { return nil }
        return try check(text, limit: limit, at: shape.path.appending(member))
    }

    /// Printable as it is, on one line.
    private func check(_ text: String, limit: Int, at path: JSONPath) throws(ManifestFault) -> String {
        guard !text.isEmpty, text.utf8.count <= limit, PlainText.strippedLine(text) == text else {
            throw .invalidText(at: path, limit: limit)
        }
        return text
    }

    func name(_ member: String) throws(ManifestFault) -> String {
        let name = try shaped { shape throws(ShapeError) in try shape.text(member) }
        guard PluginName.isValid(name) else { throw .invalidName(name, at: shape.path.appending(member)) }
        return name
    }

    /// The elements of a list, at most so many; none where there is no list.
    func list(_ member: String, limit: Int = 100) throws(ManifestFault) -> [ManifestReader] {
        let elements = try shaped { shape throws(ShapeError) in try shape.optional(member)?.elements() ?? [] }
        guard elements.count <= limit else { throw .tooMany(at: shape.path.appending(member), limit: limit) }
        return elements.map(ManifestReader.init)
    }

    func texts(_ member: String, limit: Int = 100) throws(ManifestFault) -> [(text: String, path: JSONPath)] {
        var texts: [(text: String, path: JSONPath)] = []
        for element in try list(member, limit: limit) {
            texts.append((try element.shaped { shape throws(ShapeError) in try shape.text() }, element.shape.path))
        }
        return texts
    }

    /// A list of names without repetition.
    func names(_ member: String, extra: String = "") throws(ManifestFault) -> [String] {
        var names: [String] = []
        for (name, path) in try texts(member) {
            guard PluginName.isValid(name, extra: extra) else { throw .invalidName(name, at: path) }
            guard !names.contains(name) else { throw .repeatedName(name, at: path) }
            names.append(name)
        }
        return names
    }

    // MARK: Numbers

    func concurrency() throws(ManifestFault) -> Int {
        let path = shape.path.appending("concurrency")
        guard let count = try shaped({ shape throws(ShapeError) in try shape.optional("concurrency")?.count() }) else {
            return 1
        }
        guard (1...16).contains(count) else { throw .outOfRange(at: path, 1...16) }
        return count
    }

    func timeouts() throws(ManifestFault) -> [Manifest.TimedCall: Double] {
        guard let member = shape.optional("timeouts") else { return [:] }
        let object = try ManifestReader(member).shaped { shape throws(ShapeError) in try shape.object() }
        var timeouts: [Manifest.TimedCall: Double] = [:]
        for (name, value) in object {
            let path = member.path.appending(name)
            guard let call = Manifest.TimedCall(rawValue: name) else { throw .unknownWord(name, at: path) }
            guard let seconds = value.number?.double else {
                throw .shape(ShapeError(path: path, expected: .number, found: value.kind))
            }
            guard (0.01...600).contains(seconds) else { throw .outOfRange(at: path, 0.01...600) }
            timeouts[call] = seconds
        }
        return timeouts
    }
}
