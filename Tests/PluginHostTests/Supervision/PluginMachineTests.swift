import LosslessJSON
import PluginProtocol
import TestSupport
import Testing

@testable import PluginHost

/// Drives a machine by hand: an event and a time in, actions out.
private struct Bench {
    var machine: PluginMachine
    var now: Moment = .zero
    private(set) var resolved: [Int: Result<[JSON], CallFailure>] = [:]
    private(set) var sent: [Message] = []
    private(set) var launched: [InstanceID] = []
    private(set) var retired: [InstanceID] = []
    private var nextCall = 1

    init(concurrency: Int = 1) {
        machine = PluginMachine(settings: .init(concurrency: concurrency))
    }

    mutating func handle(_ event: PluginMachine.Event) {
        for action in machine.handle(event, at: now) {
            switch action {
            case .launch(let id): launched.append(id)
            case .send(_, let line):
                if case .message(let message) = LineContent(Array(line.dropLast())) { sent.append(message) }
            case .retire(let id, _): retired.append(id)
            case .resolve(let id, let result):
                #expect(resolved[id.rawValue] == nil, "a call is answered once")
                resolved[id.rawValue] = result
            case .perform, .progress, .note: break
            }
        }
    }

    /// Submits a call; answers its number.
    @discardableResult
    mutating func submit(_ method: Method = .checkPolicy, parts: Int = 1, timeout: Duration = .seconds(5)) -> Int {
        let number = nextCall
        nextCall += 1
        let params = [[UInt8]](repeating: Array("{}".utf8), count: parts)
        handle(
            .submit(
                PluginCall(
                    id: CallID(rawValue: number), method: method, parts: parts == 0 ? [] : params, timeout: timeout)))
        return number
    }

    /// Launches what is asked for, and greets.
    mutating func start() {
        guard let id = launched.last else { return }
        handle(.launched(id))
        answer(lastRequest, ["protocol": 1, "implements": []])
    }

    var lastRequest: Int {
        for case .request(.number(let id), _, _) in sent.reversed() { return id }
        return -1
    }

    /// The ids of the requests of a method.
    func requests(_ method: Method) -> [Int] {
        sent.compactMap { message in
            guard case .request(.number(let id), method.rawValue, _) = message else { return nil }
            return id
        }
    }

    mutating func answer(_ request: Int, _ result: JSON) {
        guard let id = launched.last else { return }
        handle(.line(id, .message(.result(id: .number(request), result)), length: 10))
    }

    /// A request of the plugin, made in the call that was sent last.
    mutating func ask(_ id: Int, _ method: Method) {
        guard let instance = launched.last else { return }
        let params: JSON = ["context": JSON(lastRequest)]
        let message = Message.request(id: .number(id), method: method.rawValue, params: params)
        handle(.line(instance, .message(message), length: 10))
    }

    /// The host's answer to that.
    mutating func reply(_ id: Int) {
        guard let instance = launched.last else { return }
        handle(.answered(instance, request: .number(id), .success([:])))
    }

    mutating func pass(_ duration: Duration) {
        now += duration
        handle(.tick)
    }
}

@Suite("The supervision of a plugin, as a value")
struct PluginMachineTests {
    @Test("nothing is launched before the first call, and calls wait for the greeting")
    func lazy() {
        var bench = Bench()
        #expect(bench.launched.isEmpty && bench.machine.nextDeadline == nil)
        let call = bench.submit()
        #expect(bench.launched.count == 1 && bench.sent.isEmpty)
        bench.start()
        bench.answer(bench.lastRequest, ["findings": []])
        #expect(bench.resolved[call] == .success([["findings": []]]))
        #expect(bench.machine.activity == .ready)
    }

    @Test("one call at a time, in order; as many as the manifest says")
    func concurrency() {
        var bench = Bench()
        let first = bench.submit()
        let second = bench.submit()
        bench.start()
        #expect(bench.requests(.checkPolicy).count == 1)
        bench.answer(bench.lastRequest, 1)
        #expect(bench.resolved[first] == .success([1]) && bench.requests(.checkPolicy).count == 2)
        bench.answer(bench.lastRequest, 2)
        #expect(bench.resolved[second] == .success([2]))

        var wide = Bench(concurrency: 2)
        for _ in 0..<3 { wide.submit() }
        wide.start()
        #expect(wide.requests(.checkPolicy).count == 2)
    }

    @Test("the parts of a batch follow one another, whatever waits, and their results come together")
    func parts() {
        var bench = Bench()
        let batch = bench.submit(parts: 3)
        bench.submit()
        bench.start()
        for part in 1...3 {
            #expect(bench.requests(.checkPolicy).count == part)
            bench.answer(bench.lastRequest, JSON(part))
        }
        #expect(bench.resolved[batch] == .success([1, 2, 3]))
        #expect(bench.requests(.checkPolicy).count == 4)
    }

    @Test("a batch that a crash cut off begins anew with its first part")
    func partsAgain() {
        var bench = Bench()
        let batch = bench.submit(parts: 2)
        bench.start()
        bench.answer(bench.lastRequest, 1)
        bench.handle(.exited(bench.launched[0], .signal(11)))
        bench.start()
        bench.answer(bench.lastRequest, 10)
        bench.answer(bench.lastRequest, 20)
        #expect(bench.resolved[batch] == .success([10, 20]))
    }

    @Test("at the deadline the caller has its answer and the plugin a cancellation; a second later it is stopped")
    func deadline() {
        var bench = Bench()
        let call = bench.submit(timeout: .seconds(5))
        bench.start()
        #expect(bench.machine.nextDeadline == .seconds(5))
        bench.pass(.milliseconds(4999))
        #expect(bench.resolved.isEmpty)
        bench.pass(.milliseconds(1))
        #expect(bench.resolved[call] == .failure(.timedOut(after: .seconds(5))))
        guard case .notification("$/cancel", let params)? = bench.sent.last else { return #expect(Bool(false)) }
        #expect(params["id"]?.number?.int == bench.lastRequest)
        #expect(bench.retired.isEmpty && bench.machine.nextDeadline == .seconds(6))
        bench.pass(.seconds(1))
        #expect(bench.retired.count == 1 && bench.machine.activity == .idle)
    }

    @Test("a new process answers while the old one is still being stopped")
    func next() {
        var bench = Bench()
        bench.submit()
        bench.start()
        bench.pass(.seconds(5))
        let waiting = bench.submit()
        bench.pass(.seconds(1))
        #expect(bench.launched.count == 2)
        bench.start()
        bench.answer(bench.lastRequest, 7)
        #expect(bench.resolved[waiting] == .success([7]))
    }

    @Test("what an old process says no longer counts")
    func stale() {
        var bench = Bench()
        bench.submit()
        bench.start()
        let old = bench.launched[0]
        bench.handle(.exited(old, .signal(9)))
        bench.start()
        let request = bench.lastRequest
        bench.handle(.line(old, .message(.result(id: .number(request), 1)), length: 1))
        bench.handle(.exited(old, .signal(9)))
        bench.handle(.lineTooLong(old, limit: 1))
        #expect(bench.resolved.isEmpty && bench.retired.count == 1)
    }

    @Test("ids are never used again, and an id of a former process is one that was never issued")
    func ids() {
        var bench = Bench()
        bench.submit()
        bench.start()
        let former = bench.lastRequest
        bench.handle(.exited(bench.launched[0], .signal(9)))
        bench.start()
        let ids = bench.sent.compactMap { if case .request(.number(let id), _, _) = $0 { id } else { nil } }
        #expect(Set(ids).count == ids.count && ids == ids.sorted())
        bench.answer(former, 1)
        #expect(bench.resolved[1] == .failure(.stopped(.unknownID)))
    }

    @Test("three crashes within a minute disable it; spread over time they don't")
    func crashes() {
        var bench = Bench()
        for _ in 0..<3 {
            bench.submit(.runCommand)
            bench.start()
            bench.handle(.exited(bench.launched.last!, .signal(11)))
        }
        #expect(bench.machine.activity == .disabled)
        let refused = bench.submit()
        #expect(bench.resolved[refused] == .failure(.disabled))

        var slow = Bench()
        for _ in 0..<5 {
            slow.submit(.runCommand)
            slow.start()
            slow.handle(.exited(slow.launched.last!, .signal(11)))
            slow.pass(.seconds(31))
        }
        #expect(slow.machine.activity == .idle)
    }

    @Test("progress moves the deadline, never beyond ten minutes")
    func progress() {
        var bench = Bench()
        bench.submit(.runCommand, timeout: .seconds(30))
        bench.start()
        let params: JSON = ["context": JSON(bench.lastRequest)]
        for _ in 0..<40 {
            bench.pass(.seconds(20))
            guard bench.resolved.isEmpty else { break }
            bench.handle(
                .line(bench.launched[0], .message(.notification(method: "$/progress", params: params)), length: 1))
        }
        #expect(bench.now >= .seconds(600) && bench.now <= .seconds(620))
        #expect(bench.resolved[1] == .failure(.timedOut(after: .seconds(600))))
    }

    @Test("the deadline rests while the host works on a request, never beyond ten minutes")
    func rests() {
        var bench = Bench()
        let call = bench.submit(.runCommand, timeout: .seconds(30))
        bench.start()
        bench.ask(0, .print)
        for id in 1..<60 {
            bench.pass(.seconds(10))
            bench.ask(id, .print)
            bench.reply(id - 1)
        }
        #expect(bench.resolved.isEmpty && bench.machine.nextDeadline == .seconds(600))
        bench.pass(.seconds(10))
        #expect(bench.resolved[call] == .failure(.timedOut(after: .seconds(600))))
    }

    @Test("what the host took for a request is given back")
    func givenBack() {
        var bench = Bench()
        bench.submit(.runCommand, timeout: .seconds(30))
        bench.start()
        bench.ask(1, .print)
        bench.pass(.seconds(20))
        bench.reply(1)
        #expect(bench.machine.nextDeadline == .seconds(50))
    }

    @Test("while the user is asked no time runs out")
    func asks() {
        var bench = Bench()
        bench.submit(.runCommand, timeout: .seconds(30))
        bench.start()
        bench.ask(1, .confirm)
        bench.pass(.seconds(3600))
        #expect(bench.resolved.isEmpty && bench.machine.nextDeadline == nil)
        bench.reply(1)
        #expect(bench.machine.nextDeadline == .seconds(3630))
    }

    @Test("a call that is cancelled from two sides at once is no hang, and fails no other")
    func cancelTwice() {
        var bench = Bench(concurrency: 2)
        let first = bench.submit()
        let second = bench.submit()
        bench.start()
        for _ in 0..<2 { bench.handle(.cancel(CallID(rawValue: first))) }
        #expect(bench.resolved[first] == .failure(.cancelled) && bench.resolved[second] == nil)
        #expect(bench.retired.isEmpty)
    }

    @Test("progress of a call that is over, or was never made, is nothing")
    func foreignProgress() {
        var bench = Bench()
        bench.submit(timeout: .seconds(5))
        bench.start()
        bench.handle(
            .line(bench.launched[0], .message(.notification(method: "$/progress", params: ["context": 999])), length: 1)
        )
        bench.handle(.line(bench.launched[0], .message(.notification(method: "$/progress", params: [])), length: 1))
        #expect(bench.machine.nextDeadline == .seconds(5))
    }

    @Test("a call that waits can be cancelled without a word to the plugin")
    func cancelQueued() {
        var bench = Bench()
        bench.submit()
        let second = bench.submit()
        bench.start()
        let count = bench.sent.count
        bench.handle(.cancel(CallID(rawValue: second)))
        #expect(bench.resolved[second] == .failure(.cancelled) && bench.sent.count == count)
    }

    @Test("after thirty seconds without a call the process is retired")
    func idle() {
        var bench = Bench()
        bench.submit()
        bench.start()
        bench.answer(bench.lastRequest, 1)
        bench.pass(.seconds(29))
        #expect(bench.retired.isEmpty)
        bench.pass(.seconds(1))
        #expect(bench.retired.count == 1 && bench.machine.nextDeadline == nil)
    }

    @Test("noise adds up over calls")
    func noise() {
        var bench = Bench()
        for _ in 0..<2 {
            bench.submit()
            if bench.machine.activity == .starting { bench.start() }
            bench.handle(.line(bench.launched[0], .noise, length: 30 << 10))
            bench.answer(bench.lastRequest, 1)
        }
        bench.submit()
        bench.handle(.line(bench.launched[0], .noise, length: 30 << 10))
        #expect(bench.resolved[3] == .failure(.stopped(.noise(limit: 64 << 10))))
    }

    @Test("whatever happens, every call is answered exactly once", arguments: 0..<150)
    func property(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bench = Bench(concurrency: 1 + Int(random.next() % 3))
        var calls: [Int] = []
        for _ in 0..<60 {
            bench.now += .milliseconds(Int(random.next() % 2000))
            let instance = bench.launched.last ?? InstanceID(rawValue: 0)
            switch random.next() % 12 {
            case 0...2:
                calls.append(
                    bench.submit(random.next() % 2 == 0 ? .checkPolicy : .runCommand, parts: 1 + Int(random.next() % 3))
                )
            case 3, 4: bench.start()
            case 5, 6: bench.answer(bench.lastRequest - Int(random.next() % 2), 1)
            case 7: bench.handle(.tick)
            case 8: bench.handle(.exited(instance, .status(Int32(random.next() % 2))))
            case 9: if let call = calls.randomElement(using: &random) { bench.handle(.cancel(CallID(rawValue: call))) }
            case 10: bench.handle(.line(instance, random.next() % 3 == 0 ? .fault(.shapeless) : .noise, length: 20_000))
            default: bench.handle(.launchFailed(instance, .noProgram("x")))
            }
        }
        bench.handle(.stop(.asked))
        for call in calls { #expect(bench.resolved[call] != nil) }
        #expect(!bench.machine.isBusy)
    }
}
