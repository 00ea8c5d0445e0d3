import LosslessJSON
import WebhookModel

/// What an error means for a write that was sent, or was to be.
enum WriteFailure {
    /// The webhook is not there.
    case gone
    /// It may have happened.
    case open
    /// The API doesn't take this document.
    case refused
    /// It did not happen.
    case failed
    /// It was not sent: the run was cancelled, or its turn came too late.
    case notSent
    /// It did not happen, and none of the others would.
    case fatal

    init(_ error: ServiceError, of write: CommitMachine.Write) {
        self =
            switch error.kind {
            case .unauthorized, .forbidden: .fatal
            case .redirectRefused, .tooManyRedirects, .insecureTransport, .certificate, .unreachable: .fatal
            case .notFound: if case .create = write { .refused } else { .gone }
            case .alreadyExists, .badRequest, .invalid, .notAllowed: .refused
            case .rateLimited: .failed
            // The server may have done it before it failed, or before its answer was garbled.
            case .serverError, .unexpectedAnswer, .malformedBody, .bodyTooLarge, .ambiguous, .timedOut: .open
            case .cancelled, .overdue: .notSent
            }
    }
}

extension CommitMachine.Write {
    init?(_ entry: PlanEntry) {
        switch (entry.action, entry.key) {
        case (.create(let target), _): self = .create(target)
        case (.update(let target), .existing(let id)): self = .update(id, target)
        case (.delete, .existing(let id)): self = .delete(id)
        default: return nil
        }
    }

    /// The webhook that is written; nil for a create.
    package var id: WebhookID? {
        switch self {
        case .create: nil
        case .update(let id, _), .delete(let id): id
        }
    }

    /// The document that is sent; nil for a delete.
    package var target: JSON? {
        switch self {
        case .create(let target), .update(_, let target): target
        case .delete: nil
        }
    }

    package var operation: WriteOperation {
        switch self {
        case .create: .create
        case .update: .update
        case .delete: .delete
        }
    }
}

extension CommitStatus {
    var journalState: JournalState {
        switch self {
        case .planned: .planned
        case .confirmed: .confirmed
        case .already: .already
        case .conflict: .conflict
        case .refused, .invalid, .masked: .refused
        case .failed: .failed
        case .unknown: .unknown
        }
    }
}

extension ServiceError {
    /// For the journal: kind, status and the server's type, which hold nothing of the document.
    var detail: String {
        ([kind.name] + [status.map(String.init), serverType, code].compactMap(\.self)).joined(separator: " ")
    }

    /// A write that was in flight when the run was abandoned.
    static func abandoned(_ write: CommitMachine.Write) -> ServiceError {
        ServiceError(.ambiguous(reason: "abandoned"), operation: write.operation.rawValue, host: "")
    }
}

extension ServiceError.Kind {
    /// The kind's name without its data.
    package var name: String {
        switch self {
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "notFound"
        case .alreadyExists: "alreadyExists"
        case .badRequest: "badRequest"
        case .invalid: "invalid"
        case .rateLimited: "rateLimited"
        case .serverError: "serverError"
        case .unexpectedAnswer: "unexpectedAnswer"
        case .malformedBody: "malformedBody"
        case .bodyTooLarge: "bodyTooLarge"
        case .unreachable: "unreachable"
        case .timedOut: "timedOut"
        case .ambiguous: "ambiguous"
        case .redirectRefused: "redirectRefused"
        case .tooManyRedirects: "tooManyRedirects"
        case .insecureTransport: "insecureTransport"
        case .certificate: "certificate"
        case .notAllowed: "notAllowed"
        case .cancelled: "cancelled"
        case .overdue: "overdue"
        }
    }
}
