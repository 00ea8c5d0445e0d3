extension ChannelKind {
    static let all: [ChannelKind] = [slack, email, webhook, sms]

    /// With a bot (`bot_token`, `channel_id`, `workspace_id`: the pages' example) or an incoming hook (`webhook_url`:
    /// the schema).
    private static let slack = ChannelKind(
        name: "slack",
        keys: [
            key("webhook_url", .url, .requiredUnless(["bot_token", "channel_id"]), .whole),
            key("bot_token", .text, secrecy: .whole),
            key("channel_id", .text),
            key("workspace_id", .text),
            key("channel", .text),
            key("username", .text),
            key("icon_emoji", .text),
            key("icon_url", .url, secrecy: .urlParts),
            key("blocks_template", .json),
        ],
        versions: Set(APIVersion.allCases))

    private static let email = ChannelKind(
        name: "email",
        keys: [
            key("to_addresses", .emailAddresses, .requiredUnless(["recipients"])),
            key("recipients", .emailAddresses),
            key("cc_addresses", .emailAddresses),
            key("bcc_addresses", .emailAddresses),
            key("subject_template", .text),
            key("body_template", .text),
            key("content_type", .oneOf(["html", "plain_text", "markdown", "json"])),
        ],
        versions: Set(APIVersion.allCases))

    private static let webhook = ChannelKind(
        name: "webhook",
        keys: [
            key("url", .url, .required, .urlParts),
            key("headers", .textMembers, secrecy: .members),
            key("payload_template", .json),
            key("timeout", .seconds),
            key("method", .text),
            key("signing_secret", .text, secrecy: .whole),
        ],
        versions: Set(APIVersion.allCases))

    private static let sms = ChannelKind(
        name: "sms",
        keys: [
            key("phone_numbers", .phoneNumbers, .required),
            key("message_template", .text),
        ],
        versions: [.november2025, .january2026])

    private static func key(
        _ name: String, _ type: ConfigType, _ requirement: ConfigKey.Requirement = .optional,
        _ secrecy: ConfigKey.Secrecy
    ) -> ConfigKey {
        ConfigKey(name: name, type: type, requirement: requirement, secrecy: secrecy)
    }

    private static func key(
        _ name: String, _ type: ConfigType, _ requirement: ConfigKey.Requirement = .optional
    ) -> ConfigKey {
        key(name, type, requirement, .plain)
    }

    private static func key(_ name: String, _ type: ConfigType, secrecy: ConfigKey.Secrecy) -> ConfigKey {
        key(name, type, .optional, secrecy)
    }
}
