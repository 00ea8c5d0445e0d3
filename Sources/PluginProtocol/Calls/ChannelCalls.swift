import LosslessJSON

/// A channel to validate.
package struct ChannelItem: Hashable, Sendable {
    /// The webhook that has it.
    package var key: String
    /// Its place in `channels`.
    package var index: Int
    package var configs: JSON

    package init(key: String, index: Int, configs: JSON) {
        self.key = key
        self.index = index
        self.configs = configs
    }

    init(_ shape: Shape) throws(ShapeError) {
        key = try shape.text("key")
        index = try shape.count("index")
        configs = try shape.member("configs", .object).json
    }
}

/// `validate/channel`: channels of one kind.
package struct ValidateParams: Hashable, Sendable {
    package var kind: String
    package var items: [ChannelItem]

    package init(kind: String, items: [ChannelItem]) {
        self.kind = kind
        self.items = items
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        kind = try shape.text("kind")
        items = try shape.list("items", of: ChannelItem.init)
    }
}

/// `channel/lower`: a channel of a contributed kind, to be made one that the API knows.
package struct LowerParams: Hashable, Sendable {
    package var kind: String
    package var configs: JSON

    package init(kind: String, configs: JSON) {
        self.kind = kind
        self.configs = configs
    }

    package init(_ json: JSON) throws(ShapeError) {
        let shape = Shape(json)
        kind = try shape.text("kind")
        configs = try shape.member("configs", .object).json
    }

    package var json: JSON { ["kind": JSON(kind), "configs": configs] }
}

/// `channel/recognize`: a channel that the API knows, which may be one of a contributed kind. And what it is, the answer
/// of both calls.
package struct ChannelValue: Hashable, Sendable {
    package var kind: String
    package var configs: JSON

    package init(kind: String, configs: JSON) {
        self.kind = kind
        self.configs = configs
    }

    /// Reads `{channel: {channel, configs}}`; nil where `channel` is null.
    package static func read(_ json: JSON) throws(ShapeError) -> ChannelValue? {
        let shape = Shape(json)
        guard let channel = shape.optional("channel") else {
            // A plugin that answers null says "none of mine"; anything else lacks its member.
            guard json.isNull || json["channel"] != nil else {
                throw ShapeError(path: ["channel"], expected: .object, found: nil)
            }
            return nil
        }
        let configs = try channel.member("configs", .object)
        _ = try configs.object()
        return ChannelValue(kind: try channel.text("channel"), configs: configs.json)
    }

    /// `{channel, configs}`.
    package var document: JSON { ["channel": JSON(kind), "configs": configs] }
    /// `{channel: {channel, configs}}`.
    package var json: JSON { ["channel": document] }
}
