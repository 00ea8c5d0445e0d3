import Session

/// Webhooks by id with the name beside, and by name.
enum WebhookCandidates {
    static func items(_ state: SessionState?) -> [CandidateSource.Item] {
        guard let state else { return [] }
        let ids = state.keys.map { key in
            CandidateSource.Item(text: key.description, detail: (state.webhook(key) ?? state.live(key))?.name)
        }
        return ids + names(state)
    }

    static func names(_ state: SessionState?) -> [CandidateSource.Item] {
        guard let state else { return [] }
        return state.keys.compactMap { key in
            guard let name = (state.webhook(key) ?? state.live(key))?.name, !name.isEmpty else { return nil }
            return CandidateSource.Item(text: name, detail: key.description)
        }
    }
}
