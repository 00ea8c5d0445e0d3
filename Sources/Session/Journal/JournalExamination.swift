/// What a look at a journal's file shows.
package struct JournalExamination: Hashable, Sendable {
    package var runs: Int
    /// Those that are not over: under way, or waiting to be resumed.
    package var openRuns: Int

    package init(runs: Int, openRuns: Int) {
        self.runs = runs
        self.openRuns = openRuns
    }
}
