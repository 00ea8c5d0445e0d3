import LosslessJSON
import WebhookModel

/// Merges staged edits into a webhook that may have changed since they were staged.
///
/// What the edits did not touch comes from the live document, byte for byte: the result is that document, patched.
package struct Merge: Hashable, Sendable {
    /// What the webhook is to become; nil to delete it. Without meaning when there are conflicts.
    package let document: JSON?
    /// What stops the webhook; empty under `force`, but for a webhook that is gone.
    package let conflicts: [Conflict]
    /// What `force` takes ours of.
    package let overwritten: [Conflict]

    /// Merges base, live and staged; `live` is nil when the webhook is gone or was never there.
    ///
    /// `force` takes the staged side of a conflict. A webhook that somebody deleted can't be forced back: its identifier
    /// is gone.
    package init(base: JSON?, live: JSON?, staged: EditedDocument, force: Bool = false) {
        var merger = Merger(force: force, secrets: staged.knownSecrets)
        if staged.isDeleted {
            document = nil
            merger.mergeDeletion(base: base, live: live)
        } else if let base {
            document = merger.merge(base: base, live: live, staged: staged)
        } else {
            document = staged.document
        }
        conflicts = merger.conflicts
        overwritten = merger.overwritten
    }
}

/// Collects conflicts while the parts of a document are merged.
struct Merger {
    let force: Bool
    private let secrets: KnownSecrets
    private(set) var conflicts: [Conflict] = []
    private(set) var overwritten: [Conflict] = []

    init(force: Bool, secrets: KnownSecrets) {
        self.force = force
        self.secrets = secrets
    }

    /// Notes a conflict; answers the side to go on with.
    mutating func conflict(at path: JSONPath, base: JSON?, live: JSON?, staged: JSON?) -> JSON? {
        let conflict = Conflict(path: path, base: base, live: live, staged: staged, secrets: secrets)
        if force { overwritten.append(conflict) } else { conflicts.append(conflict) }
        return force ? staged : live
    }

    mutating func mergeDeletion(base: JSON?, live: JSON?) {
        guard let base, let live, !ServerOwned.isSame(base, live) else { return }
        _ = conflict(at: .root, base: base, live: live, staged: nil)
    }

    mutating func merge(base: JSON, live: JSON?, staged: EditedDocument) -> JSON? {
        let wanted = staged.document
        guard let live else {
            conflicts.append(Conflict(path: .root, base: base, live: nil, staged: wanted, secrets: secrets))
            return nil
        }
        guard let baseMembers = base.object, let liveMembers = live.object, let stagedMembers = wanted?.object else {
            return mergeValue(base, live, wanted, at: .root, Explicit(staged.explicit))
        }
        let explicit = Explicit(staged.explicit)
        var result = liveMembers
        for name in liveMembers.keys + stagedMembers.keys.filter({ liveMembers[$0] == nil }) {
            if Member.serverOwned.contains(name) { continue }
            let (old, now, wanted) = (baseMembers[name], liveMembers[name], stagedMembers[name])
            let inner = explicit.below(.name(name))
            let merged: JSON? =
                switch name {
                case Member.eventTypes: mergeEvents(old, now, wanted, inner)
                case Member.channels: mergeChannels(old, now, wanted, inner, staged.channels)
                default: mergeValue(old, now, wanted, at: [.name(name)], inner)
                }
            if merged != now { result[name] = merged }
        }
        return JSON(result)
    }
}

/// Comparison of webhooks apart from what only the server changes.
package enum ServerOwned {
    /// Whether two documents are equal but for their server-owned members.
    package static func isSame(_ left: JSON, _ right: JSON) -> Bool {
        left.isEqual(to: right, ignoring: Member.serverOwned) || without(left) == without(right)
    }

    /// The document without its server-owned members.
    package static func without(_ document: JSON) -> JSON {
        guard var members = document.object else { return document }
        for name in Member.serverOwned { members[name] = nil }
        return JSON(members)
    }
}
