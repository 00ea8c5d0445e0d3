import Glibc
import LosslessJSON
import PluginProtocol

/// The two streams to the host. One thread reads and writes; what comes while an answer is awaited waits in a list.
final class Connection {
    private let input: Int32
    private let output: Int32
    private var decoder = LineDecoder()
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var calls: [(id: RequestID, method: String, params: JSON)] = []
    private var cancelled: Set<RequestID> = []
    private var answers: [RequestID: Result<JSON, RPCError>] = [:]
    private var nextRequest = 1
    private var hasEnded = false

    init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
        self.input = input
        self.output = output
    }

    /// The next call; nil when the host is gone.
    func nextCall() -> (id: RequestID, method: String, params: JSON)? {
        while calls.isEmpty, !hasEnded { read() }
        return calls.isEmpty ? nil : calls.removeFirst()
    }

    /// Whether a call was cancelled: looks at what has come, and does not wait.
    func isCancelled(_ id: RequestID) -> Bool {
        var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        while !hasEnded, poll(&file, 1, 0) > 0, file.revents != 0 { read() }
        return cancelled.contains(id)
    }

    func forget(_ id: RequestID) { cancelled.remove(id) }

    /// Asks the host and waits for its answer.
    func ask(_ method: Method, _ params: JSON) -> Result<JSON, RPCError> {
        let id = RequestID.number(nextRequest)
        nextRequest += 1
        send(.request(id: id, method: method.rawValue, params: params))
        while !hasEnded {
            if let answer = answers.removeValue(forKey: id) { return answer }
            read()
        }
        return answers.removeValue(forKey: id) ?? .failure(RPCError(.internalError, "the host is gone"))
    }

    func send(_ message: Message) {
        let line = message.line
        var offset = 0
        while offset < line.count {
            let count = line.withUnsafeBytes { write(output, $0.baseAddress! + offset, line.count - offset) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                hasEnded = true
                return
            }
            offset += count
        }
    }

    private func read() {
        let count = Glibc.read(input, &buffer, buffer.count)
        if count < 0, errno == EINTR { return }
        guard count > 0 else {
            hasEnded = true
            return
        }
        for event in decoder.feed(buffer[..<count]) {
            switch event {
            case .line(let line): take(LineContent(line))
            case .overflow: hasEnded = true
            }
        }
    }

    private func take(_ content: LineContent) {
        switch content {
        case .message(.request(let id, let method, let params)): calls.append((id, method, params))
        case .message(.notification(let method, let params)):
            guard method == Method.cancel.rawValue, let id = params["id"].flatMap(RequestID.init) else { return }
            cancelled.insert(id)
        case .message(.result(let id, let result)): answers[id] = .success(result)
        case .message(.failure(let id?, let error)): answers[id] = .failure(error)
        case .message(.failure(nil, _)): break
        case .noise: send(.failure(id: nil, RPCError(.parseError, "no JSON")))
        case .fault(let fault): send(.failure(id: nil, RPCError(.invalidRequest, "\(fault)")))
        }
    }
}
