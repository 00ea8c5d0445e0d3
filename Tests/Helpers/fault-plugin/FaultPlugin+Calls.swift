import Glibc
import LosslessJSON
import PluginProtocol

extension FaultPlugin {
    /// What the mode does when it is called.
    mutating func misbehave(_ id: RequestID, _ name: String, _ params: JSON) {
        let good = Message.result(id: id, Answers.good(Method(rawValue: name), params))
        switch mode {
        case .printsNoise:
            fire()
            wire.send(Array("hello from print()\n\nwarning: deprecated\n".utf8))
            wire.send(good)
        case .floodsNoise:
            fire()
            for _ in 0..<70 { wire.send([UInt8](repeating: UInt8(ascii: "x"), count: 1023) + [0x0A]) }
        case .sendsNoMessage: sendFault(#"{"hello":"world"}"#)
        case .sendsBatch: sendFault(#"[{"jsonrpc":"2.0","id":1,"result":null}]"#)
        case .sendsScalar: sendFault("42")
        case .sendsDuplicateMember: sendFault(#"{"jsonrpc":"2.0","id":1,"id":2,"result":null}"#)
        case .sendsBadUTF8:
            fire()
            wire.send(Array(#"{"jsonrpc":"2.0","id":1,"result":""#.utf8) + [0xFF, 0xFE] + Array("\"}\n".utf8))
        case .answersUnknownID:
            fire()
            wire.send(.result(id: .number(987_654), [:]))
        // Formats are answered, so that a test can start it first.
        case .hangs where name != Method.renderFormat.rawValue: fire()
        case .answersCancel, .answersLate:
            fire()
            held = id
        case .reportsProgress, .progressesForever: progress(id, good)
        case .crashes:
            fire()
            abort()
        case .crashesOnce: crashOnce(good)
        case .exitsQuietly:
            fire()
            exit(0)
        case .killsItself:
            fire()
            kill(getpid(), SIGKILL)
        case .answersTwice:
            fire()
            wire.send(good)
            wire.send(good)
        case .answersMalformed:
            fire()
            wire.send(.result(id: id, ["unexpected": true]))
        case .answersError:
            fire()
            wire.send(.failure(id: id, RPCError(code: -32603, message: "no \u{1B}[31mluck")))
        case .sendsEndlessLine: sendEndlessLine()
        case .startsGrandchild: startGrandchild(good)
        case .startsDaemon: startDaemon(good)
        case .closesOutput:
            fire()
            close(STDOUT_FILENO)
        case .asksHost: askHost(id, params)
        case .asksWithoutContext:
            fire()
            wire.send(.request(id: .text("q"), method: Method.getState.rawValue, params: ["context": 424242]))
            relay(id)
        case .floodsRequests:
            fire()
            for number in 0..<10_000 {
                wire.send(
                    .request(
                        id: .number(number), method: Method.confirm.rawValue,
                        params: ["context": id.json, "question": "?"]))
            }
        case .sendsControlCharacters: sendControlCharacters(id, name)
        case .looksAround: wire.send(.result(id: id, ["exit": 0, "json": Surroundings.report(params)]))
        default: wire.send(good)
        }
    }

    private func sendFault(_ line: String) {
        fire()
        wire.send(Array((line + "\n").utf8))
    }

    // MARK: Time and ends

    private func progress(_ id: RequestID, _ good: Message) {
        fire()
        var count = 0
        while mode == .progressesForever || count < 40 {
            usleep(30_000)
            wire.send(
                .notification(
                    method: Method.progress.rawValue,
                    params: ["context": id.json, "message": "at work", "done": JSON(count)]))
            count += 1
        }
        wire.send(good)
    }

    /// The marker is in its own home.
    private func crashOnce(_ good: Message) {
        let marker = String(cString: getenv("HOME")) + "/crashed"
        if access(marker, F_OK) == 0 { return wire.send(good) }
        fire()
        close(open(marker, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600))
        abort()
    }

    private func sendEndlessLine() {
        fire()
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
        wire.send(Array(#"{"jsonrpc":"2.0","id":1,"result":""#.utf8))
        for _ in 0..<(Int(argument) ?? 96) { wire.send(piece) }
    }

    // MARK: Processes

    /// A child in the plugin's own group that would outlive it, its number in the plugin's home.
    private func startGrandchild(_ good: Message) {
        fire()
        start(["/bin/sleep", "1000"], flags: 0, noting: "grandchild")
        wire.send(good)
    }

    /// A child in a session of its own that holds the plugin's pipes; then the plugin dies.
    private func startDaemon(_ good: Message) {
        fire()
        start(["/bin/sleep", "1000"], flags: Self.newSession, noting: "daemon")
        if argument == "stays" { return wire.send(good) }
        abort()
    }

    /// `POSIX_SPAWN_SETSID`, which Swift does not see.
    private static let newSession: Int16 = 0x80

    private func start(_ words: [String], flags: Int16, noting name: String) {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setflags(&attributes, flags)
        var arguments = words.map { strdup($0) } + [nil]
        var process = pid_t()
        guard posix_spawn(&process, words[0], nil, &attributes, &arguments, environ) == 0 else {
            return Self.say("cannot start \(words[0])")
        }
        Self.say("\(name) \(process)")
    }

    // MARK: Requests

    /// Asks the host what the call's first word says, with its second word as parameters, and answers what it was told.
    private mutating func askHost(_ id: RequestID, _ params: JSON) {
        fire()
        let words = params["argv"]?.array?.compactMap(\.string) ?? []
        var request = (try? JSON(parsing: words.count > 1 ? words[1] : "{}"))?.object ?? [:]
        request["context"] = id.json
        wire.send(.request(id: .text("q"), method: words.first ?? argument, params: JSON(request)))
        relay(id)
    }

    /// Waits for the host's answer and hands it back as the call's.
    private mutating func relay(_ id: RequestID) {
        while let line = wire.nextLine() {
            switch LineContent(line) {
            case .message(.result(.text("q"), let result)):
                return wire.send(.result(id: id, ["exit": 0, "json": ["result": result]]))
            case .message(.failure(.text("q"), let error)):
                return wire.send(.result(id: id, ["exit": 0, "json": ["error": error.json]]))
            default: continue
            }
        }
    }

    // MARK: Text

    private func sendControlCharacters(_ id: RequestID, _ name: String) {
        fire()
        Self.say("log \u{1B}[31mred\u{7}")
        let evil = "a\u{1B}[2Jb\u{1B}]0;title\u{7}c\rd\u{202E}e\u{9B}31mf"
        switch Method(rawValue: name) {
        case .renderFormat: wire.send(.result(id: id, ["text": JSON(evil)]))
        case .checkPolicy, .validateChannel:
            let finding = PluginFinding(level: .warn, rule: evil, path: evil, message: evil + "\nnext line")
            wire.send(.result(id: id, FindingsResult(findings: [finding]).json))
        case .complete:
            let candidate = CompletionCandidate(value: evil, description: evil)
            wire.send(.result(id: id, CompletionResult(candidates: [candidate]).json))
        default: wire.send(.result(id: id, ["exit": 0, "text": JSON(evil), "json": [JSON(evil)]]))
        }
    }
}

/// Answers as they should be.
enum Answers {
    static func good(_ method: Method?, _ params: JSON = [:]) -> JSON {
        switch method {
        case .runCommand: ["exit": 0, "text": "done", "json": params]
        case .renderFormat: ["text": JSON("\(params["webhooks"]?.count ?? 0) webhooks")]
        case .checkPolicy, .validateChannel: ["findings": []]
        case .applyTransform: ["edits": []]
        case .complete: ["candidates": [["value": "blue", "description": "the team"]]]
        case .lowerChannel: ["channel": ["channel": "webhook", "configs": params["configs"] ?? [:]]]
        case .recognizeChannel: ["channel": nil]
        default: [:]
        }
    }
}
