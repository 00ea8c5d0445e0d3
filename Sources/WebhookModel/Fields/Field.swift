import LosslessJSON

/// What `where`, columns and `--sort` can ask of a webhook: a field by its short name, or a path into the document.
package enum Field: Hashable, Sendable, CustomStringConvertible {
    case id, name, description, active, events, channels
    /// The kinds of the channels.
    case channel
    case health, created, updated
    case resourceTypes
    /// Whether edits are staged: known to the session only, so a webhook alone has no value for it.
    case staged
    case path(FieldPath)

    /// The fields that have a short name, in the order to show them.
    package static let named: [Field] = [
        .id, .name, .description, .active, .events, .channels, .channel, .health, .created, .updated, .resourceTypes,
        .staged,
    ]

    /// The short name, or the path as spelt.
    package var description: String {
        switch self {
        case .id: "id"
        case .name: "name"
        case .description: "description"
        case .active: "active"
        case .events: "events"
        case .channels: "channels"
        case .channel: "channel"
        case .health: "health"
        case .created: "created"
        case .updated: "updated"
        case .resourceTypes: "resource_types"
        case .staged: "staged"
        case .path(let path): path.description
        }
    }

    /// The document's member behind a short name; nil for `channel`, `staged` and paths.
    package var member: String? {
        switch self {
        case .id: Member.id
        case .name: Member.name
        case .description: Member.description
        case .active: Member.isActive
        case .events: Member.eventTypes
        case .channels: Member.channels
        case .health: Member.deliveryHealth
        case .created: Member.createdAt
        case .updated: Member.updatedAt
        case .resourceTypes: Member.resourceTypes
        case .channel, .staged, .path: nil
        }
    }

    /// What values of the field are, so that `name = 2024` compares text.
    package var type: FieldType {
        switch self {
        case .id, .name, .description, .channel: .text
        case .active, .staged: .boolean
        case .events, .resourceTypes: .texts
        case .created, .updated: .time
        case .channels, .health: .json
        case .path(let path): path.type
        }
    }

    /// The path to write to when the field is set; nil for `channel` and `staged`, which are derived.
    package var path: FieldPath? {
        if case .path(let path) = self { return path }
        return member.map { FieldPath([.name($0)]) }
    }
}

/// What the values of a field are.
package enum FieldType: Hashable, Sendable {
    case text, boolean, number, time
    /// A list of text.
    case texts
    /// Whatever the document holds.
    case json
}

/// What a field is in one webhook.
package enum FieldValue: Hashable, Sendable {
    case absent
    case single(JSON)
    /// The elements of a list, or what a path that crosses a list found in it.
    case list([JSON])

    /// As JSON: null when absent.
    package var json: JSON {
        switch self {
        case .absent: .null
        case .single(let value): value
        case .list(let values): JSON(values)
        }
    }
}

extension Field {
    /// The field's value in a webhook.
    package func value(in webhook: Webhook) -> FieldValue {
        switch self {
        case .staged: return .absent
        case .active: return .single(JSON(webhook.isActive))
        case .channel: return .list(webhook.channels.map { JSON($0.kind) })
        case .path(let path): return path.value(in: webhook.document)
        default:
            guard let value = member.flatMap({ webhook.document[$0] }) else { return .absent }
            return FieldValue(value)
        }
    }
}

extension FieldValue {
    /// A list for an array, else the value itself.
    package init(_ value: JSON) {
        self = value.array.map { .list(Array($0)) } ?? .single(value)
    }
}
