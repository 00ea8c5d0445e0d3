import LosslessJSON
import Testing
import WebhookModel

@testable import WebhookAPI

@Suite("Problems of a 422")
struct FieldProblemTests {
    private let document: JSON = [
        "webhook_name": "", "channels": [["channel": "slack", "configs": ["channel_id": "C1"]]],
    ]

    private func body(_ json: JSON) -> ErrorBody {
        ErrorBody(json, document: document, key: Client.key)
    }

    private func paths(_ json: JSON) -> [String?] { body(json).problems.map { $0.path?.description } }

    @Test("the API's shape: details.validation_errors")
    func envelope() {
        let problem: JSON = ["type": "string_too_short", "location": ["body", "webhook_name"], "message": "too short"]
        let body = body([
            "error": ["type": "ValidationError", "message": "m", "details": ["validation_errors": [problem]]]
        ])
        #expect(
            body.problems == [
                FieldProblem(
                    path: JSONPath([.name("webhook_name")]), location: ["body", "webhook_name"], message: "too short",
                    type: "string_too_short")
            ])
        #expect(body.type == "ValidationError")
    }

    @Test("the framework's shape: detail with loc, alternatives' names left out of the path")
    func framework() {
        let detail: JSON = [
            [
                "loc": ["body", "channels", 0, "configs", "SlackConfig", "bot_token"], "msg": "Field required",
                "type": "missing",
            ],
            [
                "loc": ["body", "channels", 0, "configs", "EmailConfig", "to_addresses"], "msg": "Field required",
                "type": "missing",
            ],
            ["loc": ["body"], "msg": "x", "type": "t"], ["loc": ["query", "limit"], "msg": "x", "type": "t"],
            ["msg": "no place"],
        ]
        #expect(
            paths(["detail": detail]) == [
                "channels[0].configs.bot_token", "channels[0].configs.to_addresses", ".", nil, nil,
            ])
        #expect(
            body(["detail": detail]).problems[0].location == [
                "body", "channels", "0", "configs", "SlackConfig", "bot_token",
            ])
    }

    @Test(
        "a location written as one text is read too",
        arguments: ["body.channels.0.configs.x", "body -> channels -> 0 -> configs -> x", "channels[0].configs.x"])
    func oneText(_ text: String) {
        let detail: JSON = [["location": JSON(text), "message": "m"]]
        #expect(paths(["detail": detail]) == ["channels[0].configs.x"])
    }

    @Test("what is no problem is passed over, and there is an end to them")
    func odd() {
        #expect(body(["detail": [1, nil, "x", ["loc": []], ["msg": 5]]]).problems.isEmpty)
        #expect(body(["detail": "text"]).problems.isEmpty)
        #expect(body(7).message == nil)
        let many = JSON((0..<5000).map { _ in ["msg": "m"] })
        #expect(body(["detail": many]).problems.count == 100)
        let deep = JSON((0..<5000).map { JSON($0) })
        #expect(body(["detail": [["loc": deep, "msg": "m"]]]).problems[0].location.count == 64)
    }
}
