import PluginProtocol

/// Names that belong to the program.
package struct ReservedNames: Sendable {
    package var commands: Set<String>
    package var formats: Set<String>
    package var channelKinds: Set<String>

    package init(commands: Set<String> = [], formats: Set<String> = [], channelKinds: Set<String> = []) {
        self.commands = commands
        self.formats = formats
        self.channelKinds = channelKinds
    }
}

/// What the enabled plugins contribute, by name.
///
/// A name that is the program's own or that two plugins contribute is nobody's: it is in ``clashes``, and `id:name`
/// reaches it all the same.
package struct ContributionTable: Sendable {
    package enum Point: String, Hashable, Sendable, CaseIterable {
        case command, format, transform, channelKind
    }

    package struct Clash: Hashable, Sendable {
        package let point: Point
        package let name: String
        /// Ids, sorted.
        package let plugins: [String]
        /// Whether the program has the name itself.
        package let isReserved: Bool
    }

    private var owners: [Point: [String: [String]]] = [:]
    private let reserved: ReservedNames
    package let plugins: [EnabledPlugin]

    package init(plugins: [EnabledPlugin], reserved: ReservedNames) {
        self.plugins = plugins.sorted { $0.id < $1.id }
        self.reserved = reserved
        for plugin in self.plugins {
            let contributions = plugin.manifest.contributions
            add(contributions.commands.map(\.name), .command, plugin.id)
            add(contributions.formats.map(\.name), .format, plugin.id)
            add(contributions.transforms.map(\.name), .transform, plugin.id)
            add(contributions.channelKinds, .channelKind, plugin.id)
        }
    }

    private mutating func add(_ names: [String], _ point: Point, _ id: String) {
        for name in names { owners[point, default: [:]][name, default: []].append(id) }
    }

    private func isReserved(_ name: String, _ point: Point) -> Bool {
        switch point {
        case .command: reserved.commands.contains(name)
        case .format: reserved.formats.contains(name)
        case .channelKind: reserved.channelKinds.contains(name)
        case .transform: false
        }
    }

    /// The plugin that a name means, plain or as `id:name`; and the name without the id.
    package func resolve(_ word: String, _ point: Point) -> (plugin: EnabledPlugin, name: String)? {
        if let colon = word.firstIndex(of: ":") {
            let id = String(word[..<colon])
            let name = String(word[word.index(after: colon)...])
            guard owners[point]?[name]?.contains(id) == true else { return nil }
            return plugin(id).map { ($0, name) }
        }
        guard !isReserved(word, point), let ids = owners[point]?[word], ids.count == 1 else { return nil }
        return plugin(ids[0]).map { ($0, word) }
    }

    /// Every name that stands for one plugin, and for each clash `id:name`; sorted.
    package func names(_ point: Point) -> [String] {
        (owners[point] ?? [:]).flatMap { name, ids in
            ids.count == 1 && !isReserved(name, point) ? [name] : ids.map { "\($0):\(name)" }
        }.sorted()
    }

    package var clashes: [Clash] {
        Point.allCases.flatMap { point in
            (owners[point] ?? [:]).compactMap { name, ids -> Clash? in
                let isReserved = isReserved(name, point)
                guard ids.count > 1 || isReserved else { return nil }
                return Clash(point: point, name: name, plugins: ids, isReserved: isReserved)
            }.sorted { $0.name < $1.name }
        }
    }

    package func plugin(_ id: String) -> EnabledPlugin? { plugins.first { $0.id == id } }

    /// The command of a name, with its plugin.
    package func command(_ word: String) -> (plugin: EnabledPlugin, command: ContributedCommand)? {
        guard let (plugin, name) = resolve(word, .command) else { return nil }
        return plugin.manifest.contributions.commands.first { $0.name == name }.map { (plugin, $0) }
    }

    package var policies: [EnabledPlugin] { plugins.filter { !$0.manifest.contributions.policies.isEmpty } }

    package func listeners(to event: Contributions.Event) -> [EnabledPlugin] {
        plugins.filter { $0.manifest.contributions.events.contains(event) }
    }

    /// The plugins that validate channels of a kind: whoever contributes it, and those who ask to.
    package func validators(of kind: String) -> [EnabledPlugin] {
        plugins.filter {
            $0.manifest.contributions.channelKinds.contains(kind) || $0.manifest.contributions.validators.contains(kind)
        }
    }
}

/// A plugin that may run in this session.
package struct EnabledPlugin: Hashable, Sendable {
    package let id: String
    package let manifest: Manifest
    /// The real path of its folder.
    package let path: String
    /// nil with `--dev`: for this session, whatever becomes of the folder.
    package let pin: Pin?

    package var isDev: Bool { pin == nil }
}
