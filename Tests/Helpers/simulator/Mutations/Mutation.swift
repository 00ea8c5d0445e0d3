import Session
import WebhookAPI
import WebhookModel

/// A deliberate breakage, to show that the simulator would notice it. Most are wrappers around a port; the rest are read
/// where the simulator plays the port's part.
enum Mutation: String, CaseIterable {
    // What the client sends: `CarelessClient`.
    case dropIsActive = "drop-is-active"
    case dropUnknownMembers = "drop-unknown-members"
    case writeOverBase = "write-over-base"
    case resendCreate = "resend-create"
    case resendWrite = "resend-write"
    case confirmBlindly = "confirm-blindly"
    case takeRoutersWord = "take-routers-word"
    case leaveLate = "leave-late"
    // What the session reads: `CarelessReader`.
    case skipRefresh = "skip-refresh"
    case resumeBlindly = "resume-blindly"
    case lastPageLost = "last-page-lost"
    case lookIsOld = "look-is-old"
    // What the journal keeps: `CarelessJournal`.
    case journalLate = "journal-late"
    case forgetBeforeImage = "forget-before-image"
    case forgetCreated = "forget-created"
    case confirmFailures = "confirm-failures"
    case ignoreMarks = "ignore-marks"
    // Where the key goes: `CarelessTransport`.
    case followRedirects = "follow-redirects"
    // Read in `Process` and `Sitting`.
    case ignoreLeases = "ignore-leases"
    case lookAtOnce = "look-at-once"
    case takeConflictsForUpdates = "take-conflicts-for-updates"

    static func transport(_ transport: SimulatedTransport, _ mutation: Mutation?) -> any Transport {
        mutation == .followRedirects ? CarelessTransport(inner: transport) : transport
    }

    /// Between what is observed of the session's calls and the client.
    static func below(_ service: HTTPWebhookService, _ mutation: Mutation?) -> any WebhookService {
        switch mutation {
        case .dropIsActive, .dropUnknownMembers, .writeOverBase, .resendCreate, .resendWrite, .confirmBlindly,
            .takeRoutersWord, .leaveLate:
            CarelessClient(inner: service, mutation: mutation)
        default: service
        }
    }

    /// Between the session and what is observed of its calls.
    static func above(_ service: ObservedService, _ mutation: Mutation?, _ process: Process) -> any WebhookService {
        switch mutation {
        case .skipRefresh, .resumeBlindly, .lastPageLost, .lookIsOld:
            CarelessReader(inner: service, mutation: mutation, process: process)
        default: service
        }
    }

    static func journal(_ journal: ObservedJournal, _ mutation: Mutation?, _ process: Process) -> any JournalStore {
        switch mutation {
        case .journalLate, .forgetBeforeImage, .forgetCreated, .confirmFailures, .ignoreMarks:
            CarelessJournal(inner: journal, mutation: mutation, process: process)
        default: journal
        }
    }
}
