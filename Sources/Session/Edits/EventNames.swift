import WebhookModel

extension Edit {
    /// An `addEvents` of what names and globs pick: a name stands for itself, a glob for what it picks in the catalogue.
    package static func addingEvents(_ patterns: [EventPattern]) throws(EditError) -> Edit {
        .addEvents(try EventNames.expand(patterns))
    }

    /// A `setEvents` of what names and globs pick, as in `addingEvents`.
    package static func settingEvents(_ patterns: [EventPattern]) throws(EditError) -> Edit {
        .setEvents(try EventNames.expand(patterns))
    }
}

package enum EventNames {
    /// Names in the order given, each once; globs in the catalogue's order. A glob that picks nothing is an error.
    package static func expand(_ patterns: [EventPattern]) throws(EditError) -> [String] {
        var names: [String] = []
        var seen: Set<String> = []
        for pattern in patterns {
            for name in try expand(pattern) where seen.insert(name).inserted { names.append(name) }
        }
        return names
    }

    private static func expand(_ pattern: EventPattern) throws(EditError) -> [String] {
        guard pattern.isGlob else { return [pattern.text] }
        let names = Catalogue.eventTypes.map(\.name).filter(pattern.matches)
        if names.isEmpty { throw .unknownEvents(pattern, nearest: nearest(to: pattern)) }
        return names
    }

    /// The known name nearest to the glob without its globbing characters, as a hint at what was mistyped.
    private static func nearest(to pattern: EventPattern) -> String? {
        let stem = String(pattern.text.filter { $0 != "*" && $0 != "?" })
        return Nearest.name(stem, among: Catalogue.eventTypes.lazy.map(\.name))
    }
}
