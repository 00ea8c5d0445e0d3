import LosslessJSON
import PluginHost
import PluginProtocol
import Session
import WebhookModel

extension CommandCall {
    /// The channel as the API takes it: of a kind that a plugin contributes, what the plugin makes of it.
    func lowered(_ channel: NewChannel) async throws -> NewChannel {
        guard Catalogue.channelKind(channel.kind) == nil,
            let table = shell.plugins.contributions, table.resolve(channel.kind, .channelKind) != nil
        else { return channel }
        let configs: JSON
        switch channel.content {
        case .configs(let value): configs = value.json
        case .entries(let entries):
            var built: JSON = [:]
            for entry in entries { try built.set(entry.value.json, at: entry.key) }
            configs = built
        }
        let lowered = try await shell.plugins.required().lower(kind: channel.kind, configs: configs)
        return NewChannel(kind: lowered.kind, .configs(EditValue(lowered.configs)))
    }
}

extension CommitGuards {
    /// Channels that a plugin made of a kind of its own are validated as that kind.
    func recognized(_ channel: Channel, key: String, index: Int) async throws -> [String: ChannelItem] {
        var items: [String: ChannelItem] = [:]
        for kind in try host.contributions().names(.channelKind) {
            let value = ChannelValue(kind: channel.kind, configs: channel.document[Member.configs] ?? [:])
            guard let found = try await host.recognize(kind, channel: value) else { continue }
            items[found.kind] = ChannelItem(key: key, index: index, configs: found.configs)
        }
        return items
    }
}
