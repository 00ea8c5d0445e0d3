import Synchronization

/// Lines from a list: for tests of whoever reads them.
package final class ScriptedLines: LineSource {
    private let results: Mutex<ArraySlice<LineResult>>
    private let asked = Mutex<[String]>([])

    package init(_ results: [LineResult]) {
        self.results = Mutex(results[...])
    }

    package convenience init(_ lines: [String]) {
        self.init(lines.map { .line($0) })
    }

    /// The prompts that were shown, without their styles.
    package var prompts: [String] { asked.withLock { $0 } }

    /// The next of the list, joined with those after it while the validator wants more; behind the last,
    /// `.endOfInput`. Lines are added to the request's history.
    package func readLine(_ request: LineRequest) async throws(LineError) -> LineResult {
        var prompt = request.prompt
        var preceding = ""
        while true {
            asked.withLock { $0.append(prompt.text) }
            let result = results.withLock { $0.popFirst() } ?? .endOfInput
            guard case .line(let line) = result else { return result }
            let text = preceding + line
            if request.validator?.validate(text) != .incomplete {
                request.history?.append(text)
                return .line(text)
            }
            preceding = text + "\n"
            prompt = request.continuationPrompt
        }
    }
}
