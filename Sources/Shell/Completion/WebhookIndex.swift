import Session
import WebhookModel

/// The webhooks that a session knows, by identifier and by name, as completion looks them up.
struct WebhookIndex: Sendable {
    private let ids: SortedNames
    private let names: SortedNames

    init(_ state: SessionState? = nil) {
        guard let state else {
            ids = SortedNames([])
            names = SortedNames([])
            return
        }
        let entries = state.keys.map { key in
            let name = (state.webhook(key) ?? state.live(key))?.name ?? ""
            return SortedNames.Entry(text: key.description, detail: Masking.shown(name))
        }
        ids = SortedNames(entries)
        names = SortedNames(
            // A name with a secret in it is not one that can be typed as it is shown.
            entries.lazy.filter { !$0.detail.isEmpty && !$0.detail.contains(Masking.mark) }.map {
                SortedNames.Entry(text: $0.detail, detail: $0.text)
            })
    }

    /// What may be written where a webhook is due: its identifier or its name. What only holds the text stands as the
    /// identifier, with the name beside it.
    func references(_ tier: MatchTier, _ typed: String) -> CompletionMatches {
        guard tier == .within else {
            var found = lookUp(ids, tier, typed)
            found.add(lookUp(names, tier, typed, asReference: true))
            return found
        }
        let byName = names.places(.within, of: typed)
        let byID = ids.places(.within, of: typed)
        // Of very many only the first are put in order, and one found both ways is counted twice.
        let bound = 2 * CompletionMatches.limit
        let first = byName.prefix(bound).map { names[$0].detail } + byID.prefix(bound).map { ids[$0].text }
        let found = Set(first).sorted()
        let total = max(found.count, byName.count + byID.count > bound ? byName.count + byID.count : 0)
        let items = found.prefix(CompletionMatches.limit).map { CompletionItem($0, name(of: $0)) }
        return CompletionMatches(items: items, total: total, common: total == 1 ? found[0] : total == 0 ? nil : "")
    }

    func identifiers(_ tier: MatchTier, _ typed: String) -> CompletionMatches { lookUp(ids, tier, typed) }

    func names(_ tier: MatchTier, _ typed: String) -> CompletionMatches { lookUp(names, tier, typed) }

    /// A name that several webhooks have names none of them: then the identifier is offered in its place.
    private func lookUp(
        _ list: SortedNames, _ tier: MatchTier, _ typed: String, asReference: Bool = false
    ) -> CompletionMatches {
        let places = list.places(tier, of: typed)
        guard let first = places.first, let last = places.last else { return .none }
        if !asReference, list.areEqual(first, last) {
            let entry = list[first]
            return CompletionMatches(items: [CompletionItem(entry.text, entry.detail)], total: 1, common: entry.text)
        }
        var isAmbiguous = false
        let items = places.prefix(CompletionMatches.limit).map { place in
            let entry = list[place]
            guard asReference, list.isRepeated(place) else { return CompletionItem(entry.text, entry.detail) }
            isAmbiguous = true
            return CompletionItem(entry.detail, entry.text)
        }
        let common = isAmbiguous ? "" : list.common(places, known: tier == .beginning ? typed.utf8.count : 0)
        return CompletionMatches(items: items, total: places.count, common: common)
    }

    private func name(of id: String) -> String? {
        ids.places(.beginning, of: id).first.map { ids[$0].detail }
    }
}
