import WebhookModel

extension Edit {
    /// Whether the edit counts even where it changes nothing: a merge then conflicts with a foreign change.
    var isExplicit: Bool {
        switch self {
        case .create, .clone, .delete, .setEvents: true
        case .set, .unset, .addEvents, .removeEvents, .renameEvent, .addChannel, .setChannel, .removeChannel, .replace,
            .become:
            false
        }
    }

    /// Whether the edit can change the webhook's name.
    var mayRename: Bool {
        switch self {
        case .create, .clone, .become: true
        case .set(let path, _), .unset(let path), .replace(let path, _, _):
            [.name(Member.name), .any, nil].contains(path.steps.first)
        case .addEvents, .removeEvents, .setEvents, .renameEvent, .addChannel, .setChannel, .removeChannel, .delete:
            false
        }
    }

    /// Whether a value in it came by reference to a secret.
    var holdsSecret: Bool {
        switch self {
        case .create(let webhook): webhook.channels.contains(where: \.holdsSecret)
        case .set(_, let value), .replace(_, _, let value): value.isSecret
        case .addChannel(let channel): channel.holdsSecret
        case .setChannel(_, let entries): entries.contains(where: \.value.isSecret)
        case .clone, .unset, .addEvents, .removeEvents, .setEvents, .renameEvent, .removeChannel, .become, .delete:
            false
        }
    }
}

extension NewChannel {
    fileprivate var holdsSecret: Bool {
        switch content {
        case .entries(let entries): entries.contains(where: \.value.isSecret)
        case .configs(let value): value.isSecret
        }
    }
}
