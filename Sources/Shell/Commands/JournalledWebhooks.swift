import LosslessJSON
import Session
import WebhookModel

/// Webhooks as entries of the journal knew them: those that are gone are here all the same, and earlier names count.
struct JournalledWebhooks: Sendable {
    private var names: [WebhookID: Set<String>] = [:]

    init(_ entries: [JournalEntry] = []) { add(entries) }

    mutating func add(_ entries: [JournalEntry]) {
        for entry in entries {
            guard let id = entry.id else { continue }
            let documents = [entry.before, entry.target, entry.after]
            let all = [entry.name] + documents.compactMap { $0?[Member.name]?.string }
            names[id, default: []].formUnion(all)
        }
    }

    func contains(_ id: WebhookID) -> Bool { names[id] != nil }

    /// The webhook that a reference names: an exact id, else an exact name, the present one before earlier ones, else a
    /// unique prefix of an id.
    ///
    /// - Parameters:
    ///   - state: who has which name now; nil if that can't be known.
    ///   - others: webhooks that no entry need know.
    /// - Returns: nil if it names none.
    func id(
        _ reference: String, _ state: SessionState?, orOf others: [WebhookKey] = []
    ) throws(ResolutionError) -> WebhookID? {
        let candidates = Set(names.keys).union(others.compactMap(\.id))
        if let id = WebhookID(rawValue: reference), candidates.contains(id) { return id }
        let present = (state?.keys(named: reference) ?? []).compactMap(\.id).filter(candidates.contains)
        if let id = try Self.single(present, reference) { return id }
        let former = names.filter { $0.value.contains(reference) }.map(\.key)
        if let id = try Self.single(former, reference) { return id }
        guard reference.hasPrefix(WebhookID.prefix), reference.utf8.count > WebhookID.prefix.utf8.count else {
            return nil
        }
        return try Self.single(candidates.filter { $0.rawValue.hasPrefix(reference) }, reference)
    }

    private static func single(
        _ ids: some Collection<WebhookID>, _ reference: String
    ) throws(ResolutionError) -> WebhookID? {
        if ids.count > 1 {
            let keys = ids.sorted().prefix(SessionState.candidateLimit).map { WebhookKey.existing($0) }
            throw .ambiguous(reference, candidates: keys, count: ids.count)
        }
        return ids.first
    }
}
