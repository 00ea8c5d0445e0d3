import LosslessJSON
import Session
import WebhookModel

/// A webhook's fields as the text of a table's or a file's cells.
struct WebhookCells: Sendable {
    var showsSecrets: Bool
    /// Values that came by reference in this session.
    var known = KnownSecrets()

    static let standardColumns: [Field] = [.id, .name, .active, .events, .channels]

    func cell(_ field: Field, of row: WebhookRow) -> String {
        switch field {
        case .id: row.key
        case .staged: row.mark?.rawValue ?? ""
        case .name: showsSecrets ? row.webhook.name : Masking.shown(row.webhook.name)
        case .active: row.webhook.isActive ? "true" : "false"
        case .events: row.webhook.eventTypes.joined(separator: ",")
        case .resourceTypes: list(field, of: row)
        case .channel: row.webhook.channels.map(\.kind).joined(separator: ",")
        case .channels: row.webhook.channels.map(summary).joined(separator: ", ")
        case .health: health(row.webhook)
        default: text(value(field, of: row))
        }
    }

    /// The field's value with its secrets masked, as data.
    func value(_ field: Field, of row: WebhookRow) -> JSON {
        switch field {
        case .id: return JSON(row.key)
        case .staged: return JSON(row.mark != nil)
        default:
            let shown = showsSecrets ? row.webhook : Webhook(document: known.shown(row.webhook.document, at: .root))
            return field.value(in: shown).json
        }
    }

    private func list(_ field: Field, of row: WebhookRow) -> String {
        let value = value(field, of: row)
        return value.array.map { $0.map(text).joined(separator: ",") } ?? text(value)
    }

    /// The kind and what identifies the destination: `slack C0123456789`, `webhook hooks.example.com`.
    func summary(_ channel: Channel) -> String {
        let keys: [String] =
            switch channel.kind {
            case "slack": ["channel_id", "channel"]
            case "email": ["to_addresses", "recipients"]
            case "webhook": ["url"]
            case "sms": ["phone_numbers"]
            default: []
            }
        for key in keys {
            guard let plain = channel.config(key) else { continue }
            let value = showsSecrets ? plain : known.shown(plain, at: [.name(key)])
            if let list = value.array {
                let more = list.count > 1 ? " +\(list.count - 1)" : ""
                return channel.kind + " " + text(list.first ?? .null) + more
            }
            return channel.kind + " " + (channel.kind == "webhook" ? hostAndPath(text(value)) : text(value))
        }
        return channel.kind.isEmpty ? "?" : channel.kind
    }

    private func health(_ webhook: Webhook) -> String {
        guard let health = webhook.deliveryHealth else { return "" }
        switch DeliveryState(of: webhook) {
        case .paused: return "paused"
        case .failing: return "\(health["consecutive_failures"]?.number?.int ?? 0) failed"
        case .well: return "ok"
        }
    }

    /// A URL without scheme, userinfo and query, which may hold secrets.
    private func hostAndPath(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        guard let slash = rest.firstIndex(of: "/") else { return String(rest.split(separator: "@").last ?? rest) }
        return String(rest[..<slash].split(separator: "@").last ?? "") + rest[slash...]
    }

    private func text(_ value: JSON) -> String {
        if value.isNull { return "" }
        return value.string ?? value.text(.compact)
    }
}
