import LosslessJSON
import Session
import WebhookModel

/// One edit, twice: as the session stages it, and as the simulator understands it.
struct StagedEdit: Sendable {
    let edit: Edit
    /// What it does to the document.
    let apply: @Sendable (JSON) -> JSON
    var explicit: [[String]] = []
    var isExactAboutEvents = false

    private init(
        _ edit: Edit, explicit: [[String]] = [], isExactAboutEvents: Bool = false,
        _ apply: @escaping @Sendable (inout JSONObject) -> Void
    ) {
        self.edit = edit
        self.explicit = explicit
        self.isExactAboutEvents = isExactAboutEvents
        self.apply = { document in
            guard var members = document.object else { return document }
            apply(&members)
            return JSON(members)
        }
    }

    static let events = [
        "object.created", "object.updated", "object.deleted", "collection.created", "collection.updated",
        "trigger.fired", "cluster.created",
    ]

    /// An edit of a document that makes sense for it.
    static func random(for document: JSON, _ dice: inout Dice, label: String) -> StagedEdit {
        switch dice.below(10) {
        case 0: set([Member.name], JSON(dice.oneIn(25) ? "refused!" : "name \(label)"))
        case 1, 2: set([Member.isActive], JSON(dice.oneIn(2)))
        case 3: set([dice.pick(["x_team", "x_note"])], dice.pick(["core", "edge", JSON(label)]))
        case 4: set(["x_owner", dice.pick(["team", "level"])], dice.pick([1, "a", JSON(label)]))
        case 5: addEvents([dice.pick(events)])
        case 6: removeEvents(dice.pick(events), of: document) ?? addEvents([dice.pick(events)])
        case 7: setEvents(Array(Set([dice.pick(events), dice.pick(events)])).sorted())
        case 8: addChannel("https://hooks.example.com/\(label)", timeout: dice.within(1...9))
        default: channelEdit(of: document, &dice, label: label)
        }
    }

    private static func set(_ path: [String], _ value: JSON) -> StagedEdit {
        let field = FieldPath(path.map { .name($0) })
        return StagedEdit(.set(field, EditValue(value)), explicit: [path]) { members in
            if path.count == 1 { return members[path[0]] = value }
            var inner = members[path[0]]?.object ?? [:]
            inner[path[1]] = value
            members[path[0]] = JSON(inner)
        }
    }

    private static func addEvents(_ added: [String]) -> StagedEdit {
        StagedEdit(.addEvents(added)) { members in
            let events = members[Member.eventTypes]?.array ?? []
            members[Member.eventTypes] = JSON(events + added.map { JSON($0) }.filter { !events.contains($0) })
        }
    }

    /// Nil when nothing would be left.
    private static func removeEvents(_ name: String, of document: JSON) -> StagedEdit? {
        guard Set(Webhook(document: document).eventTypes).subtracting([name]).count > 0 else { return nil }
        return StagedEdit(.removeEvents([EventPattern(name)])) { members in
            members[Member.eventTypes] = JSON((members[Member.eventTypes]?.array ?? []).filter { $0 != JSON(name) })
        }
    }

    private static func setEvents(_ names: [String]) -> StagedEdit {
        StagedEdit(.setEvents(names), isExactAboutEvents: true) { members in
            members[Member.eventTypes] = JSON(names.map { JSON($0) })
        }
    }

    private static func addChannel(_ url: String, timeout: Int) -> StagedEdit {
        let channel = NewChannel(
            kind: "webhook",
            entries: [ConfigEntry(["url"], EditValue(JSON(url))), ConfigEntry(["timeout"], EditValue(JSON(timeout)))])
        return StagedEdit(.addChannel(channel)) { members in
            let channels = members[Member.channels]?.array ?? []
            if channels.contains(where: { $0[Member.configs]?["url"] == JSON(url) }) { return }
            let added: JSON = [
                Member.channelKind: "webhook", Member.configs: ["url": JSON(url), "timeout": JSON(timeout)],
            ]
            members[Member.channels] = JSON(channels + [added])
        }
    }

    /// Sets a value of a channel, or removes one where there are several.
    private static func channelEdit(of document: JSON, _ dice: inout Dice, label: String) -> StagedEdit {
        let urls = Documents.channels(document[Member.channels]).keys.sorted()
        guard !urls.isEmpty else { return addEvents([dice.pick(events)]) }
        let url = dice.pick(urls)
        let match = ChannelMatch.property(kind: "webhook", key: ["url"], value: JSON(url))
        if urls.count > 1, dice.oneIn(2) {
            return StagedEdit(.removeChannel(match)) { members in
                members[Member.channels] = JSON(
                    (members[Member.channels]?.array ?? []).filter { $0[Member.configs]?["url"] != JSON(url) })
            }
        }
        let name = dice.pick(["timeout", "x_tag"])
        let value = JSON(dice.within(10...60))
        let explicit = [[Member.channels, url, Member.configs, name]]
        return StagedEdit(.setChannel(match, [ConfigEntry([.name(name)], EditValue(value))]), explicit: explicit) {
            $0[Member.channels] = JSON(
                ($0[Member.channels]?.array ?? []).map { channel in
                    guard var outer = channel.object, var configs = outer[Member.configs]?.object,
                        configs["url"] == JSON(url)
                    else { return channel }
                    configs[name] = value
                    outer[Member.configs] = JSON(configs)
                    return JSON(outer)
                })
        }
    }
}
