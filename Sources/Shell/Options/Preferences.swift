import HookScript

/// What `option` sets for a session.
package struct Preferences: Sendable {
    /// When long output goes through a pager.
    package enum Paging: Hashable, Sendable {
        /// Where `PAGER` names one.
        case environment
        case never
        /// Through this command line.
        case command(String)
    }

    /// Statements and turns of loops that one run may take.
    package var steps = Limits.standard.steps
    package var prompt = PromptTemplate.standard
    package var paging = Paging.environment

    package init() {}
}
