import LosslessJSON
import WebhookModel

/// The differences between two versions of a webhook, as a person would name them.
///
/// Event types are compared as a set (a list that differs in order or copies only is one change of the list), channels
/// by identity, objects member by member, everything else as a value.
package enum DocumentDiff {
    /// What turns one document into the other; nil is a webhook that isn't there.
    ///
    /// `tracks` tells which channel of `new` was which in `old`, where that is known; else identity does. Members the
    /// server owns are left out unless asked for, since no edit can change them.
    package static func changes(
        from old: JSON?, to new: JSON?, tracks: [EditedDocument.ChannelTrack]? = nil, includingServerOwned: Bool = false
    ) -> [Change] {
        guard let old else { return new.map { creation($0) } ?? [] }
        guard let new else { return [Change(path: .root, before: old, after: nil)] }
        if old == new { return [] }
        guard let oldMembers = old.object, let newMembers = new.object else {
            return [Change(path: .root, before: old, after: new)]
        }
        let names = oldMembers.keys + newMembers.keys.filter { oldMembers[$0] == nil }
        return names.flatMap { name -> [Change] in
            if !includingServerOwned, Member.serverOwned.contains(name) { return [] }
            let (before, after) = (oldMembers[name], newMembers[name])
            if before == after { return [] }
            return changes(of: name, from: before, to: after, tracks: tracks)
        }
    }

    /// One change for every member of a new webhook.
    private static func creation(_ document: JSON) -> [Change] {
        guard let members = document.object else { return [Change(path: .root, before: nil, after: document)] }
        return members.map { Change(path: [.name($0.name)], before: nil, after: $0.value) }
    }

    private static func changes(
        of name: String, from before: JSON?, to after: JSON?, tracks: [EditedDocument.ChannelTrack]?
    ) -> [Change] {
        let path: JSONPath = [.name(name)]
        guard let before, let after else { return [Change(path: path, before: before, after: after)] }
        if name == Member.eventTypes, let old = before.array, let new = after.array {
            return events(from: old, to: new) ?? [Change(path: path, before: before, after: after)]
        }
        if name == Member.channels, let old = before.array, let new = after.array {
            let origins = tracks.map { $0.map(\.origin) } ?? ChannelPairing.likelyOrigins(of: new, in: old)
            return channels(from: old, to: new, origins: origins)
        }
        return values(at: path, from: before, to: after)
    }

    /// Nil when the lists differ in order or copies only.
    private static func events(from old: [JSON], to new: [JSON]) -> [Change]? {
        let path: JSONPath = [.name(Member.eventTypes)]
        let (oldSet, newSet) = (Set(old), Set(new))
        if oldSet == newSet { return nil }
        let removed = old.uniqued().filter { !newSet.contains($0) }
        let added = new.uniqued().filter { !oldSet.contains($0) }
        return removed.map { Change(path: path, before: $0, after: nil) }
            + added.map { Change(path: path, before: nil, after: $0) }
    }

    private static func channels(from old: [JSON], to new: [JSON], origins: [Int?]) -> [Change] {
        let kept = Set(origins.compactMap(\.self))
        let removed = old.indices.filter { !kept.contains($0) }
            .map { Change(path: EditedDocument.channelPath($0), before: old[$0], after: nil) }
        let rest = new.indices.flatMap { position -> [Change] in
            let path = EditedDocument.channelPath(position)
            guard position < origins.count, let origin = origins[position], old.indices.contains(origin) else {
                return [Change(path: path, before: nil, after: new[position])]
            }
            return values(at: path, from: old[origin], to: new[position])
        }
        let changes = removed + rest
        guard changes.isEmpty, old != new else { return changes }
        return [Change(path: [.name(Member.channels)], before: JSON(old), after: JSON(new))]
    }

    private static func values(at path: JSONPath, from before: JSON, to after: JSON) -> [Change] {
        JSON.changes(from: before, to: after).map { change in
            Change(path: path.appending(change.path), before: change.before, after: change.after)
        }
    }
}

extension Sequence where Element: Hashable {
    /// The elements in order, each once.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
