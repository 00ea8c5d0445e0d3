import WebhookModel

/// A run's number in its journal, from 1.
package struct RunID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package var description: String { String(rawValue) }
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What is known of a run as a whole.
package struct RunHeader: Hashable, Sendable {
    package var startedAt: Timestamp
    package var target: CommitTarget
    /// The script that ran the commit; nil for the prompt.
    package var script: String?
    package var kind: RunKind

    package init(startedAt: Timestamp, target: CommitTarget, script: String? = nil, kind: RunKind = .commit) {
        self.startedAt = startedAt
        self.target = target
        self.script = script
        self.kind = kind
    }
}

package enum RunKind: Hashable, Sendable {
    case commit
    /// Takes another run back.
    case rollback(of: RunID)
}

/// Where a session's writes go, for the journal and for whoever confirms them.
package struct CommitTarget: Hashable, Sendable {
    package let profile: String
    package let host: String
    /// Tells organizations of one host apart without naming them: a digest of the key; empty where there is none.
    package let organization: String

    package init(profile: String, host: String, organization: String = "") {
        self.profile = profile
        self.host = host
        self.organization = organization
    }
}

package struct RunSummary: Hashable, Sendable {
    package var id: RunID
    package var header: RunHeader
    package var finishedAt: Timestamp?
    package var counts: [JournalState: Int]

    package init(id: RunID, header: RunHeader, finishedAt: Timestamp?, counts: [JournalState: Int]) {
        self.id = id
        self.header = header
        self.finishedAt = finishedAt
        self.counts = counts
    }

    /// Entries that a resume would look at.
    package var openCount: Int { counts.reduce(0) { $1.key.isFinal ? $0 : $0 + $1.value } }
}
