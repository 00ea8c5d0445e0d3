import Session
import WebhookAPI
import WebhookModel

/// A deliberate breakage, to show that the simulator would notice it.
enum Mutation: String, CaseIterable {
    case dropIsActive = "drop-is-active"
    case ignoreLeases = "ignore-leases"
    case lookAtOnce = "look-at-once"
    case takeConflictsForUpdates = "take-conflicts-for-updates"

    static func transport(_ transport: SimulatedTransport, _ mutation: Mutation?) -> any Transport { transport }
    static func below(_ service: HTTPWebhookService, _ mutation: Mutation?) -> any WebhookService { service }
    static func above(_ service: ObservedService, _ mutation: Mutation?, _ process: Process) -> any WebhookService {
        service
    }
    static func journal(_ journal: ObservedJournal, _ mutation: Mutation?, _ process: Process) -> any JournalStore {
        journal
    }
}
