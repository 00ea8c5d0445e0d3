import LosslessJSON
import WebhookModel

extension EditedDocument {
    mutating func addChannel(_ channel: NewChannel) throws(EditError) -> [EditNote] {
        var elements = try channelElements()
        var track = ChannelTrack(origin: nil)
        let added = Channel(kind: channel.kind, configs: try Self.configs(of: channel, &track))
        if elements.contains(added.document) { return [.channelPresent] }
        let isRepeated = elements.contains { Channel(document: $0).identity == added.identity }
        elements.append(added.document)
        writeMember(Member.channels, JSON(elements))
        channels.append(track)
        return isRepeated ? [.channelRepeated] : []
    }

    mutating func setChannel(_ match: ChannelMatch, _ entries: [ConfigEntry]) throws(EditError) -> [EditNote] {
        let elements = try channelElements()
        guard let position = try single(match, in: elements) else { return [.noChannelMatched(match)] }
        var channel = elements[position]
        if let configs = channel[Member.configs], configs.object == nil { throw .configsNotAnObject(configs.kind) }
        var track = channels[position]
        for entry in entries {
            let path = JSONPath([.name(Member.configs)]).appending(entry.key)
            do { try channel.set(entry.value.json, at: path) } catch { throw .badKey(entry.key) }
            track.note(entry.value, at: path)
        }
        if channel != elements[position] { try write(channel, at: position) }
        channels[position] = track
        return []
    }

    mutating func removeChannel(_ match: ChannelMatch) throws(EditError) -> [EditNote] {
        var elements = try channelElements()
        guard let position = try single(match, in: elements) else { return [.noChannelMatched(match)] }
        elements.remove(at: position)
        channels.remove(at: position)
        writeMember(Member.channels, JSON(elements))
        return []
    }

    /// The elements of `channels`; none when absent or null.
    private func channelElements() throws(EditError) -> [JSON] {
        guard let value = document?[Member.channels], !value.isNull else { return [] }
        guard let elements = value.array else { throw .notAList(member: Member.channels) }
        return elements
    }

    /// The position of the only channel that matches, or nil when none does.
    private func single(_ match: ChannelMatch, in elements: [JSON]) throws(EditError) -> Int? {
        let positions = match.positions(in: elements.map { Channel(document: $0) })
        if positions.count > 1 { throw .ambiguousChannel(match, positions: positions) }
        return positions.first
    }

    private mutating func write(_ channel: JSON, at position: Int) throws(EditError) {
        do {
            try document?.set(channel, at: Self.channelPath(position))
        } catch {
            throw .notAList(member: Member.channels)
        }
    }

    private static func configs(of channel: NewChannel, _ track: inout ChannelTrack) throws(EditError) -> JSONObject {
        let root = JSONPath([.name(Member.configs)])
        switch channel.content {
        case .configs(let value):
            guard let configs = value.json.object else { throw .configsNotAnObject(value.json.kind) }
            track.note(value, at: root)
            return configs
        case .entries(let entries):
            var configs: JSON = [:]
            for entry in entries {
                do { try configs.set(entry.value.json, at: entry.key) } catch { throw .badKey(entry.key) }
                track.note(entry.value, at: root.appending(entry.key))
            }
            return configs.object ?? [:]
        }
    }
}

extension EditedDocument.ChannelTrack {
    /// Notes that a value was set explicitly at a path in the channel: it stands for whatever was known at, below and
    /// above.
    mutating func note(_ value: EditValue, at path: JSONPath) {
        explicit = explicit.filter { !$0.starts(with: path) }
        explicit.insert(path)
        forget(at: path)
        references[path] = value.reference
    }

    /// Forgets what is known of the values at and below a path.
    mutating func forget(at path: JSONPath) {
        references = references.filter { !$0.key.starts(with: path) }
    }
}
