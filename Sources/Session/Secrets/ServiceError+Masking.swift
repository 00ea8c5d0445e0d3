import LosslessJSON
import WebhookModel

extension ServiceError {
    /// The error with what the server wrote masked wherever it repeats a secret of the document that was sent, or of the
    /// one that it was to replace.
    func masked(sent document: JSON?, before: JSON?, _ known: KnownSecrets) -> ServiceError {
        let documents = [document, before].compactMap(\.self)
        func mask(_ text: String) -> String {
            known.masked(in: documents.reduce(text) { Masking.masked($0, hidingSecretsOf: $1) })
        }
        var error = self
        error.serverMessage = serverMessage.map(mask)
        error.code = code.map(mask)
        error.serverType = serverType.map(mask)
        error.requestID = requestID.map(mask)
        switch kind {
        case .invalid(let problems):
            error.kind = .invalid(
                problems.map { problem in
                    var problem = problem
                    problem.message = mask(problem.message)
                    problem.location = problem.location.map(mask)
                    return problem
                })
        case .unexpectedAnswer(let contentType, let snippet):
            error.kind = .unexpectedAnswer(contentType: contentType, snippet: mask(snippet))
        default: break
        }
        return error
    }
}
