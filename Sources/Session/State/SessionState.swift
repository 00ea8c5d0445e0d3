import LosslessJSON
import WebhookModel

/// All that a session knows: what the server holds, what is chosen, what is staged. A value without effects.
///
/// Work is in proportion to what a call touches, never to what is listed or staged beside it (except where a call is
/// about everything: `keys`, `refresh`).
package struct SessionState: Sendable {
    package internal(set) var listing = Listing()
    package internal(set) var selection = Selection()
    /// Whether a selection was made and not given up, even if nothing is in it.
    package private(set) var isSelecting = false
    package internal(set) var current: WebhookKey?
    var stagedByKey: [WebhookKey: Staged] = [:]
    private(set) var stagedEver = 0
    /// The staged webhooks that are shown under another name than the listed one, by that name and by key.
    var stagedNames: [String: Set<WebhookKey>] = [:]
    var stagedNameByKey: [WebhookKey: String] = [:]
    var newCount = 0
    /// What `new:N` became.
    var created: [Int: WebhookID] = [:]
    var undoLog = UndoLog()
    /// What came by reference in this session, committed or not.
    package internal(set) var knownSecrets = KnownSecrets()

    package init() {}

    // MARK: Looking

    /// Every webhook there is in this session: those listed, then those to create. Those staged for deletion count.
    package var keys: [WebhookKey] {
        listing.ids.map { .existing($0) } + stagedKeysToCreate
    }

    /// What the last listing showed, and what was created since the session began.
    var seen: Set<WebhookID> { Set(listing.ids).union(created.values) }

    /// Whether the session knows a webhook of this key.
    package func contains(_ key: WebhookKey) -> Bool {
        switch key {
        case .existing(let id): listing[id] != nil || stagedByKey[key] != nil
        case .new: stagedByKey[key] != nil
        }
    }

    /// The webhook with its staged edits; nil when unknown or staged for deletion.
    package func webhook(_ key: WebhookKey) -> Webhook? {
        if let staged = stagedByKey[key] { return staged.webhook }
        return live(key)
    }

    /// The webhook with its staged edits as it may be shown: what came by reference in this session as the reference,
    /// other secrets masked.
    package func masked(_ webhook: Webhook) -> Webhook {
        Webhook(document: knownSecrets.shown(webhook.document, at: .root))
    }

    /// The webhook as last read from the server.
    package func live(_ key: WebhookKey) -> Webhook? {
        key.id.flatMap { listing[$0] }
    }

    /// The staged edits of one webhook.
    package func staged(_ key: WebhookKey) -> Staged? { stagedByKey[key] }

    /// All staged edits, in the order in which the webhooks were first staged.
    package var staged: [Staged] {
        stagedByKey.values.sorted { $0.order < $1.order }
    }

    /// The place of the next webhook that is staged.
    mutating func nextOrder() -> Int {
        stagedEver += 1
        return stagedEver
    }

    package var stagedCount: Int { stagedByKey.count }

    /// What `new:N` of this session became, for those that were committed.
    package func createdID(_ number: Int) -> WebhookID? { created[number] }

    /// Which `new:N` of this session a webhook was.
    package func number(creating id: WebhookID) -> Int? { created.first { $0.value == id }?.key }

    /// The last number that was given to a webhook to create.
    package var lastNumber: Int { newCount }

    private var stagedKeysToCreate: [WebhookKey] {
        stagedByKey.keys.filter { $0.id == nil }.sorted()
    }

    // MARK: Choosing

    /// Makes a webhook current, or none.
    package mutating func use(_ key: WebhookKey?) throws(StagingError) {
        if let key, !contains(key) { throw .unknown(key) }
        current = key
    }

    package mutating func select(_ keys: [WebhookKey]) throws(StagingError) {
        try check(keys)
        selection = Selection(keys)
        isSelecting = true
    }

    package mutating func addToSelection(_ keys: [WebhookKey]) throws(StagingError) {
        try check(keys)
        selection.add(keys)
        isSelecting = true
    }

    package mutating func removeFromSelection(_ keys: [WebhookKey]) { selection.remove(keys) }

    package mutating func deselect() {
        selection = Selection()
        isSelecting = false
    }

    /// What an editing command acts on: what it names, else the selection, else the current webhook.
    package func targets(on named: [WebhookKey]? = nil) throws(StagingError) -> [WebhookKey] {
        if let named { return named }
        if !selection.isEmpty { return selection.keys }
        // A condition that nothing met must not turn an edit on to something else.
        if isSelecting { throw .emptySelection }
        if let current { return [current] }
        throw .noTarget
    }

    private func check(_ keys: [WebhookKey]) throws(StagingError) {
        for key in keys where !contains(key) { throw .unknown(key) }
    }

    // MARK: Reading from the server

    /// Takes a whole listing. Staged edits keep the base they were made against; a choice of what is gone is dropped.
    package mutating func refresh(_ webhooks: some Collection<Webhook>, at time: Timestamp) {
        listing = Listing(webhooks, at: time)
        for (key, staged) in stagedByKey { index(staged, for: key) }
        forgetGone()
    }

    /// Takes one webhook as just read.
    package mutating func refresh(_ webhook: Webhook) {
        guard let id = webhook.id else { return }
        listing.put(webhook, as: id)
        index(stagedByKey[.existing(id)], for: .existing(id))
    }

    /// Takes note that a webhook is gone from the server.
    package mutating func forget(_ id: WebhookID) {
        listing.remove(id)
        index(stagedByKey[.existing(id)], for: .existing(id))
        forgetGone()
    }

    mutating func forgetGone() {
        if let key = current, !contains(key) { current = nil }
        selection.remove(selection.keys.filter { !contains($0) })
    }
}
