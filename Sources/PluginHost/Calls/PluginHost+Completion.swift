import PluginProtocol

extension PluginHost {
    /// What a plugin is known to offer for a word of its command: what it answered before, at once. A plugin that is
    /// running and idle is asked anew behind it; none is started, and nobody waits.
    package func candidates(_ params: CompletionParams, command: String) -> [CompletionCandidate] {
        guard let (plugin, name) = try? table().resolve(command, .command),
            !plugin.manifest.contributions.completions.isEmpty
        else { return [] }
        var params = params
        params.command = name
        let question = CompletionCache.Question(plugin: plugin.id, params: params)
        let (known, runner) = state.withLock { state in
            (state.completions.candidates(question), state.running[plugin.id])
        }
        if let running = runner, running.runner.activity == .ready, !running.runner.isBusy {
            refresh(question, running)
        }
        return known ?? []
    }

    private func refresh(_ question: CompletionCache.Question, _ running: Running) {
        guard state.withLock({ $0.completions.begin(question) }) else { return }
        Task {
            let candidates = try? await self.complete(question.params, running)
            self.state.withLock { $0.completions.end(question, candidates) }
        }
    }

    /// Asks a plugin for candidates and waits, for its tests.
    func complete(_ params: CompletionParams, _ running: Running) async throws(PluginCallError) -> [CompletionCandidate]
    {
        let answer = try await call(running, .complete, [params.json.bytes()], timed: .complete)
        let result = try read(answer[0], of: running.plugin) { json throws(ShapeError) in try CompletionResult(json) }
        return result.candidates.prefix(1000).map { candidate in
            CompletionCandidate(
                value: PlainText.strippedLine(candidate.value),
                description: candidate.description.map(PlainText.strippedLine))
        }
    }
}
