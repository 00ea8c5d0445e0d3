import LosslessJSON
import WebhookModel

/// What a commit may do at most, and what it may do only when that is allowed by name: a guard against slips, checked
/// before anything is sent.
package struct CommitLimits: Hashable, Sendable {
    /// Webhooks that one commit may write; nil for any number.
    package var maximumCount: Int?
    /// The same as a share of the organization, 0 to 100; it counts from `percentFrom` webhooks on.
    package var maximumPercent: Double?
    package var allowed: Set<Allowance>

    package init(maximumCount: Int? = nil, maximumPercent: Double? = nil, allowed: Set<Allowance> = []) {
        self.maximumCount = maximumCount
        self.maximumPercent = maximumPercent
        self.allowed = allowed
    }

    package static let none = CommitLimits(allowed: Set(Allowance.allCases).subtracting([.last]))
    package static let standard = CommitLimits(maximumCount: 50, maximumPercent: 20)

    /// From how many webhooks on a share of the organization means something.
    package static let percentFrom = 20
    /// On how many webhooks the host of a URL may change before that must be allowed.
    package static let manyHosts = 5

    /// What must be allowed by name.
    package enum Allowance: String, Hashable, Comparable, Sendable, CaseIterable {
        case delete
        /// `is_active` becomes true, or false, though no edit says so.
        case enable, pause
        /// The last event type or channel is removed; validation asks for it, see `Planner.allowsEmpty`.
        case last
        /// A subscription to everything is added.
        case wildcard
        /// The host of a URL changes on many webhooks.
        case host

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }
}

/// A limit that a plan is over.
package enum LimitBreach: Hashable, Sendable {
    case count(Int, limit: Int)
    case percent(Double, limit: Double, count: Int, organization: Int)
    case needs(CommitLimits.Allowance, [WebhookKey])

    /// Whether it is about how many there are, not about what is done to them.
    package var isOfNumbers: Bool {
        if case .needs = self { false } else { true }
    }
}

extension CommitLimits {
    /// What of the plan is over the limits. `organization` is how many webhooks there are; nil when that isn't known.
    package func breaches(of plan: Plan, organization: Int?) -> [LimitBreach] {
        let writes = plan.entries.filter(\.action.isWrite)
        var breaches: [LimitBreach] = []
        if let maximumCount, writes.count > maximumCount {
            breaches.append(.count(writes.count, limit: maximumCount))
        }
        if let maximumPercent, let organization, organization >= Self.percentFrom {
            let percent = Double(writes.count) * 100 / Double(organization)
            if percent > maximumPercent {
                breaches.append(
                    .percent(percent, limit: maximumPercent, count: writes.count, organization: organization))
            }
        }
        for allowance in Allowance.allCases where !allowed.contains(allowance) {
            let keys = writes.filter { $0.needs(allowance) }.map(\.key)
            if !keys.isEmpty, allowance != .host || keys.count > Self.manyHosts {
                breaches.append(.needs(allowance, keys))
            }
        }
        return breaches
    }
}

extension PlanEntry {
    fileprivate func needs(_ allowance: CommitLimits.Allowance) -> Bool {
        switch allowance {
        case .delete: action.kind == .delete
        case .enable: becomesActive(true)
        case .pause: becomesActive(false)
        case .last: false
        case .wildcard: addsWildcard
        case .host: changesHost
        }
    }

    private var target: Webhook? { action.target.map { Webhook(document: $0) } }

    private func becomesActive(_ value: Bool) -> Bool {
        guard let live, let target, target.isActive == value, live.isActive != value else { return false }
        return !staged.result.explicit.contains([.name(Member.isActive)])
    }

    private var addsWildcard: Bool {
        guard let target, target.eventTypes.contains("*") else { return false }
        return !(live?.eventTypes.contains("*") ?? false)
    }

    private var changesHost: Bool {
        guard let live, let target, live.document[Member.channels] != target.document[Member.channels] else {
            return false
        }
        let (old, new) = (live.hosts, target.hosts)
        return !new.subtracting(old).isEmpty && !old.subtracting(new).isEmpty
    }
}

extension Webhook {
    /// The hosts that its channels' URLs lead to.
    fileprivate var hosts: Set<String> {
        var hosts: Set<String> = []
        for channel in channels {
            for (_, value) in channel.configs ?? [:] {
                guard let text = value.string, text.contains("://"), let url = try? URLParts(text) else { continue }
                hosts.insert(url.host.lowercased())
            }
        }
        return hosts
    }
}
