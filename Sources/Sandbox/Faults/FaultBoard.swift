import Synchronization

/// The faults in force, by organization, and what they need to remember. In memory: a server starts with what its
/// configuration says.
final class FaultBoard: Sendable {
    /// How many webhooks' former documents are kept for stale reads.
    private static let formerLimit = 2_048
    /// Bytes of a document beyond which it is not kept.
    private static let formerSize = 16 << 10

    private struct Former: Hashable {
        let organization: OrganizationID
        let id: String
    }

    private struct State {
        var dice: [OrganizationID: FaultDice] = [:]
        var former: [Former: String?] = [:]
        var order: [Former] = []
    }

    private let standard: FaultPlan
    private let state = Mutex(State())

    init(_ standard: FaultPlan) {
        self.standard = standard
    }

    /// The faults that happen to a request.
    func request(_ operation: String, isOfWebhooks: Bool, of organization: OrganizationID) -> [FaultRule] {
        withDice(of: organization) { $0.request(operation, isOfWebhooks: isOfWebhooks) }
    }

    /// The faults that happen to a delivery.
    func delivery(of organization: OrganizationID) -> Set<FaultKind> {
        withDice(of: organization) { Set($0.delivery().map(\.kind)) }
    }

    /// The plan in force and how often each of its rules has happened.
    func current(of organization: OrganizationID) -> (plan: FaultPlan, happened: [Int]) {
        withDice(of: organization) { ($0.plan, $0.happened) }
    }

    func set(_ plan: FaultPlan, for organization: OrganizationID) {
        state.withLock { $0.dice[organization] = FaultDice(plan) }
    }

    private func withDice<Result: Sendable>(
        of organization: OrganizationID, _ body: (inout FaultDice) -> Result
    ) -> Result {
        state.withLock { state in
            var dice = state.dice[organization] ?? FaultDice(standard)
            defer { state.dice[organization] = dice }
            return body(&dice)
        }
    }

    /// Keeps what a webhook was before a change; nil for one that did not exist.
    func remember(_ document: String?, id: String, of organization: OrganizationID) {
        state.withLock { state in
            let key = Former(organization: organization, id: id)
            guard document?.utf8.count ?? 0 <= Self.formerSize else {
                // What is known of an earlier change is not the last one's any more.
                if state.former.removeValue(forKey: key) != nil { state.order.removeAll { $0 == key } }
                return
            }
            if state.former.updateValue(document, forKey: key) == nil { state.order.append(key) }
            guard state.order.count > Self.formerLimit else { return }
            for old in state.order.prefix(Self.formerLimit / 2) { state.former[old] = nil }
            state.order.removeFirst(Self.formerLimit / 2)
        }
    }

    /// What a webhook was before its last change: nil where none is known, a nil within for one that did not exist.
    func former(_ id: String, of organization: OrganizationID) -> String?? {
        state.withLock { $0.former[Former(organization: organization, id: id)] }
    }
}
