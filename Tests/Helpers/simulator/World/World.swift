import LosslessJSON
import Session
import WebhookAPI
import WebhookModel

/// Everything that one seed's run consists of.
///
/// `@unchecked Sendable` because the whole process has one thread: see `JobQueue`.
final class World: @unchecked Sendable {
    /// Chance, by purpose.
    struct Chances {
        var network: Dice
        var crashes: Dice
        var strangers: Dice
        var journal: Dice

        init(seed: UInt64) {
            network = Dice(seed: seed, purpose: 2)
            crashes = Dice(seed: seed, purpose: 3)
            strangers = Dice(seed: seed, purpose: 4)
            journal = Dice(seed: seed, purpose: 5)
        }
    }

    let scenario: Scenario
    let mutation: Mutation?
    let kernel: Kernel
    let wire: ModelWire
    let storage = MemoryJournal.Storage()
    var server = ModelServer()
    var ledger = Ledger()
    var dice: Chances
    var figures = Figures()
    var processes: [Process] = []
    /// Whether nothing goes wrong any more: the end of a run, when what is open is brought to its end.
    var isCalm = false
    private(set) var violations: [Violation] = []
    private(set) var trace: [String] = []
    private let isTraced: Bool
    private var faultsLeft: Int
    private var crashesLeft: Int
    var interruptionsLeft: Int
    var provocationsLeft: Int
    private let started: Int64

    init(_ scenario: Scenario, mutation: Mutation?, isTraced: Bool) {
        self.scenario = scenario
        self.mutation = mutation
        self.isTraced = isTraced
        kernel = Kernel(dice: Dice(seed: scenario.seed, purpose: 6), isShuffled: scenario.isShuffled)
        wire = ModelWire(style: scenario.style, pageSize: scenario.pageSize)
        dice = Chances(seed: scenario.seed)
        faultsLeft = scenario.faults
        crashesLeft = scenario.crashes
        interruptionsLeft = scenario.interruptions
        provocationsLeft = scenario.strangers
        started = kernel.now
        server.secrets = scenario.secrets
    }

    // MARK: What is written down

    /// A line of the trace, with the virtual time.
    func note(_ line: @autoclosure () -> String) {
        guard isTraced else { return }
        let milliseconds = (kernel.now - started) / 1_000_000
        trace.append("\(milliseconds / 1000).\(Self.padded(milliseconds % 1000)) \(line())")
    }

    private static func padded(_ number: Int64) -> String {
        String(repeating: "0", count: 3 - String(number).count) + String(number)
    }

    func violate(_ rule: Violation.Rule, _ detail: String) {
        // What still runs then only runs to be gone.
        if kernel.isClosing { return }
        note("VIOLATION \(rule): \(detail)")
        violations.append(Violation(rule: rule, detail: detail))
    }

    // MARK: What goes wrong

    func drawFault(for request: TransportRequest) -> Fault? {
        guard !isCalm, dice.network.oneIn(scenario.faultRate) else { return nil }
        let fault = dice.network.pick(Self.faults)
        guard faultsLeft > 0 else { return nil }
        faultsLeft -= 1
        figures.faults[fault, default: 0] += 1
        return fault
    }

    /// Refusals of the key end a run, so they are rare.
    private static let faults =
        Fault.allCases.filter { $0 != .unauthorized }.flatMap { [$0, $0, $0] } + [.unauthorized]

    func drawCrash() -> Bool {
        !isCalm && dice.crashes.oneIn(40) && takeCrash()
    }

    func takeCrash() -> Bool {
        guard crashesLeft > 0 else { return false }
        crashesLeft -= 1
        return true
    }

    // MARK: The server's side

    /// The server acts on a request.
    func serve(_ request: ModelWire.Request?, _ context: WriteContext?) -> TransportResponse {
        guard !kernel.isClosing, let request else { return ModelWire.error(405, "MethodNotAllowed") }
        let time = kernel.now
        switch request {
        case .list(let query): return wire.list(server, query: query, at: readingTime())
        case .get(let id):
            guard let document = server.version(of: id, at: readingTime())?.document else {
                return wire.answer(.missing)
            }
            return ModelWire.json(server.shown(document), status: 200)
        case .create, .update, .delete: return write(request, context, at: time)
        }
    }

    /// How old a state reads may show, in nanoseconds.
    static let longestStaleness: Int64 = 3_000_000_000

    /// How long after its time-out a request may arrive, in milliseconds. 5 s are waited before the look: in them a write
    /// arrives, and a reading that is old no longer shows the time before it.
    var lateness: Int { scenario.isStale ? 1_500 : 4_500 }

    private func readingTime() -> Int64 {
        guard scenario.isStale, !isCalm, dice.network.oneIn(2) else { return kernel.now }
        return kernel.now - Int64(dice.network.within(0...3_000)) * (Self.longestStaleness / 3_000)
    }

    private func write(_ request: ModelWire.Request, _ context: WriteContext?, at time: Int64) -> TransportResponse {
        checkArrival(of: request, context)
        let author = context.map { Author.ours($0.origin) } ?? .stranger
        let answer: ModelServer.Answer
        switch request {
        case .create(let body): answer = server.create(body, by: author, at: time)
        case .update(let id, let body): answer = server.replace(id, with: body, by: author, at: time)
        case .delete(let id): answer = server.delete(id, by: author, at: time)
        case .list, .get: return wire.answer(.missing)
        }
        note("the server takes \(context?.origin.description ?? "?"): \(request.name) \(answer.name)")
        if case .webhook(let document, _) = answer { ledger.noteCreation(request, document, context) }
        if let id = request.id, let context { checkEffect(on: id, context) }
        if case .webhook(let document, _) = answer, let id = Webhook(document: document).id {
            provokeStranger(about: id)
        }
        return wire.answer(answer)
    }
}

extension ModelWire.Request {
    var name: String {
        switch self {
        case .list: "list"
        case .get(let id): "get \(id)"
        case .create: "create"
        case .update(let id, _): "update \(id)"
        case .delete(let id): "delete \(id)"
        }
    }
}

extension ModelServer.Answer {
    var name: String {
        switch self {
        case .webhook(let document, let status): "\(status) \(Webhook(document: document).id?.rawValue ?? "")"
        case .deleted: "204"
        case .missing: "404"
        case .refused: "422"
        }
    }
}

extension World {
    /// A crash at an instant, as far as there are crashes left.
    func drawTimedCrash() -> Bool {
        guard !isCalm, takeCrash() else { return false }
        figures.crashes += 1
        return true
    }
}
