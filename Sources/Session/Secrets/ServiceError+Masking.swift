import LosslessJSON
import WebhookModel

extension ServiceError {
    /// The error with what the server wrote masked wherever it repeats a secret of the document that was sent, or of the
    /// one that it was to replace.
    func masked(sent document: JSON?, before: JSON?, _ known: KnownSecrets) -> ServiceError {
        // All of them at once, since what one mask leaves must not keep another secret from being found.
        let secrets: [String] = [document, before].compactMap(\.self).flatMap(Masking.secretTexts) + known.texts
        func mask(_ text: String) -> String { Masking.masked(text, hiding: secrets) }
        var error = self
        error.serverMessage = serverMessage.map(mask)
        error.code = code.map(mask)
        error.serverType = serverType.map(mask)
        error.requestID = requestID.map(mask)
        switch kind {
        case .invalid(let problems):
            error.kind = .invalid(problems.map { $0.masked(by: mask) })
        case .unexpectedAnswer(let contentType, let snippet):
            error.kind = .unexpectedAnswer(contentType: contentType.map(mask), snippet: mask(snippet))
        case .malformedBody(let reason, let offset):
            error.kind = .malformedBody(reason: mask(reason), offset: offset)
        case .ambiguous(let reason): error.kind = .ambiguous(reason: mask(reason))
        case .redirectRefused(let target): error.kind = .redirectRefused(to: mask(target))
        default: break
        }
        return error
    }
}

extension FieldProblem {
    /// The problem with each of its texts masked, the names on its path included.
    fileprivate func masked(by mask: (String) -> String) -> FieldProblem {
        let names = path?.components.map { component -> JSONPath.Component in
            if case .name(let name) = component { .name(mask(name)) } else { component }
        }
        return FieldProblem(
            path: names.map { JSONPath($0) }, location: location.map(mask), message: mask(message), type: mask(type))
    }
}
