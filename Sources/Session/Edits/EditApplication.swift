import LosslessJSON
import WebhookModel

extension EditedDocument {
    /// Applies one edit. On an error nothing has changed.
    package mutating func apply(_ edit: Edit) throws(EditError) -> [EditNote] {
        var copy = self
        let notes = try copy.perform(edit)
        self = copy
        return notes
    }

    private mutating func perform(_ edit: Edit) throws(EditError) -> [EditNote] {
        if isDeleted { throw .deleted }
        switch edit {
        case .create(let webhook):
            guard document == nil else { throw .wrongOrigin }
            return try create(webhook)
        case .clone(_, let original):
            guard document == nil else { throw .wrongOrigin }
            clone(original)
            return []
        default:
            guard document != nil else { throw .wrongOrigin }
            return try change(edit)
        }
    }

    private mutating func change(_ edit: Edit) throws(EditError) -> [EditNote] {
        switch edit {
        case .create, .clone: throw .wrongOrigin
        case .set(let path, let value): return try set(path, to: value)
        case .unset(let path): return try unset(path)
        case .addEvents(let names): return try addEvents(names)
        case .removeEvents(let patterns): return try removeEvents(patterns)
        case .setEvents(let names): return setEvents(names)
        case .renameEvent(let old, let new): return try renameEvent(old, to: new)
        case .addChannel(let channel): return try addChannel(channel)
        case .setChannel(let match, let entries): return try setChannel(match, entries)
        case .removeChannel(let match): return try removeChannel(match)
        case .replace(let path, let old, let new): return try replace(path, old, with: new)
        case .become(let document):
            try become(document)
            return []
        case .delete:
            isDeleted = true
            return []
        }
    }

    /// Channels keep what is known of those that they are, by identity; what came by reference and is changed is no
    /// secret of ours any more.
    private mutating func become(_ wanted: JSON) throws(EditError) {
        guard var members = wanted.object else { throw .notADocument(wanted.kind) }
        for name in Member.serverOwned { members[name] = document?[name] }
        let old = document?[Member.channels]?.array ?? []
        let new = members[Member.channels]?.array ?? []
        channels = ChannelPairing.origins(of: new, in: old).enumerated().map { position, origin in
            guard let origin, channels.indices.contains(origin) else { return ChannelTrack(origin: nil) }
            var track = channels[origin]
            track.references = track.references.filter { path, _ in
                new[position].value(at: path) == old[origin].value(at: path)
            }
            return track
        }
        document = JSON(members)
    }

    /// The edit as it is kept: a channel's index becomes its identity.
    package func stable(_ edit: Edit) -> Edit {
        switch edit {
        case .setChannel(let match, let entries): .setChannel(stable(match), entries)
        case .removeChannel(let match): .removeChannel(stable(match))
        default: edit
        }
    }

    private func stable(_ match: ChannelMatch) -> ChannelMatch {
        guard case .index(let position) = match, let document else { return match }
        let channels = Webhook(document: document).channels
        return channels.indices.contains(position) ? .stable(position, in: channels) : match
    }

    private mutating func create(_ webhook: NewWebhook) throws(EditError) -> [EditNote] {
        var members: JSONObject = [
            Member.name: JSON(webhook.name),
            Member.eventTypes: JSON(webhook.events.map { JSON($0) }),
            Member.channels: [],
            Member.isActive: JSON(webhook.isActive),
        ]
        for (name, value) in webhook.members {
            if Member.serverOwned.contains(name) { throw .readOnly(member: name) }
            members[name] = value
        }
        document = JSON(members)
        channels = []
        var notes = Self.notesOnUnknown(webhook.events)
        for channel in webhook.channels { notes += try addChannel(channel) }
        return notes
    }

    private mutating func clone(_ original: JSON) {
        guard var members = original.object else { return }
        for member in Member.serverOwned { members[member] = nil }
        document = JSON(members)
        let count = members[Member.channels]?.array?.count ?? 0
        channels = Array(repeating: ChannelTrack(origin: nil), count: count)
    }
}
