import PluginProtocol

/// What plugins have answered to completions in this session.
struct CompletionCache: Sendable {
    struct Question: Hashable, Sendable {
        let plugin: String
        var params: CompletionParams
    }

    private static let capacity = 256
    private var answers: [Question: [CompletionCandidate]] = [:]
    private var order: [Question] = []
    private var asked: Set<Question> = []

    /// The answer for this word; else the one for the longest beginning of it, which holds what this word's would.
    func candidates(_ question: Question) -> [CompletionCandidate]? {
        var question = question
        while true {
            if let answer = answers[question] { return answer }
            guard question.params.word.popLast() != nil else { return nil }
            question.params.cursor = question.params.word.utf8.count
        }
    }

    /// Whether nobody is asking this at the moment; from now on somebody is.
    mutating func begin(_ question: Question) -> Bool { asked.insert(question).inserted }

    mutating func end(_ question: Question, _ candidates: [CompletionCandidate]?) {
        asked.remove(question)
        guard let candidates else { return }
        if answers.updateValue(candidates, forKey: question) == nil { order.append(question) }
        if order.count > Self.capacity { answers[order.removeFirst()] = nil }
    }
}
