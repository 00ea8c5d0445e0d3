import LosslessJSON
import WebhookModel

extension ServiceError {
    /// The error with what the server wrote masked wherever it repeats a secret of the document that was sent.
    func masked(sent document: JSON?, _ known: KnownSecrets) -> ServiceError {
        func mask(_ text: String) -> String {
            known.masked(in: document.map { Masking.masked(text, hidingSecretsOf: $0) } ?? text)
        }
        var error = self
        error.serverMessage = serverMessage.map(mask)
        error.code = code.map(mask)
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
