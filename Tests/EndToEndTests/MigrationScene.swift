/// A part of the walk-through: what is typed at the prompt, and what somebody else does beside it.
struct MigrationScene: Sendable {
    enum Step: Sendable {
        /// A line, or an answer, until the prompt is back.
        case line(String)
        /// A line, or an answer, until the cursor stands behind a question.
        case asked(String, question: String)
        /// Ctrl-C, until the prompt is back.
        case interrupt
        /// Commands of somebody else's, at another machine so to speak.
        case somebodyElse(String)
        /// The program is killed, and another one started.
        case killed
    }

    let name: String
    let steps: [Step]
}

extension MigrationScene {
    private static let byName = "Type acme to go on:"
    private static let goOn = "Go on? [y/N]"

    /// One story: every scene goes on where the one before it ended.
    static let all = [
        MigrationScene(
            name: "staging",
            steps: [
                .line("select where name ~ 'Team *'"), .line("replace name Team Platform"),
                .line("add-event cluster.execution.failed"),
            ]),
        MigrationScene(
            name: "somebody else",
            steps: [
                .somebodyElse("use 'Team Search'; set name 'Search Squad'; commit --yes"),
                .somebodyElse("use 'Team Vision'; set description 'What cameras see'; commit --yes"),
            ]),
        MigrationScene(name: "the plan", steps: [.line("plan")]),
        MigrationScene(name: "over the limits", steps: [.line("commit")]),
        MigrationScene(
            name: "a canary and an interrupt",
            steps: [
                .asked("commit --max-changes 60 --canary 3", question: byName), .asked("acme", question: goOn),
                .interrupt,
            ]),
        MigrationScene(
            name: "resume", steps: [.line("log"), .asked("resume", question: byName), .line("acme")]),
        MigrationScene(
            name: "the conflict",
            steps: [.line("commit"), .asked("commit --force", question: byName), .line("acme")]),
        MigrationScene(
            name: "what was sent", steps: [.line("log"), .line("log 1 --webhook 'Platform Vision'")]),
        MigrationScene(
            name: "somebody else again",
            steps: [.somebodyElse("use 'Platform Docs'; set name Docs; commit --yes")]),
        MigrationScene(
            name: "rollback",
            steps: [
                .asked("rollback 1 --max-changes 60", question: byName), .line("acme"),
                .line("show 'Team Vision' description"),
            ]),
        MigrationScene(
            name: "a plan in a file",
            steps: [
                .line("deselect"), .line("delete 'Weekly Digest'"), .line("plan --out digest.plan"),
                .line("discard all"), .asked("commit --plan digest.plan --allow delete", question: byName),
                .line("acme"),
            ]),
        MigrationScene(name: "edits", steps: [.line("set active false --on 'Team Mobile'")]),
        MigrationScene(
            name: "a draft",
            steps: [.killed, .line("draft restore"), .line("diff"), .line("discard 'Team Mobile'")]),
    ]
}
