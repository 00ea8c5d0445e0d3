import LosslessJSON
import WebhookModel

/// The faults that happen to one request.
struct RequestFaults: Sendable {
    let rules: [FaultRule]

    subscript(kind: FaultKind) -> FaultRule? { rules.first { $0.kind == kind } }

    func has(_ kind: FaultKind) -> Bool { self[kind] != nil }

    /// What is answered instead of doing anything.
    var refusal: APIProblem? {
        for rule in rules {
            switch rule.kind {
            case .rateLimited: return .tooManyRequests(retryAfter: .seconds(rule.retryAfter))
            case .rateLimitedSilently:
                return APIProblem(status: 429, type: "TooManyRequestsError", message: "Rate limit exceeded")
            case .serverError: return .fault(rule.status)
            case .unavailable:
                return APIProblem(
                    status: 503, type: "ServiceUnavailableError", message: "Service Unavailable",
                    headers: ["Retry-After": "\(rule.retryAfter)"])
            default: continue
            }
        }
        return nil
    }

    /// A document as it is read, given what it was before its last change.
    func read(_ document: String, former: @autoclosure () -> String??) -> String {
        var document = document
        if has(.staleRead), case .some(.some(let stale)) = former() { document = stale }
        guard has(.maskedSecrets) || has(.keptSecrets), let json = try? JSON(parsing: document) else { return document }
        return SecretMasks.masked(json).text(.compact)
    }

    /// A body as it is stored in the place of a document.
    func written(_ body: JSONObject, over stored: JSON?) -> JSONObject {
        var body = body
        for name in self[.droppedFields]?.fields ?? [] { body[name] = nil }
        guard has(.keptSecrets), let stored else { return body }
        return SecretMasks.kept(JSON(body), from: stored).object ?? body
    }
}

/// What a server that hides secrets does to documents.
enum SecretMasks {
    /// Every secret as `redacted`, or its last four characters behind `****`.
    static func masked(_ document: JSON) -> JSON {
        var result = document
        for secret in SecretPaths.secrets(in: document) {
            let text = secret.value.string ?? ""
            let mask = text.utf8.count < 12 ? "redacted" : "****\(text.suffix(4))"
            try? result.set(JSON(mask), at: secret.path)
        }
        return result
    }

    /// The document with the stored value in the place of each mask.
    static func kept(_ document: JSON, from stored: JSON) -> JSON {
        var result = document
        for secret in SecretPaths.secrets(in: document) where Masking.looksMasked(secret.value.string ?? "") {
            guard let value = stored[secret.path] else { continue }
            try? result.set(value, at: secret.path)
        }
        return result
    }
}

extension APIProblem {
    static func fault(_ status: Int) -> APIProblem {
        APIProblem(status: status, type: "InternalServerError", message: "An unexpected error occurred")
    }
}
