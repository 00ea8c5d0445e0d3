import LosslessJSON
import Sandbox
import Testing
import WebhookModel

@Suite("The strict schema")
struct StrictSchemaTests {
    private func post(_ body: String, version: APIVersion = .november2025) async throws -> (
        status: Int, problems: [String]
    ) {
        var result = (status: 0, problems: [String]())
        try await Harness.run(seed: .none, { $0.schema = .strict(version: version) }) { sandbox in
            let reply = try await sandbox.request("POST", "/", body: body)
            let problems = reply.json?["error"]?["details"]?["validation_errors"]?.array ?? []
            result = (
                reply.status,
                problems.map { problem in
                    let steps = (problem["location"]?.array ?? []).map { $0.string ?? $0.number?.spelling ?? "?" }
                    return steps.joined(separator: ".") + " " + (problem["type"]?.string ?? "?")
                }
            )
        }
        return result
    }

    private func webhook(_ channel: String, events: String = #"["object.created"]"#, more: String = "") -> String {
        #"{"webhook_name":"a","event_types":\#(events),"channels":[\#(channel)]\#(more)}"#
    }

    @Test("the pages' own Slack example is refused, for it has no webhook_url")
    func pagesExample() async throws {
        let slack = #"{"channel":"slack","configs":{"bot_token":"xoxb-...","channel_id":"C0","workspace_id":"T0"}}"#
        let (status, problems) = try await post(webhook(slack))
        #expect(status == 422)
        #expect(
            problems == [
                "body.channels.0.configs.EmailConfig.to_addresses missing",
                "body.channels.0.configs.SlackConfig.webhook_url missing",
                "body.channels.0.configs.WebhookConfig.url missing",
                "body.channels.0.configs.SmsConfig.phone_numbers missing",
            ])
    }

    @Test(
        "each kind of channel passes with what its schema requires",
        arguments: [
            #"{"channel":"slack","configs":{"webhook_url":"https://hooks.example.com/x","icon_url":null}}"#,
            #"{"channel":"email","configs":{"to_addresses":["a@example.com"],"content_type":"markdown"}}"#,
            #"{"channel":"webhook","configs":{"url":"https://example.com","headers":{"a":"b"},"timeout":1.5,"x":1}}"#,
            #"{"channel":"sms","configs":{"phone_numbers":["+15550100"]}}"#,
            #"{"channel":"slack","configs":{"phone_numbers":[]}}"#,
        ])
    func passes(channel: String) async throws {
        #expect(try await post(webhook(channel)).status == 201)
    }

    @Test("a member of another type fits no schema")
    func wrongTypes() async throws {
        for configs in [
            #"{"to_addresses":"a@example.com"}"#, #"{"to_addresses":[1]}"#, #"{"webhook_url":null}"#, #"{"url":1}"#,
            #"{"url":"u","headers":{"a":1}}"#, #"{"url":"u","timeout":"10"}"#, #"{"url":"u","payload_template":[]}"#,
            #"{"to_addresses":["a"],"content_type":"rtf"}"#,
        ] {
            #expect(try await post(webhook(#"{"channel":"email","configs":\#(configs)}"#)).status == 422, "\(configs)")
        }
    }

    @Test("event types and channel kinds are those of the version")
    func enumerations() async throws {
        let http = #"{"channel":"webhook","configs":{"url":"https://example.com"}}"#
        let sms = #"{"channel":"sms","configs":{"phone_numbers":["+15550100"]}}"#
        let wildcard = try await post(webhook(http, events: #"["*"]"#))
        #expect(wildcard.problems == ["body.event_types.0 enum"])
        let alert = webhook(http, events: #"["alert.created"]"#)
        #expect(try await post(alert).status == 422)
        #expect(try await post(alert, version: .january2026).status == 201)
        #expect(try await post(webhook(sms), version: .january2026).status == 201)
        let later = try await post(webhook(sms), version: .february2026)
        #expect(later.problems.first == "body.channels.0.channel enum")
    }

    @Test("the forms of the server's own members are checked, too")
    func serverOwned() async throws {
        let http = #"{"channel":"webhook","configs":{"url":"https://example.com"}}"#
        let wrong = try await post(
            webhook(http, more: #","webhook_id":"wh_1","created_at":"yesterday","updated_at":1"#))
        #expect(
            wrong.problems == [
                "body.webhook_id string_pattern_mismatch", "body.created_at datetime_parsing",
                "body.updated_at datetime_parsing",
            ])
        let id = #","webhook_id":"wh_0123456789abCDEF""#
        #expect(try await post(webhook(http, more: id), version: .january2026).status == 201)
        #expect(try await post(webhook(http, more: id)).status == 422)
    }
}
