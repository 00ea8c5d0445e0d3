import Glibc
import LosslessJSON
import PluginProtocol

/// A plugin spoken to without a machine between: line by line, each with a deadline. Blocks; for one thread of its own.
final class ConformanceProbe {
    enum Failure: Error, CustomStringConvertible {
        case launch(LaunchFailure)
        case timedOut(String)
        case ended(String)
        case answer(String)

        var description: String {
            switch self {
            case .launch(let failure): "not started: \(failure)"
            case .timedOut(let what): "no answer to \(what) in time"
            case .ended(let what): "it ended before it answered \(what)"
            case .answer(let what): what
            }
        }
    }

    private let child: ChildProcess
    private let mark: String
    private let patience: Duration
    private let now: @Sendable () -> Moment
    private let requests: (String, JSON) -> JSON?
    private var decoder = LineDecoder()
    private var lines: [[UInt8]] = []
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var inputIsOpen = true
    private var nextID = 1
    /// Bytes of output that were no message.
    private(set) var noise = 0

    /// - Parameter requests: answers what the plugin asks of the host; nil for what it does not know.
    init(
        _ plan: LaunchPlan, patience: Duration, now: @escaping @Sendable () -> Moment,
        requests: @escaping (String, JSON) -> JSON?
    ) throws {
        do throws(LaunchFailure) { child = try ChildProcess.start(plan) } catch { throw Failure.launch(error) }
        mark = plan.mark
        self.patience = patience
        self.now = now
        self.requests = requests
    }

    // MARK: Speaking

    /// Makes a call and waits for its answer.
    func call(_ method: String, _ params: JSON) throws -> Result<JSON, RPCError> {
        try wait(for: try send(method, params), what: method)
    }

    func send(_ method: String, _ params: JSON) throws -> Int {
        let id = nextID
        nextID += 1
        try write(Message.request(id: .number(id), method: method, params: params).line, what: method)
        return id
    }

    func notify(_ method: String, _ params: JSON) throws {
        try write(Message.notification(method: method, params: params).line, what: method)
    }

    func wait(for id: Int, what: String) throws -> Result<JSON, RPCError> {
        let deadline = now() + patience
        while true {
            // Here too, since what has come already is taken without a look at the clock.
            guard now() < deadline else { throw Failure.timedOut(what) }
            guard let line = try nextLine(until: deadline, what: what) else { throw Failure.ended(what) }
            switch LineContent(line) {
            case .noise: try count(noise: line)
            case .fault(let fault): throw Failure.answer("no valid message: \(fault)")
            case .message(.result(.number(id), let result)): return .success(result)
            case .message(.failure(.number(id), let error)): return .failure(error)
            case .message(.request(let request, let method, let params)): try reply(request, method, params)
            case .message: continue
            }
        }
    }

    private func count(noise line: [UInt8]) throws {
        noise += line.count
        guard noise <= Limits.noise else { throw Failure.answer("more than \(Limits.noise) bytes are no message") }
    }

    private func reply(_ id: RequestID, _ method: String, _ params: JSON) throws {
        let answer: Message =
            switch requests(method, params) {
            case let result?: .result(id: id, result)
            case nil: .failure(id: id, RPCError(.denied, "not in a test"))
            }
        try write(answer.line, what: method)
    }

    // MARK: Ends

    func closeInput() {
        if inputIsOpen { close(child.input) }
        inputIsOpen = false
    }

    /// Whether the program ends by itself in time.
    func endsByItself() -> Bool {
        let deadline = now() + patience
        while !child.hasEnded {
            guard now() < deadline else { return false }
            // Reads along, or a program that still writes would wait.
            _ = try? nextLine(until: min(deadline, now() + .milliseconds(20)), what: "")
        }
        return true
    }

    /// Ends it, and all it started; answers how many processes were found that it had left in sessions of their own.
    func finish() -> Int {
        closeInput()
        child.signalGroup(SIGKILL)
        _ = child.reap()
        close(child.output)
        close(child.errors)
        if child.ending >= 0 { close(child.ending) }
        return Leftovers.kill(marked: mark)
    }

    // MARK: Bytes

    private func write(_ bytes: [UInt8], what: String) throws {
        let deadline = now() + patience
        var outgoing = OutgoingBytes()
        outgoing.append(bytes)
        while !outgoing.isEmpty {
            guard inputIsOpen, outgoing.write(to: child.input) else { throw Failure.ended(what) }
            guard now() < deadline else { throw Failure.timedOut(what) }
            if !outgoing.isEmpty {
                _ = wait(child.input, Int16(POLLOUT), until: min(deadline, now() + .milliseconds(20)))
            }
            try read()
        }
    }

    private func nextLine(until deadline: Moment, what: String) throws -> [UInt8]? {
        while lines.isEmpty {
            // Before the reading, which finds something for as long as the plugin writes.
            guard now() < deadline else { throw Failure.timedOut(what) }
            if try read() { continue }
            if child.hasEnded { return try read() && !lines.isEmpty ? lines.removeFirst() : nil }
            _ = wait(child.output, Int16(POLLIN), until: min(deadline, now() + .milliseconds(20)))
        }
        return lines.removeFirst()
    }

    private func wait(_ descriptor: Int32, _ events: Int16, until deadline: Moment) -> Bool {
        var file = pollfd(fd: descriptor, events: events, revents: 0)
        let left = max(.zero, deadline - now())
        return poll(&file, 1, Int32(left.components.attoseconds / 1_000_000_000_000_000) + 1) > 0
    }

    /// Takes what is there. False where there was nothing.
    @discardableResult
    private func read() throws -> Bool {
        // Once, or a plugin that complains without end would hold this up.
        _ = Glibc.read(child.errors, &buffer, buffer.count)
        let count = Glibc.read(child.output, &buffer, buffer.count)
        guard count > 0 else { return false }
        for event in decoder.feed(buffer[..<count]) {
            switch event {
            case .line(let line): lines.append(line)
            case .overflow(let limit): throw Failure.answer("a line over \(limit) bytes")
            }
        }
        return true
    }
}
