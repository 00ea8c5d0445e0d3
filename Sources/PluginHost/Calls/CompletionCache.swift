import PluginProtocol

/// What plugins have answered to completions in this session.
struct CompletionCache: Sendable {
    struct Question: Hashable, Sendable {
        let plugin: String
        let params: CompletionParams
    }

    private static let capacity = 256
    private var answers: [Question: [CompletionCandidate]] = [:]
    private var order: [Question] = []
    private var asked: Set<Question> = []

    func candidates(_ question: Question) -> [CompletionCandidate]? { answers[question] }

    /// Whether nobody is asking this at the moment; from now on somebody is.
    mutating func begin(_ question: Question) -> Bool { asked.insert(question).inserted }

    mutating func end(_ question: Question, _ candidates: [CompletionCandidate]?) {
        asked.remove(question)
        guard let candidates else { return }
        if answers.updateValue(candidates, forKey: question) == nil { order.append(question) }
        if order.count > Self.capacity { answers[order.removeFirst()] = nil }
    }
}
