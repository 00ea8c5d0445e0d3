import Logging
import Session
import WebhookAPI
import WebhookModel

/// One start of the program: a session with ports of its own, which stop answering for good when it crashes.
///
/// `@unchecked Sendable` because the whole process has one thread: see `JobQueue`.
final class Process: @unchecked Sendable, CustomStringConvertible {
    let number: Int
    unowned let world: World
    private(set) var isAlive = true
    /// Told once it is dead.
    private var mourners: [() -> Void] = []
    private var client: (any WebhookService)?
    private(set) var session: Session!
    /// What is staged, as the simulator understands it.
    var intents: [WebhookKey: Intent] = [:]

    init(number: Int, world: World) {
        self.number = number
        self.world = world
    }

    var description: String { "process \(number)" }

    /// What it calls itself when it takes leases.
    var holder: String { description }

    static let target = CommitTarget(profile: "simulated", host: "api.simulated", organization: "o")
    static let key = try! APIKey("sk_simulated_0123456789")
    static let endpoint = try! Endpoint(parsing: "https://api.simulated")
    static let requestTimeout = Duration.seconds(5)
    private static let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }

    /// Makes its session; once.
    func start() {
        var configuration = ServiceConfiguration(
            endpoint: Self.endpoint, key: Self.key,
            timeouts: ServiceConfiguration.Timeouts(request: Self.requestTimeout, list: .seconds(8)),
            pageSize: world.scenario.pageSize)
        var dice = Dice(seed: world.scenario.seed, purpose: 1_000 + UInt64(number))
        configuration.tier = dice.pick([.automatic, .unlimited, .free, .pro])
        let backoff = DiceBox(dice)
        let http = HTTPWebhookService(
            configuration,
            environment: ServiceEnvironment(
                transport: Mutation.transport(SimulatedTransport(process: self), world.mutation),
                time: ClientTime(kernel: world.kernel), draw: { backoff.dice.fraction() }, logger: Self.silent))
        let inner = Mutation.below(http, world.mutation)
        let service = Mutation.above(ObservedService(process: self, inner: inner), world.mutation, self)
        let memory = MemoryJournal(world.storage, holder: holder) { [unowned world] holder in
            if world.mutation == .ignoreLeases { return false }
            return world.processes.contains { $0.holder == holder && $0.isAlive }
        }
        let journal = Mutation.journal(ObservedJournal(process: self, inner: memory), world.mutation, self)
        let clock = SessionTime(kernel: world.kernel, share: world.mutation == .lookAtOnce ? 0 : 1)
        session = Session(service: service, journal: journal, clock: clock, target: Self.target)
    }

    /// Ends it, between any two instructions as far as anybody outside can tell.
    func die(_ how: String) {
        guard isAlive else { return }
        isAlive = false
        world.note("\(self) \(how)")
        for mourner in mourners { mourner() }
        mourners = []
    }

    /// What every port does first and last: a process that is dead gets no answer any more, and this may be where it dies.
    func gate() async {
        if isAlive, world.drawCrash() {
            world.figures.crashes += 1
            die("crashes")
        }
        if !isAlive { await world.kernel.park() }
    }

    /// Does something in the process; returns at its end or at the process's.
    func perform(_ body: @escaping @Sendable () async -> Void) async {
        guard isAlive, !world.kernel.isClosing else { return }
        let end = End()
        await withUnsafeContinuation { continuation in
            end.continuation = continuation
            mourners.append { end.come() }
            Task {
                await body()
                end.come()
            }
        }
    }

    /// Resumes once.
    private final class End: @unchecked Sendable {
        var continuation: UnsafeContinuation<Void, Never>?

        func come() {
            continuation?.resume()
            continuation = nil
        }
    }

    /// Chance that a closure can draw from.
    private final class DiceBox: @unchecked Sendable {
        var dice: Dice
        init(_ dice: Dice) { self.dice = dice }
    }
}

extension World {
    func startProcess() -> Process {
        let process = Process(number: processes.count + 1, world: self)
        processes.append(process)
        process.start()
        note("\(process) starts")
        return process
    }
}
