import CPlatform
import Glibc
import PluginProtocol

/// What an instance's thread does: wait, read, tell. Waits for the process to end, never for its pipes to.
struct InstanceSupervision {
    let child: ChildProcess
    private let receiver: any InstanceReceiver
    private let id: InstanceID
    private let now: @Sendable () -> Moment
    private let wakeup: Int32
    private var decoder: LineDecoder
    private var errorDecoder = LineDecoder(limit: 16 << 10)
    private var teardown: Teardown?
    private var isHurried = false
    private var listens = true
    private var listensToErrors = true
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private(set) var hasEnded = false

    /// Where the kernel does not tell that a process has ended, look this often.
    private static let lookInterval: Duration = .milliseconds(20)
    /// What is read at most of a process that has ended: others may hold its pipe and go on writing.
    private static let lastWords = 128 << 20

    init(
        child: ChildProcess, receiver: any InstanceReceiver, id: InstanceID, lineLimit: Int,
        now: @escaping @Sendable () -> Moment, wakeup: Int32
    ) {
        self.child = child
        self.receiver = receiver
        self.id = id
        self.now = now
        self.wakeup = wakeup
        decoder = LineDecoder(limit: lineLimit)
    }

    mutating func teardownSteps(_ retirement: PluginInstance.Retirement) -> [Teardown.Step] {
        let time = now()
        if teardown == nil { teardown = Teardown(from: time, step: retirement.step) }
        if retirement.isHurried, !isHurried {
            isHurried = true
            teardown?.hurry(from: time, step: retirement.step)
        }
        return teardown?.steps(at: time) ?? []
    }

    /// Waits until something is to be done, and does it. True if `writing` (-1: none) takes bytes.
    mutating func wait(writing: Int32) -> Bool {
        let isRetired = teardown != nil
        let deadline = isRetired ? teardown?.nextDeadline : receiver.sleep(id)
        var files = [
            pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0),
            pollfd(fd: child.ending, events: Int16(POLLIN), revents: 0),
            pollfd(fd: listens ? child.output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: listensToErrors ? child.errors : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: writing, events: Int16(POLLOUT), revents: 0),
        ]
        let count = poll(&files, nfds_t(files.count), milliseconds(until: deadline))
        if count > 0 {
            if files[0].revents != 0 { platform_rest(wakeup) }
            if files[3].revents != 0 { readErrors() }
            if files[2].revents != 0 { readOutput() }
        }
        if child.ending >= 0 ? files[1].revents != 0 : child.hasEnded { return end() }
        if !isRetired, let deadline, deadline <= now() { receiver.handle([.tick]) }
        return count > 0 && files[4].revents != 0
    }

    private func milliseconds(until deadline: Moment?) -> Int32 {
        var wait = deadline.map { max(.zero, $0 - now()) }
        if child.ending < 0 { wait = min(wait ?? Self.lookInterval, Self.lookInterval) }
        guard let wait else { return -1 }
        let (seconds, attoseconds) = wait.components
        guard seconds < 1_000_000 else { return Int32.max }
        // Rounded up: woken too early it would only wait again.
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    // MARK: Reading

    private mutating func readOutput() {
        guard let count = read(child.output) else {
            listens = false
            return
        }
        guard count > 0, teardown == nil else { return }
        let events = buffer.withUnsafeBufferPointer { decoder.feed(UnsafeBufferPointer(rebasing: $0[..<count])) }
        guard !events.isEmpty else { return }
        receiver.handle(events.map(event))
    }

    private func event(_ event: LineDecoder.Event) -> PluginMachine.Event {
        switch event {
        case .line(let line): .line(id, LineContent(line), length: line.count)
        case .overflow(let limit): .lineTooLong(id, limit: limit)
        }
    }

    private mutating func readErrors() {
        guard let count = read(child.errors) else {
            listensToErrors = false
            return
        }
        let events = buffer.withUnsafeBufferPointer { errorDecoder.feed(UnsafeBufferPointer(rebasing: $0[..<count])) }
        var lines: [String] = []
        for event in events {
            switch event {
            case .line(let line): lines.append(PlainText.strippedLine(String(decoding: line, as: UTF8.self)))
            case .overflow:
                // A log without lines is cut and goes on.
                lines.append("…")
                errorDecoder = LineDecoder(limit: errorDecoder.limit)
            }
        }
        if !lines.isEmpty { receiver.said(lines) }
    }

    /// Bytes now in the buffer, 0 where there are none yet, nil at the end.
    private mutating func read(_ descriptor: Int32) -> Int? {
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 { return count }
            if count == 0 { return nil }
            if errno == EINTR { continue }
            return errno == EAGAIN ? 0 : nil
        }
    }

    // MARK: The end

    /// Reads what the process said last, and takes its exit.
    private mutating func end() -> Bool {
        var total = 0
        while listens, total < Self.lastWords {
            let before = available(child.output)
            guard before > 0 else { break }
            total += before
            readOutput()
        }
        total = 0
        while listensToErrors, total < Self.lastWords / 128 {
            let before = available(child.errors)
            guard before > 0 else { break }
            total += before
            readErrors()
        }
        if let rest = errorDecoder.finish() {
            receiver.said([PlainText.strippedLine(String(decoding: rest, as: UTF8.self))])
        }
        receiver.handle([.exited(id, child.reap())])
        hasEnded = true
        return false
    }

    private func available(_ descriptor: Int32) -> Int {
        var file = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&file, 1, 0) > 0 && file.revents & Int16(POLLIN) != 0 ? buffer.count : 0
    }
}
