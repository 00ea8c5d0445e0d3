/// A rule of docs/safety that a run broke.
struct Violation: Hashable, CustomStringConvertible {
    enum Rule: String, Hashable, CaseIterable {
        /// A field that the user did not change is different because of us.
        case untouchedField = "untouched-field"
        /// `is_active` is in every PUT.
        case activeIsSent = "active-is-sent"
        /// What is sent is what the journal says.
        case sentAsJournalled = "sent-as-journalled"
        /// Nothing is sent before its before-image and `sent` are in the journal.
        case journalledFirst = "journalled-first"
        /// A foreign write that one of our readings showed is not overwritten.
        case shownWriteKept = "shown-write-kept"
        /// What is written is the merge of base, live and staged.
        case mergedRight = "merged-right"
        /// A write goes by a reading made for it, no older than was asked for.
        case freshReading = "fresh-reading"
        /// No create is done twice.
        case createdOnce = "created-once"
        /// No edit is applied twice with effect, nor over what another of our sessions wrote.
        case appliedOnce = "applied-once"
        /// The journal agrees with what the server held.
        case journalIsTrue = "journal-is-true"
        /// The report agrees with the journal, and what is not done stays staged.
        case reportIsTrue = "report-is-true"
        /// Two sessions never hold one webhook.
        case oneHolder = "one-holder"
        /// A stored secret is never replaced by its mask.
        case secretKept = "secret-kept"
        /// The key goes to one origin.
        case keyAtHome = "key-at-home"
        /// Every run comes to its end once nothing goes wrong any more.
        case comesToAnEnd = "comes-to-an-end"
    }

    let rule: Rule
    let detail: String

    var description: String { "\(rule.rawValue): \(detail)" }
}
