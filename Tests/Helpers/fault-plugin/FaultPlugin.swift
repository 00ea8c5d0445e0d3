import Glibc
import LosslessJSON
import PluginProtocol

/// A plugin that does what plugins must not do: one mode for each fault that the host has to stand. When the fault is about
/// to happen it says `fault: MODE` on its standard error, so that a test knows that it did.
///
///     fault-plugin MODE [ARGUMENT]
@main
struct FaultPlugin {
    let mode: Mode
    let argument: String
    var wire = Wire()
    /// The call that is held back, for modes that answer later.
    var held: RequestID?

    static func main() {
        // Its crashes are the signal alone: no trace of the stack, whose writer does not work beside every sanitizer.
        signal(SIGABRT, SIG_DFL)
        let words = CommandLine.arguments
        guard words.count > 1, let mode = Mode(rawValue: words[1]) else {
            FaultPlugin.say("no such mode")
            exit(64)
        }
        var plugin = FaultPlugin(mode: mode, argument: words.count > 2 ? words[2] : "")
        plugin.run()
    }

    private mutating func run() {
        if mode == .ignoresEverything || mode == .hangsAtStart { signal(SIGTERM, SIG_IGN) }
        while let line = wire.nextLine() {
            guard case .message(let message) = LineContent(line) else { continue }
            switch message {
            case .request(let id, let method, let params): handle(id, method, params)
            case .notification(let method, let params): notified(method, params)
            case .result, .failure: break
            }
        }
        // The input has ended.
        if mode == .ignoresEverything {
            fire()
            Self.sleepForever()
        }
    }

    private mutating func handle(_ id: RequestID, _ method: String, _ params: JSON) {
        switch Method(rawValue: method) {
        case .initialize: initialize(id)
        case .shutdown where mode != .ignoresEverything:
            wire.send(.result(id: id, .null))
            exit(0)
        case .shutdown: break
        default: misbehave(id, method, params)
        }
    }

    private mutating func notified(_ method: String, _ params: JSON) {
        guard method == Method.cancel.rawValue, let held else { return }
        self.held = nil
        switch mode {
        case .answersCancel: wire.send(.failure(id: held, RPCError(.cancelled, "cancelled")))
        case .answersLate: wire.send(.result(id: held, Answers.good(.checkPolicy)))
        default: break
        }
    }

    private mutating func initialize(_ id: RequestID) {
        var result = InitializeResult(
            protocolVersion: 1, version: "1", implements: Method.allCases.map(\.rawValue))
        switch mode {
        case .hangsAtStart:
            fire()
            Self.sleepForever()
        case .crashesAtStart:
            fire()
            abort()
        case .refusesToStart:
            fire()
            return wire.send(
                .failure(id: id, RPCError(.noCommonVersion, "none", data: ["supported": [7]])))
        case .choosesOtherVersion:
            fire()
            result.protocolVersion = 7
        case .implementsNothing:
            fire()
            result.implements = []
        case .asksTooEarly:
            fire()
            wire.send(.request(id: .text("early"), method: Method.getState.rawValue, params: [:]))
        default: break
        }
        wire.send(.result(id: id, result.json))
        if mode == .stopsReading {
            fire()
            Self.sleepForever()
        }
    }

    // MARK: Saying

    func fire() { Self.say("fault: \(mode.rawValue)") }

    static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }

    static func sleepForever() -> Never {
        while true { sleep(1000) }
    }
}

/// Lines in, lines out, without buffering what goes out.
struct Wire {
    private var decoder = LineDecoder()
    private var lines: [[UInt8]] = []
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)

    mutating func nextLine() -> [UInt8]? {
        while lines.isEmpty {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            for case .line(let line) in decoder.feed(buffer[..<count]) { lines.append(line) }
        }
        return lines.removeFirst()
    }

    func send(_ message: Message) { send(message.line) }

    func send(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress! + offset, bytes.count - offset) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return }
            offset += count
        }
    }
}
