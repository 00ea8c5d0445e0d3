import WebhookModel

/// What `doctor` says: facts go in, findings come out. Nothing here looks at anything.
package enum Doctor {
    /// What one check came to.
    package struct Finding: Hashable, Sendable {
        package enum State: String, Sendable, CaseIterable {
            case ok
            /// It works, and not as well as it could.
            case warning
            /// Something that hookline does fails, or somebody else can read or change what is private.
            case problem
            /// Nothing to check, or nothing to check it with.
            case skipped
        }

        /// What was checked, the same word each time: `terminal`, `config`, `plugin audit`.
        package var check: String
        package var state: State
        /// What was found; safe to show.
        package var detail: String
        /// How to mend it; nil where there is nothing to mend.
        package var hint: String?

        package init(_ check: String, _ state: State, _ detail: String, hint: String? = nil) {
            self.check = check
            self.state = state
            self.detail = detail
            self.hint = hint
        }
    }

    /// Every check, in the order in which it helps to mend what is wrong.
    static func findings(_ facts: Facts) -> [Finding] {
        [terminal(facts.terminal), locale(facts.locale), editor(facts.editor)]
            + [home(facts.hasHome)].compactMap(\.self) + facts.files.map(file)
            + [journal(facts.journal), disk(facts.disk), temporary(facts.temporary), openFiles(facts.openFiles)]
            + service(facts.service) + plugins(facts.plugins)
    }
}

extension Doctor {
    /// All that the checks decide by.
    struct Facts: Sendable {
        var terminal: TerminalState
        var locale: LocaleState
        var editor: EditorState
        /// Whether there is a place to keep files.
        var hasHome: Bool
        var files: [FileState]
        var journal: JournalState
        var disk: DiskState?
        var temporary: TemporaryFolder
        /// How many files the process may have open; nil for any number.
        var openFiles: Int?
        var service: ServiceState
        var plugins: PluginsState
    }
}
