import LosslessJSON
import WebhookModel

/// What came of one webhook in a commit.
package enum CommitStatus: Hashable, Sendable {
    /// Not sent: a dry run, or the commit stopped before.
    case planned
    /// The server holds it now.
    case confirmed(Verification)
    /// The server held it before; nothing was sent.
    case already
    /// Somebody else's change is in the way; for one that turned up while sending, path `.` holds whole documents.
    case conflict([Conflict])
    case invalid([Finding])
    case masked([JSONPath])
    // Errors are kept aside, as they are large: each webhook of a run has a status, and hardly one an error.
    /// The API refused it: a 4xx other than 401, 403 and 429.
    indirect case refused(ServiceError)
    /// It was not taken, and is not held by the server.
    indirect case failed(ServiceError)
    /// It may have happened, and looking did not tell.
    indirect case unknown(ServiceError)

    package var kind: Kind {
        switch self {
        case .planned: .planned
        case .confirmed: .confirmed
        case .already: .already
        case .conflict: .conflict
        case .invalid: .invalid
        case .masked: .masked
        case .refused: .refused
        case .failed: .failed
        case .unknown: .unknown
        }
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case planned, confirmed, already, conflict, invalid, masked, refused, failed, unknown

        /// Whether the server holds what was staged.
        package var isDone: Bool { self == .confirmed || self == .already }
    }

    package var error: ServiceError? {
        switch self {
        case .refused(let error), .failed(let error), .unknown(let error): error
        case .planned, .confirmed, .already, .conflict, .invalid, .masked: nil
        }
    }
}

/// How the server's answer to a write compares with what was sent.
package struct Verification: Hashable, Sendable {
    /// From what was sent to what the server made of it: normalised, dropped, or changed by somebody else meanwhile.
    package let differences: [Change]
    /// Secrets that the answer masks, so that nothing can be said of them.
    package let unverifiable: [JSONPath]
    /// What is different by the end of the run from what the answer showed: somebody else wrote after us.
    package private(set) var lost: [Change] = []

    package static let equal = Verification(differences: [], unverifiable: [])

    init(differences: [Change], unverifiable: [JSONPath]) {
        self.differences = differences
        self.unverifiable = unverifiable
    }

    /// The same with what the closing list showed.
    func losing(_ changes: [Change]) -> Verification {
        var verification = self
        verification.lost = changes
        return verification
    }

    /// Compares apart from what only the server changes.
    package init(sent: JSON, answer: JSON) {
        if ServerOwned.isSame(sent, answer) {
            self = .equal
            return
        }
        let changes = DocumentDiff.changes(from: sent, to: answer)
        var differences: [Change] = []
        var unverifiable: [JSONPath] = []
        for change in changes {
            if let before = change.before, let after = change.after, Self.isMask(after, of: before, at: change.path) {
                unverifiable.append(change.path)
            } else {
                differences.append(change)
            }
        }
        self.init(differences: differences, unverifiable: unverifiable)
    }

    /// Whether a server that answers like this has taken what was sent: nothing differs but members that are new to the
    /// webhook, such as a server's defaults. A member that was there `before` and is there still was not removed.
    package func isTaken(_ sent: JSON, before: JSON?) -> Bool {
        differences.allSatisfy { change in
            guard case .name = change.path.last, change.kind == .added else { return false }
            return sent.value(at: change.path) == nil && before?.value(at: change.path) == nil
        }
    }

    private static func isMask(_ answer: JSON, of sent: JSON, at path: JSONPath) -> Bool {
        guard let text = answer.string, Masking.looksMasked(text), answer != sent else { return false }
        return SecretPaths.isSecret(path) || SecretPaths.holdsSecret(sent, at: path)
    }
}
