import LosslessJSON
import WebhookModel

/// The edits that make one document another, as a person would have typed them.
///
/// What a person can't say so in few words is said whole (`become`); either way the documents are equal afterwards, but
/// for what the server owns and the order of members.
package struct EditDecomposition {
    private let pairing: Declaration.Pairing
    private var document: EditedDocument
    private var edits: [Edit] = []

    /// The edits from what is staged to `wanted`; none when nothing differs.
    ///
    /// - Throws: what no document may hold: a member of a wrong type, one that must be there taken out.
    package static func edits(
        from staged: EditedDocument, to wanted: JSON, pairing: Declaration.Pairing = .identity
    ) throws(EditError) -> [Edit] {
        guard let current = staged.document, current.object != nil, wanted.object != nil else {
            return [.become(wanted)]
        }
        var decomposition = EditDecomposition(pairing: pairing, document: staged)
        do {
            try decomposition.collect(from: current, to: wanted)
        } catch let error as EditError {
            switch error {
            case .wrongType, .required, .readOnly: throw error
            default: return [.become(wanted)]
            }
        } catch {
            return [.become(wanted)]
        }
        guard let result = decomposition.document.document, isSame(result, wanted) else { return [.become(wanted)] }
        return decomposition.edits
    }

    private init(pairing: Declaration.Pairing, document: EditedDocument) {
        self.pairing = pairing
        self.document = document
    }

    /// A way that the commands have no words for.
    private struct NotInWords: Error {}

    private mutating func collect(from current: JSON, to wanted: JSON) throws {
        let (old, new) = (current.object ?? [:], wanted.object ?? [:])
        for name in new.keys + old.keys.filter({ new[$0] == nil }) where !Member.serverOwned.contains(name) {
            let (before, after) = (old[name], new[name])
            if before == after { continue }
            if name == Member.eventTypes, let before = before?.array, let after = after?.array {
                try collectEvents(from: before, to: after)
            } else if name == Member.channels, let before = before?.array, let after = after?.array {
                try collectChannels(from: before, to: after)
            } else {
                try collectMember(name, after)
            }
        }
    }

    private mutating func collectMember(_ name: String, _ value: JSON?) throws {
        let path = FieldPath(JSONPath([.name(name)]))
        try perform(value.map { .set(path, EditValue($0)) } ?? .unset(path))
    }

    private mutating func collectEvents(from old: [JSON], to new: [JSON]) throws {
        let (oldNames, newNames) = (old.compactMap(\.string), new.compactMap(\.string))
        guard oldNames.count == old.count, newNames.count == new.count else { throw NotInWords() }
        let removed = oldNames.uniqued().filter { !newNames.contains($0) }
        let added = newNames.uniqued().filter { !oldNames.contains($0) }
        if !removed.isEmpty { try perform(.removeEvents(removed.map { EventPattern($0) })) }
        if !added.isEmpty { try perform(.addEvents(added)) }
        // Another order or other copies is a list of its own.
        if document.document?[Member.eventTypes]?.array != new { try perform(.setEvents(newNames)) }
    }

    private mutating func collectChannels(from old: [JSON], to new: [JSON]) throws {
        let origins =
            pairing == .identity
            ? ChannelPairing.origins(of: new, in: old) : ChannelPairing.likelyOrigins(of: new, in: old)
        let kept = origins.compactMap(\.self)
        // Commands add at the end: another order is a list of its own.
        guard kept == kept.sorted(), origins.drop(while: { $0 != nil }).allSatisfy({ $0 == nil }) else {
            throw NotInWords()
        }
        for position in old.indices.reversed() where !kept.contains(position) {
            try perform(.removeChannel(.index(position)))
        }
        for (position, origin) in origins.enumerated() {
            if let origin { try changeChannel(position, from: old[origin], to: new[position]) }
        }
        for (position, origin) in origins.enumerated() where origin == nil { try addChannel(new[position]) }
    }

    /// Lists in a channel's settings are written whole.
    private mutating func changeChannel(_ position: Int, from old: JSON, to new: JSON) throws {
        guard var rest = old.object else { throw NotInWords() }
        rest[Member.configs] = new[Member.configs]
        // What else a channel has is not a setting.
        guard JSON(rest) == new else { throw NotInWords() }
        var entries: [ConfigEntry] = []
        var removed: [JSONPath] = []
        collectSettings(old[Member.configs] ?? [:], new[Member.configs] ?? [:], at: .root, &entries, &removed)
        for key in removed {
            let path = EditedDocument.channelPath(position).appending(.name(Member.configs)).appending(key)
            try perform(.unset(FieldPath(path)))
        }
        if !entries.isEmpty { try perform(.setChannel(.index(position), entries)) }
    }

    private func collectSettings(
        _ old: JSON, _ new: JSON, at path: JSONPath, _ entries: inout [ConfigEntry], _ removed: inout [JSONPath]
    ) {
        if old == new { return }
        guard let before = old.object, let after = new.object else {
            return entries.append(ConfigEntry(path, EditValue(new)))
        }
        for name in before.keys where after[name] == nil { removed.append(path.appending(.name(name))) }
        for (name, value) in after {
            let deeper = path.appending(.name(name))
            guard let former = before[name] else {
                entries.append(ConfigEntry(deeper, EditValue(value)))
                continue
            }
            collectSettings(former, value, at: deeper, &entries, &removed)
        }
    }

    private mutating func addChannel(_ channel: JSON) throws {
        guard let object = channel.object, let kind = object[Member.channelKind]?.string,
            let configs = object[Member.configs], configs.object != nil, object.keys.count == 2
        else { throw NotInWords() }
        try perform(.addChannel(NewChannel(kind: kind, .configs(EditValue(configs)))))
    }

    private mutating func perform(_ edit: Edit) throws {
        let stable = document.stable(edit)
        _ = try document.apply(edit)
        edits.append(stable)
    }

    /// Equal but for what the server owns and the order of members.
    private static func isSame(_ result: JSON, _ wanted: JSON) -> Bool {
        let (left, right) = (result.object ?? [:], wanted.object ?? [:])
        let names = Set(left.keys + right.keys).subtracting(Member.serverOwned)
        return names.allSatisfy { left[$0] == right[$0] }
    }
}
