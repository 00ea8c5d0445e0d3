import LosslessJSON
import PluginProtocol

extension PluginHost {
    // MARK: Validation

    /// Asks the validators of these kinds. A plugin that crashes, is late or answers nonsense denies.
    ///
    /// - Parameters:
    ///   - channels: the channels that a commit would write, by kind.
    ///   - skipping: ids of plugins that the user overrides.
    package func validate(
        _ channels: [String: [ChannelItem]], skipping: Set<String> = []
    ) async throws(PluginCallError) -> [PluginVerdict] {
        let table = try table()
        var verdicts: [PluginVerdict] = []
        for (kind, items) in channels.sorted(by: { $0.key < $1.key }) where !items.isEmpty {
            for plugin in table.validators(of: kind) where !skipping.contains(plugin.id) {
                let running = running(plugin)
                verdicts.append(
                    await verdict(
                        of: running, .validateChannel, validateParams(kind, items, running), timed: .validate,
                        subjects: [kind]))
            }
        }
        return verdicts
    }

    private func validateParams(_ kind: String, _ items: [ChannelItem], _ running: Running) -> [[UInt8]] {
        let plugin = running.plugin
        let parts = running.tokens.withWriter { writer in
            var parts = BatchParts(limit: configuration.partLimit)
            for item in items {
                var encoder = DocumentEncoder(visibility: plugin.channelVisibility)
                encoder.write(#"{"key":"#.utf8)
                encoder.write(JSON(item.key).bytes())
                encoder.write(#","index":\#(item.index),"configs":"#.utf8)
                // The path that a glob is about starts at the webhook.
                let encoded = Self.encodedConfigs(item.configs, plugin, &writer)
                encoder.write(encoded.bytes())
                encoder.write("}".utf8)
                parts.add(encoder.take())
            }
            return parts
        }
        return parts.params("items", head: ["kind": JSON(kind)])
    }

    /// `configs` encoded as what it is: a channel's, in a webhook.
    private static func encodedConfigs(
        _ configs: JSON, _ plugin: EnabledPlugin, _ writer: inout SecretTokens.Writer
    ) -> JSON {
        let document: JSON = ["channels": [["configs": configs]]]
        var encoder = DocumentEncoder(visibility: plugin.channelVisibility)
        encoder.write(document, &writer)
        let encoded = (try? JSON(parsing: encoder.take())) ?? .null
        return encoded["channels"]?[0]?["configs"] ?? .null
    }

    // MARK: Contributed kinds

    /// A channel of a contributed kind as one that the API knows. A token in the answer is refused: a plugin that must move
    /// a secret asks for it in `permissions.secrets`, and then moves the value.
    package func lower(kind: String, configs: JSON) async throws(PluginCallError) -> ChannelValue {
        let (plugin, name) = try resolve(kind, .channelKind)
        let running = running(plugin)
        let encoded = running.tokens.withWriter { Self.encodedConfigs(configs, plugin, &$0) }
        let params = LowerParams(kind: name, configs: encoded).json.bytes()
        let answer = try await call(running, .lowerChannel, [params], timed: .channel)
        let channel = try read(answer[0], of: plugin) { json throws(ShapeError) in
            guard let channel = try ChannelValue.read(json), !Self.holdsToken(channel, running.tokens) else {
                throw ShapeError(path: ["channel"], expected: .object, found: json["channel"]?.kind)
            }
            return channel
        }
        return ChannelValue(kind: PlainText.strippedLine(channel.kind), configs: channel.configs.detached())
    }

    /// What a channel that the API knows is to the plugin that contributes `kind`; nil where it is none of its own.
    package func recognize(_ kind: String, channel: ChannelValue) async throws(PluginCallError) -> ChannelValue? {
        let (plugin, name) = try resolve(kind, .channelKind)
        let running = running(plugin)
        let encoded = running.tokens.withWriter { Self.encodedConfigs(channel.configs, plugin, &$0) }
        var params: JSONObject = ["kind": JSON(name)]
        params["channel"] = ChannelValue(kind: channel.kind, configs: encoded).document
        let answer = try await call(running, .recognizeChannel, [JSON(params).bytes()], timed: .channel)
        return try read(answer[0], of: plugin) { json throws(ShapeError) in
            guard let found = try ChannelValue.read(json) else { return nil }
            return ChannelValue(
                kind: PlainText.strippedLine(found.kind), configs: PlainText.stripped(found.configs))
        }
    }

    private static func holdsToken(_ channel: ChannelValue, _ tokens: SecretTokens) -> Bool {
        tokens.areIn(channel.kind) || tokens.areIn(channel.configs.text())
    }
}

extension EnabledPlugin {
    /// What a validator and a channel kind see: the secrets that were granted as well.
    var channelVisibility: DocumentEncoder.Visibility {
        var visibility = visibility
        visibility.revealed = manifest.permissions.secrets
        return visibility
    }
}
