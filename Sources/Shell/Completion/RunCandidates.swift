import Session

extension Shell {
    /// The newest runs of the journal, for Tab; none before there is a journal, for a look makes no file.
    package func runCompletions() async -> [CompletionItem] {
        guard await connection.mayHaveRuns, let runs = try? await connection.journal.runs(limit: 50) else {
            return []
        }
        return runs.map { run in
            let count = run.counts.values.reduce(0, +)
            let webhooks = count == 1 ? "1 webhook" : "\(count) webhooks"
            let state = run.finishedAt == nil ? ", open" : ""
            return CompletionItem(run.id.description, "\(run.header.startedAt), \(webhooks)\(state)")
        }
    }
}
