import LosslessJSON
import WebhookModel

/// What the body of an answer that is no 2xx says, in any of the shapes the API and its framework use.
struct ErrorBody {
    /// `error.type`: set only when the API itself spoke, not a proxy or a router.
    var type: String?
    /// `error.message`, or a framework's `detail` text.
    var message: String?
    /// `error.code`, a number as spelt.
    var code: String?
    var problems: [FieldProblem] = []

    /// Reads `{"error": {type, message, code, details: {validation_errors}}}`, `{"detail": …}` or neither.
    ///
    /// `document` is what was sent: it tells which parts of a problem's location are members of it.
    init(_ json: JSON, document: JSON?, key: APIKey) {
        func text(_ value: JSON?, limit: Int = 4096) -> String? {
            (value?.string ?? value?.number?.spelling).map { Printable.line($0, limit: limit, without: key) }
        }
        let reader = FieldProblemReader(document: document, key: key)
        if let error = json["error"], error.kind == .object {
            type = text(error["type"], limit: 100)
            message = text(error["message"])
            code = text(error["code"], limit: 100)
            problems = reader.problems(error["details"]?["validation_errors"])
        } else {
            message = text(json["detail"]) ?? text(json["message"]) ?? text(json["error"])
            problems = reader.problems(json["detail"])
        }
    }
}
