import LosslessJSON
import WebhookModel

/// The server as its pages describe it, with everything that it ever held.
///
/// PUT replaces the whole webhook, an absent `is_active` falls back to true, identifiers and times are the server's,
/// DELETE succeeds on what is gone.
struct ModelServer {
    /// One state of one webhook; no document once it is deleted.
    struct Version {
        /// Counts over all webhooks.
        let number: Int
        let time: Int64
        let document: JSON?
        /// The document as reads show it, and its bytes; worked out once, since lists show it again and again.
        let shown: JSON?
        let bytes: [UInt8]
        let author: Author
    }

    /// What the server makes of a request.
    enum Answer {
        case webhook(JSON, status: Int)
        case deleted
        case missing
        case refused
    }

    private(set) var order: [WebhookID] = []
    private(set) var histories: [WebhookID: [Version]] = [:]
    private var versions = 0
    private var created = 0
    /// How secrets are shown, and what a mask sent back does.
    var secrets = SecretsOnReads.plain

    enum SecretsOnReads: CaseIterable {
        case plain
        /// A mask sent back keeps the stored secret.
        case keep
        /// A mask sent back is taken at its word.
        case lossy
    }

    func history(of id: WebhookID) -> [Version] { histories[id] ?? [] }

    /// By which webhooks stand in the order in which they were created.
    func firstVersion(of id: WebhookID) -> Int { histories[id]?.first?.number ?? .max }

    func current(_ id: WebhookID) -> JSON? { histories[id]?.last?.document }

    /// The webhook as it was at a time.
    func version(of id: WebhookID, at time: Int64) -> Version? { histories[id]?.last { $0.time <= time } }

    /// The webhooks there were at a time, in the order of their creation.
    func listing(at time: Int64) -> [WebhookID] {
        order.filter { version(of: $0, at: time)?.document != nil }
    }

    /// The version that a process which was shown this has seen.
    func version(of id: WebhookID, showing document: JSON?, until time: Int64) -> Version? {
        let known = histories[id]?.filter { $0.time <= time } ?? []
        // One that never changed needs no comparison, and there are many.
        if known.count == 1, (known[0].shown == nil) == (document == nil) { return known[0] }
        return known.last { $0.shown == document }
    }

    func shown(_ document: JSON) -> JSON { secrets == .plain ? document : SecretMasks.masked(document) }

    // MARK: Changes

    mutating func create(_ body: JSON, by author: Author, at time: Int64) -> Answer {
        guard Self.isAccepted(body), var members = body.object else { return .refused }
        let id = nextID()
        members[Member.id] = JSON(id.rawValue)
        members[Member.createdAt] = Self.moment(time)
        members[Member.updatedAt] = Self.moment(time)
        let document = Self.filled(members)
        order.append(id)
        note(id, document, author, time)
        return .webhook(shown(document), status: 201)
    }

    mutating func replace(_ id: WebhookID, with body: JSON, by author: Author, at time: Int64) -> Answer {
        guard let old = current(id) else { return .missing }
        guard Self.isAccepted(body) else { return .refused }
        let kept = secrets == .keep ? SecretMasks.kept(body, from: old) : body
        guard var members = kept.object else { return .refused }
        members[Member.id] = old[Member.id]
        members[Member.createdAt] = old[Member.createdAt]
        let isMoved = [Member.eventTypes, Member.channels, Member.isActive].contains { members[$0] != old[$0] }
        members[Member.updatedAt] = isMoved ? Self.moment(time) : old[Member.updatedAt]
        let document = Self.filled(members)
        note(id, document, author, time)
        return .webhook(shown(document), status: 200)
    }

    mutating func delete(_ id: WebhookID, by author: Author, at time: Int64) -> Answer {
        if current(id) != nil { note(id, nil, author, time) }
        return .deleted
    }

    private mutating func note(_ id: WebhookID, _ document: JSON?, _ author: Author, _ time: Int64) {
        versions += 1
        let shown = document.map(shown)
        let version = Version(
            number: versions, time: time, document: document, shown: shown, bytes: shown?.bytes() ?? [], author: author)
        histories[id, default: []].append(version)
    }

    private mutating func nextID() -> WebhookID {
        created += 1
        guard let id = WebhookID(rawValue: "wh_sim\(created)") else { preconditionFailure() }
        return id
    }

    /// With the server's defaults for what is left out.
    private static func filled(_ members: JSONObject) -> JSON {
        var members = members
        if members[Member.isActive]?.isNull ?? true { members[Member.isActive] = true }
        if members[Member.resourceTypes] == nil { members[Member.resourceTypes] = [] }
        return JSON(members)
    }

    /// A rule that the client doesn't know of, beside those of the schema.
    private static func isAccepted(_ body: JSON) -> Bool {
        let webhook = Webhook(document: body)
        return !webhook.name.isEmpty && !webhook.eventTypes.isEmpty && !webhook.channels.isEmpty
            && !webhook.name.hasSuffix("!")
    }

    private static func moment(_ time: Int64) -> JSON {
        JSON(Timestamp(seconds: time / 1_000_000_000, nanoseconds: Int32(time % 1_000_000_000)).description)
    }
}
