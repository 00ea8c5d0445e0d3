import WebhookModel

/// Why a WEBHOOK reference names none.
package enum ResolutionError: Error, Hashable, Sendable {
    case notFound(String, nearest: String?)
    /// Several match; those listed, in order, up to a limit, and how many there are in all.
    case ambiguous(String, candidates: [WebhookKey], count: Int)
    /// `new:N` was undone or discarded, or never there.
    case unknownNew(Int)
}

extension SessionState {
    /// How many candidates an ambiguous reference names.
    package static let candidateLimit = 20

    /// The webhook that a reference names: an exact identifier or `new:N`, else an exact name (as shown, so staged names
    /// count), else a unique prefix of an identifier.
    package func resolve(_ reference: String) throws(ResolutionError) -> WebhookKey {
        if let key = WebhookKey(reference) {
            if let known = try exact(key) { return known }
        }
        if let named = try single(keys(named: reference), reference) { return named }
        // What every identifier begins with names none, even where there is but one.
        if let prefixed = try single(keys(prefixed: reference), reference), reference != WebhookID.prefix {
            return prefixed
        }
        throw .notFound(reference, nearest: nearest(to: reference))
    }

    private func exact(_ key: WebhookKey) throws(ResolutionError) -> WebhookKey? {
        if contains(key) { return key }
        guard case .new(let number) = key else { return nil }
        guard let id = created[number], contains(.existing(id)) else { throw .unknownNew(number) }
        return .existing(id)
    }

    private func single(_ keys: [WebhookKey], _ reference: String) throws(ResolutionError) -> WebhookKey? {
        if keys.count > 1 {
            throw .ambiguous(reference, candidates: Array(keys.prefix(Self.candidateLimit)), count: keys.count)
        }
        return keys.first
    }

    /// Webhooks shown under exactly this name.
    package func keys(named name: String) -> [WebhookKey] {
        let listed = listing.ids(named: name).map { WebhookKey.existing($0) }
            .filter { stagedNameByKey[$0] == nil }
        return (listed + (stagedNames[name] ?? [])).sorted()
    }

    private func keys(prefixed prefix: String) -> [WebhookKey] {
        guard prefix.hasPrefix(WebhookID.prefix) else { return [] }
        return listing.ids.filter { $0.rawValue.utf8.starts(with: prefix.utf8) }.map { .existing($0) }.sorted()
    }

    private func nearest(to reference: String) -> String? {
        if reference.hasPrefix(WebhookID.prefix) {
            return Nearest.name(reference, among: listing.ids.lazy.map(\.rawValue))
        }
        return Nearest.name(reference, among: keys.lazy.compactMap { (webhook($0) ?? live($0))?.name })
    }
}
