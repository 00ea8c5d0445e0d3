import LosslessJSON
import WebhookModel

/// The model server's own idea of secrets: each channel's `configs.signing_secret`, shown with its last four characters.
enum SecretMasks {
    static let member = "signing_secret"

    static func mask(_ secret: String) -> String { "****" + secret.suffix(4) }

    static func isMask(_ value: JSON?) -> Bool { value?.string?.hasPrefix("****") ?? false }

    static func masked(_ document: JSON) -> JSON {
        mapSecrets(of: document) { _, secret in secret.string.map { JSON(mask($0)) } ?? secret }
    }

    /// The body with the stored secret in place of each mask of it, by the channel's URL.
    static func kept(_ body: JSON, from old: JSON) -> JSON {
        var stored: [JSON: JSON] = [:]
        for channel in old[Member.channels]?.array ?? [] {
            guard let url = channel[Member.configs]?["url"] else { continue }
            stored[url] = channel[Member.configs]?[member]
        }
        return mapSecrets(of: body) { url, secret in
            guard let url, let old = stored[url], let text = old.string, secret == JSON(mask(text)) else {
                return secret
            }
            return old
        }
    }

    /// Whether any secret of the document is a mask.
    static func holdsMask(_ document: JSON) -> Bool {
        (document[Member.channels]?.array ?? []).contains { isMask($0[Member.configs]?[member]) }
    }

    private static func mapSecrets(of document: JSON, _ change: (JSON?, JSON) -> JSON) -> JSON {
        guard var members = document.object, let channels = members[Member.channels]?.array else { return document }
        members[Member.channels] = JSON(
            channels.map { channel in
                guard var outer = channel.object, var configs = outer[Member.configs]?.object,
                    let secret = configs[member]
                else { return channel }
                configs[member] = change(configs["url"], secret)
                outer[Member.configs] = JSON(configs)
                return JSON(outer)
            })
        return JSON(members)
    }
}
