import LosslessJSON

/// An error as the API answers it.
struct APIProblem: Error, Hashable, Sendable {
    let status: Int
    /// The machine-readable name, such as `NotFoundError`.
    let type: String
    let message: String
    var validation: [ValidationProblem] = []
    /// Further response headers, by name.
    var headers: [String: String] = [:]
    /// Whether the connection cannot be used again, because the rest of the request was not read.
    var closesConnection = false

    /// `{"success": false, "status": …, "error": {"type", "message", "details"?}}`
    var body: JSON {
        var error: JSONObject = ["type": JSON(type), "message": JSON(message)]
        if !validation.isEmpty {
            error["details"] = ["validation_errors": JSON(validation.map(\.json))]
        }
        return ["success": false, "status": JSON(status), "error": JSON(error)]
    }

    static func badRequest(_ message: String) -> APIProblem {
        APIProblem(status: 400, type: "BadRequestError", message: message)
    }

    static let unauthorized = APIProblem(
        status: 401, type: "UnauthorizedError", message: "Invalid or missing API key",
        headers: ["WWW-Authenticate": "Bearer"])

    static func notFound(_ message: String) -> APIProblem {
        APIProblem(status: 404, type: "NotFoundError", message: message)
    }

    static func methodNotAllowed(_ allowed: [String]) -> APIProblem {
        APIProblem(
            status: 405, type: "MethodNotAllowedError", message: "Method Not Allowed",
            headers: ["Allow": allowed.joined(separator: ", ")])
    }

    static func bodyTooLarge(limit: Int) -> APIProblem {
        APIProblem(
            status: 413, type: "PayloadTooLargeError", message: "Request body is longer than \(limit) bytes",
            closesConnection: true)
    }

    static func invalid(_ problems: [ValidationProblem]) -> APIProblem {
        APIProblem(status: 422, type: "ValidationError", message: "Validation failed", validation: problems)
    }

    static let internalError = APIProblem(
        status: 500, type: "InternalServerError", message: "An unexpected error occurred")

    static let busy = APIProblem(
        status: 503, type: "ServiceUnavailableError", message: "The database is busy", headers: ["Retry-After": "1"])
}

/// One thing wrong with a request, named as the API's validator (Pydantic) names it.
struct ValidationProblem: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    /// `missing`, `string_type`, …
    let type: String
    /// From `body`, `query` or `path` on.
    let location: [Step]
    let message: String

    var json: JSON {
        let location = location.map { step in
            switch step {
            case .name(let name): JSON(name)
            case .index(let index): JSON(index)
            }
        }
        return ["type": JSON(type), "location": JSON(location), "message": JSON(message)]
    }
}

extension ValidationProblem.Step: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    init(stringLiteral name: String) { self = .name(name) }
    init(integerLiteral index: Int) { self = .index(index) }
}
