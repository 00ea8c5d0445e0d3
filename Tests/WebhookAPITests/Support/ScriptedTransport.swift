import Synchronization
import WebhookAPI

/// A transport that answers from a list, or from a function, and remembers what it was asked.
final class ScriptedTransport: Transport {
    typealias Answer = @Sendable (TransportRequest) async throws(TransportFailure) -> TransportResponse

    private let answer: Answer
    private let log = Mutex<[TransportRequest]>([])

    init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    /// Answers one after the other; the last one again and again.
    convenience init(_ results: [Result<TransportResponse, TransportFailure>]) {
        let rest = Mutex(results[...])
        self.init { _ throws(TransportFailure) in
            let next = rest.withLock { rest in rest.count > 1 ? rest.removeFirst() : rest.first! }
            return try next.get()
        }
    }

    var requests: [TransportRequest] { log.withLock { $0 } }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        log.withLock { $0.append(request) }
        return try await answer(request)
    }

    func shutdown() async {}
}

extension Result<TransportResponse, TransportFailure> {
    static func answer(_ status: Int, _ body: String = "{}", _ headers: (String, String)...) -> Self {
        let fields = headers.map { HeaderFields.Field($0.0, $0.1) }
        return .success(TransportResponse(status: status, headers: HeaderFields(fields), body: Array(body.utf8)))
    }

    static func failure(_ kind: TransportFailure.Kind, _ progress: TransportFailure.Progress) -> Self {
        .failure(TransportFailure(kind, progress: progress))
    }
}
