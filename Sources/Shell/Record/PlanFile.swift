import LosslessJSON
import Session
import WebhookModel

/// A plan that is kept for later: the edits as commands, the documents they were planned over as digests, and what it is
/// bound to. It is sealed under the API key, so that it can be neither edited nor used for another organization.
struct PlanFile: Sendable {
    enum Failure: Error, Hashable {
        case notAPlan
        case edited
        case otherTarget(CommitTarget)
        case expired(Timestamp)
        /// It was made later than it is now: this clock or the other one is wrong, and its expiry means nothing.
        case notYetMade(Timestamp, now: Timestamp)
        /// Webhooks that are not as they were planned over.
        case stale([WebhookKey])
        case notKept(WebhookKey, EditText.Failure)
        case editsAreStaged(Int)
        /// A draft was made against other documents than there are now.
        case changedSinceDraft([WebhookKey])
        case holdsNothing
    }

    struct Entry: Hashable, Sendable {
        let key: WebhookKey
        let name: String
        /// The digest of the server's document, what the server owns apart; nil for one to create.
        let base: String?
        /// Commands, to be run on the webhook in this order.
        let lines: [String]
    }

    static let format = 1
    /// By how much two machines' clocks may differ.
    static let clockTolerance = Duration.seconds(300)

    let target: CommitTarget
    let createdAt: Timestamp
    let expiresAt: Timestamp
    /// What the plan was allowed by name: its commit is allowed that, too.
    let allowed: Set<CommitLimits.Allowance>
    /// Whether as many webhooks were within the limit where the plan was made: they are where it is committed.
    let isWithinLimit: Bool
    let entries: [Entry]

    /// - Throws: `notKept` for an edit that no command makes, or that holds a secret as it is.
    init(
        _ prepared: PreparedCommit, allowed: Set<CommitLimits.Allowance> = [], target: CommitTarget, now: Timestamp,
        expiry: Duration, digest: (JSON) -> String
    ) throws(Failure) {
        self.target = target
        self.allowed = allowed
        isWithinLimit = !prepared.breaches.contains(where: \.isOfNumbers)
        createdAt = now
        expiresAt = now.advanced(by: expiry)
        var entries: [Entry] = []
        for entry in prepared.plan.entries where entry.action.isWrite {
            var lines: [String] = []
            do throws(EditText.Failure) {
                for edit in entry.staged.edits { lines.append(try EditText.line(edit)) }
            } catch { throw .notKept(entry.key, error) }
            entries.append(
                Entry(
                    key: entry.key, name: entry.name, base: entry.live.map { digest(ServerOwned.without($0.document)) },
                    lines: lines))
        }
        if entries.isEmpty { throw .holdsNothing }
        self.entries = entries
    }

    /// Limits that let through what they let through when the plan was made.
    func raise(_ limits: inout CommitLimits) {
        limits.allowed.formUnion(allowed)
        guard isWithinLimit else { return }
        limits.maximumCount = nil
        limits.maximumPercent = nil
    }

    // MARK: As JSON

    var json: JSON {
        [
            "hookline_plan": JSON(Self.format), "profile": JSON(target.profile), "host": JSON(target.host),
            "organization": JSON(target.organization), "created_at": JSON(createdAt.description),
            "expires_at": JSON(expiresAt.description), "allow": JSON(allowed.sorted().map { JSON($0.rawValue) }),
            "within_limit": JSON(isWithinLimit),
            "webhooks": JSON(
                entries.map { entry in
                    [
                        "id": JSON(entry.key.description), "name": JSON(entry.name),
                        "base": entry.base.map { JSON($0) } ?? .null, "edits": JSON(entry.lines.map { JSON($0) }),
                    ]
                }),
        ]
    }

    init(_ json: JSON) throws(Failure) {
        guard json["hookline_plan"]?.number?.int == Self.format, let profile = json["profile"]?.string,
            let host = json["host"]?.string, let organization = json["organization"]?.string,
            let created = json["created_at"]?.string.flatMap({ Timestamp(parsing: $0) }),
            let expires = json["expires_at"]?.string.flatMap({ Timestamp(parsing: $0) }),
            let webhooks = json["webhooks"]?.array
        else { throw .notAPlan }
        target = CommitTarget(profile: profile, host: host, organization: organization)
        createdAt = created
        expiresAt = expires
        let allowances = (json["allow"]?.array ?? []).map { CommitLimits.Allowance(rawValue: $0.string ?? "") }
        guard !allowances.contains(nil) else { throw .notAPlan }
        allowed = Set(allowances.compactMap(\.self))
        isWithinLimit = json["within_limit"] == true
        var entries: [Entry] = []
        for webhook in webhooks {
            guard let key = webhook["id"]?.string.flatMap({ WebhookKey($0) }), let name = webhook["name"]?.string,
                let lines = webhook["edits"]?.array?.map({ $0.string }), !lines.contains(nil)
            else { throw .notAPlan }
            entries.append(
                Entry(key: key, name: name, base: webhook["base"]?.string, lines: lines.compactMap(\.self)))
        }
        self.entries = entries
    }

    /// What stands in the way of committing it now, with these documents on the server.
    func check(
        for target: CommitTarget, at now: Timestamp, live: (WebhookKey) -> Webhook?, digest: (JSON) -> String
    ) throws(Failure) {
        if self.target != target { throw .otherTarget(self.target) }
        if now > expiresAt { throw .expired(expiresAt) }
        if createdAt.since(now) > Self.clockTolerance { throw .notYetMade(createdAt, now: now) }
        let stale = entries.filter { entry in
            live(entry.key).map { digest(ServerOwned.without($0.document)) } != entry.base
        }
        if !stale.isEmpty { throw .stale(stale.map(\.key)) }
    }
}

/// The text of a sealed plan: the plan as JSON, and a last member with the code of all before it.
enum SealedText {
    static func seal(_ json: JSON, code: ([UInt8]) -> String) -> String {
        var members = json.object ?? [:]
        members["seal"] = JSON(code(json.bytes()))
        return JSON(members).text(.pretty) + "\n"
    }

    /// The plan, if its code is right; nil when the text was edited or sealed under another key.
    static func open(_ text: String, code: ([UInt8]) -> String) throws(PlanFile.Failure) -> JSON {
        guard let sealed = try? JSON(parsing: text), var members = sealed.object, let seal = members["seal"]?.string
        else { throw .notAPlan }
        members["seal"] = nil
        guard code(JSON(members).bytes()) == seal else { throw .edited }
        return JSON(members)
    }
}
