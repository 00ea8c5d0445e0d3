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

extension CommandCall {
    /// Says which channels of a webhook a plugin made of a kind of its own. A plugin that fails here says nothing: what
    /// is shown is right without it.
    func noteContributedKinds(of webhook: Webhook) async {
        guard let host = shell.plugins.host else { return }
        for (index, channel) in webhook.channels.enumerated() {
            for found in (try? await host.recognized(channel)) ?? [] {
                shell.messages.note("channels[\(index)] is of the kind \(Printable.escaped(found.kind))")
            }
        }
    }
}

extension PluginHost {
    /// The contributed kinds that a channel was made of, with their configs.
    func recognized(_ channel: Channel) async throws -> [ChannelValue] {
        var found: [ChannelValue] = []
        for kind in try contributions().names(.channelKind) {
            let value = ChannelValue(kind: channel.kind, configs: channel.document[Member.configs] ?? [:])
            if let own = try await recognize(kind, channel: value) { found.append(own) }
        }
        return found
    }
}
