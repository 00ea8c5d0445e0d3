import LosslessJSON
import Testing
import WebhookModel

@testable import WebhookAPI

@Suite("Answers as errors")
struct AnswerReaderTests {
    private func reader(_ safety: RepeatSafety = .read, document: JSON? = nil) throws -> AnswerReader {
        let call = Call(
            method: .put, path: "/v1/organizations/webhooks/wh_1", query: "cursor=secret", document: document,
            safety: safety, timeout: .seconds(1), bodyLimit: 1000)
        return AnswerReader(call: call, endpoint: try Endpoint(parsing: "https://api.test"), key: Client.key)
    }

    private func response(
        _ status: Int, _ body: String, type: String? = "application/json", _ headers: (String, String)...
    )
        -> TransportResponse
    {
        var fields = headers.map { HeaderFields.Field($0.0, $0.1) }
        if let type { fields.append(.init("Content-Type", type)) }
        return TransportResponse(status: status, headers: HeaderFields(fields), body: Array(body.utf8))
    }

    private func error(_ status: Int, _ body: String, type: String? = "application/json") throws -> ServiceError {
        try reader().error(response(status, body, type: type))
    }

    private func snippet(_ status: Int, _ body: String, type: String) throws -> String {
        guard case .unexpectedAnswer(_, let snippet) = try error(status, body, type: type).kind else {
            Issue.record("no unexpected answer")
            return ""
        }
        return snippet
    }

    @Test("a request's name in the log repeats no secret of what was sent")
    func loggedRequest() throws {
        let headers = HeaderFields([HeaderFields.Field("X-Request-ID", "xoxb-SUPERSECRET-abcdef")])
        let document: JSON = ["channels": [["channel": "slack", "configs": ["bot_token": "xoxb-SUPERSECRET-abcdef"]]]]
        #expect(try reader(document: document).loggedRequestID(headers) == "••••cdef")
        #expect(try reader().loggedRequestID(headers) == "xoxb-SUPERSECRET-abcdef")
    }

    @Test(
        "each status of the API's table has its kind",
        arguments: [
            (400, "BadRequestError", ServiceError.Kind.badRequest), (401, "UnauthorizedError", .unauthorized),
            (403, "NotEnabledError", .forbidden), (404, "NotFoundError", .notFound), (405, "X", .notAllowed),
            (409, "AlreadyExistsError", .alreadyExists), (422, "ValidationError", .invalid([])),
            (429, "TooManyRequestsError", .rateLimited(retryAfter: nil)), (500, "InternalServerError", .serverError),
            (503, "X", .serverError), (418, "X", .badRequest), (410, "X", .notFound),
        ])
    func statuses(_ status: Int, _ type: String, _ kind: ServiceError.Kind) throws {
        let body = #"{"success": false, "status": 0, "error": {"type": "\#(type)", "message": "m", "code": 7}}"#
        let error = try error(status, body)
        #expect(error.kind == kind)
        #expect(error.status == status)
        #expect(error.serverType == type)
        #expect(error.serverMessage == "m")
        #expect(error.code == "7")
        #expect(error.operation == "PUT /v1/organizations/webhooks/wh_1")
        #expect(error.host == "api.test")
    }

    @Test("an empty body leaves the status to speak", arguments: [401, 403, 404, 409, 422, 429, 500, 503])
    func emptyBodies(_ status: Int) throws {
        let error = try error(status, "")
        if case .unexpectedAnswer = error.kind { Issue.record("\(error.kind)") }
        #expect(error.serverMessage == nil)
    }

    @Test("a proxy's page is an unexpected answer with the words between its tags")
    func html() throws {
        let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\u{1B}[31m<h1>nginx</h1></html>"
        #expect(
            try error(502, page, type: "text/html; charset=utf-8").kind
                == .unexpectedAnswer(contentType: "text/html; charset=utf-8", snippet: "502 Bad Gateway [31m nginx"))
        #expect(
            try error(502, page, type: nil).kind
                == .unexpectedAnswer(contentType: nil, snippet: "502 Bad Gateway [31m nginx"))
        for status in [403, 404, 500] {
            guard case .unexpectedAnswer = try error(status, page, type: "text/html").kind else {
                Issue.record("\(status)")
                continue
            }
        }
    }

    @Test("the framework's own words are taken")
    func frameworkDetail() throws {
        let missing = try error(404, #"{"detail": "Not Found"}"#)
        #expect(missing.kind == .notFound && missing.serverMessage == "Not Found" && missing.serverType == nil)
        #expect(try error(400, #"{"message": "no"}"#).serverMessage == "no")
        #expect(try error(400, #"{"error": "no"}"#).serverMessage == "no")
    }

    @Test(
        "the request's identifier is taken from its header",
        arguments: ["X-Request-ID", "request-id", "X-Correlation-Id"])
    func requestID(_ name: String) throws {
        #expect(try reader().error(response(500, "{}", (name, "req_1\u{7}"))).requestID == "req_1")
    }

    @Test("nothing of the key, no control character and no endless text gets into an error")
    func printable() throws {
        let key = "sk_test_0123456789abcdef"
        let body: JSON = [
            "error": [
                "type": JSON("T\(key)"),
                "message": JSON("a\u{1B}]0;x\u{7} \(key)\n\u{202E}b" + String(repeating: "z", count: 9999)),
                "code": JSON("\(key)\u{85}"),
            ]
        ]
        let error = try reader().error(response(500, body.text(), ("X-Request-ID", key)))
        for text in [error.serverType, error.serverMessage, error.code, error.requestID] {
            #expect(text?.contains(key) == false)
            #expect(text?.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" && $0 != "\u{85}" } == true)
            #expect((text?.count ?? 0) <= 4097)
        }
        let long = String(repeating: "x", count: 9999)
        let snippet = try snippet(502, "<p>\(key) \(long)", type: "text/html")
        #expect(!snippet.contains(key) && snippet.count <= 2001)
    }

    @Test("a key astride the snippet's end leaves no beginning behind")
    func keyAtTheCut() throws {
        for padding in 170...205 {
            let text = String(repeating: "x", count: padding) + " sk_test_0123456789abcdef"
            #expect(try !snippet(502, text, type: "text/plain").contains("sk_"))
        }
    }

    @Test("a body that is no JSON is told by where it breaks, or by what it is instead")
    func unreadable() throws {
        let reader = try reader()
        func kind(_ body: String, type: String?) throws -> ServiceError.Kind? {
            do throws(ServiceError) {
                _ = try reader.json(response(200, body, type: type))
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(
            try kind("{\"a\": [1,", type: "application/json")
                == .malformedBody(reason: "the body ends inside a value at line 1, column 10", offset: 9))
        #expect(try kind("", type: nil) == .malformedBody(reason: "the body is empty at line 1, column 1", offset: 0))
        #expect(
            try kind("{\"a\": 1, \"a\": 2}", type: nil)
                == .malformedBody(reason: "the same name twice at line 1, column 10", offset: 9))
        #expect(
            try kind("\n <html>hi", type: "application/json")
                == .unexpectedAnswer(contentType: "application/json", snippet: "hi"))
        #expect(try kind("OK", type: "text/plain") == .unexpectedAnswer(contentType: "text/plain", snippet: "OK"))
        #expect(try kind("{}", type: "text/plain") == nil)
    }

    @Test("a webhook must be an object, and the one that was asked for")
    func wrongWebhook() throws {
        let id = Client.id
        #expect(try reader().webhook(response(200, #"{"webhook_id": "wh_abc123def4"}"#), id: id).id == id)
        #expect(try reader().webhook(response(200, "{}"), id: id).id == nil)
        for body in ["[]", "null", #"{"webhook_id": "wh_other"}"#] {
            #expect(throws: ServiceError.self) { try reader().webhook(response(200, body), id: id) }
        }
    }

    @Test("a write answered 2xx that can't be read may have happened", arguments: [RepeatSafety.write, .create])
    func writeUnreadable(_ safety: RepeatSafety) throws {
        let reader = try reader(safety)
        for body in ["", "{", "<html>", "[]", #"{"webhook_id": "wh_other"}"#] {
            do throws(ServiceError) {
                _ = try reader.webhook(response(201, body), id: Client.id)
                Issue.record("took \(body)")
            } catch {
                guard case .ambiguous(let reason) = error.kind, reason.hasPrefix("answered 201, then ") else {
                    Issue.record("\(error.kind)")
                    continue
                }
                #expect(error.status == 201)
            }
        }
    }

    @Test("what was sent and not answered is ambiguous for writes and plain for reads")
    func failures() throws {
        let kinds: [(TransportFailure.Kind, ServiceError.Kind)] = [
            (.timedOut, .timedOut), (.lost("r"), .unreachable(reason: "r")), (.cancelled, .cancelled),
            (.unreachable("r"), .unreachable(reason: "r")), (.closed, .cancelled),
            (.bodyTooLarge(limit: 5), .bodyTooLarge(limit: 5)), (.certificate("c"), .certificate(reason: "c")),
            (.notHTTP("x"), .unexpectedAnswer(contentType: nil, snippet: "no HTTP: x")),
        ]
        for (kind, expected) in kinds {
            #expect(try reader().error(TransportFailure(kind, progress: .sent)).kind == expected)
            #expect(try reader(.write).error(TransportFailure(kind, progress: .notSent)).kind == expected)
            for safety in [RepeatSafety.write, .create] {
                for progress in [TransportFailure.Progress.sent, .answered(status: 200)] {
                    guard case .ambiguous = try reader(safety).error(TransportFailure(kind, progress: progress)).kind
                    else {
                        Issue.record("\(kind) \(safety) \(progress)")
                        continue
                    }
                }
            }
        }
        let cut = try reader().error(TransportFailure(.lost("cut"), progress: .answered(status: 200)))
        #expect(cut.kind == .malformedBody(reason: "cut", offset: nil) && cut.status == 200)
    }
}
