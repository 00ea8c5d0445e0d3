import LosslessJSON
import Testing
import WebhookModel

@Suite("Validation")
struct ValidationTests {
    private func findings(_ document: JSON) -> [String: Finding.Code] {
        Dictionary(Validation.findings(in: document).map { ($0.path.description, $0.code) }) { first, _ in first }
    }

    @Test("finds nothing in a document that the API takes, whatever members it has besides")
    func valid() {
        #expect(Validation.findings(in: Samples.valid { $0["x_owner"] = [1, 2] }).isEmpty)
    }

    @Test("names what is missing")
    func missing() {
        let found = findings([:])
        #expect(found["webhook_name"] == .missing(alternatives: []))
        #expect(found["event_types"] == .missing(alternatives: []))
        #expect(found["channels"] == .missing(alternatives: []))
        #expect(found.count == 3)
    }

    @Test("takes names of 1…200 code points")
    func nameLength() {
        func code(_ name: String) -> Finding.Code? {
            findings(Samples.valid { $0["webhook_name"] = JSON(name) })["webhook_name"]
        }
        #expect(code("") == .tooShort(minimum: 1))
        #expect(code("é") == nil)
        #expect(code(String(repeating: "😀", count: 200)) == nil)
        #expect(code(String(repeating: "x", count: 201)) == .tooLong(maximum: 200, found: 201))
    }

    @Test("wants at least one event type and one channel")
    func atLeastOne() {
        #expect(findings(Samples.valid { $0["event_types"] = [] })["event_types"] == .tooShort(minimum: 1))
        #expect(findings(Samples.valid { $0["channels"] = [] })["channels"] == .tooShort(minimum: 1))
    }

    @Test("warns of an unknown event type, with the nearest known one")
    func unknownEvent() throws {
        let document = Samples.valid { $0["event_types"] = ["object.created", "object.delted", "zebra", "*"] }
        let found = Validation.findings(in: document)
        #expect(found.map(\.path.description) == ["event_types[1]", "event_types[2]"])
        #expect(found.map(\.suggestion) == ["object.deleted", nil])
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test("warns of an unknown channel kind and looks no further into it")
    func unknownKind() {
        let found = Validation.findings(in: Samples.with(channel: "slak", ["anything": [1, 2]]))
        #expect(found.map(\.code) == [.unknownChannelKind("slak")])
        #expect(found.map(\.suggestion) == ["slack"])
    }

    @Test("takes the pages' Slack example, and a hook, but not a channel with neither")
    func slack() {
        let bot: JSON = ["bot_token": "xoxb-1", "channel_id": "C1", "workspace_id": "T1"]
        #expect(Validation.findings(in: Samples.with(channel: "slack", bot)).isEmpty)
        let hook: JSON = ["webhook_url": "https://hooks.slack.com/services/T/B/x"]
        #expect(Validation.findings(in: Samples.with(channel: "slack", hook)).isEmpty)
        let neither = findings(Samples.with(channel: "slack", ["username": "x"]))
        #expect(neither["channels[0].configs.webhook_url"] == .missing(alternatives: ["bot_token", "channel_id"]))
    }

    @Test("takes recipients for to_addresses, as the pages' example has it")
    func recipients() {
        #expect(Validation.findings(in: Samples.with(channel: "email", ["recipients": ["a@example.com"]])).isEmpty)
        let found = findings(Samples.with(channel: "email", ["subject_template": "x"]))
        #expect(found["channels[0].configs.to_addresses"] == .missing(alternatives: ["recipients"]))
    }

    @Test("names the address that is none")
    func addresses() {
        let mail = findings(Samples.with(channel: "email", ["to_addresses": ["a@example.com", "nobody"]]))
        #expect(mail["channels[0].configs.to_addresses[1]"] == .invalidEmail("nobody"))
        let phone = findings(Samples.with(channel: "sms", ["phone_numbers": ["0151123"]]))
        #expect(phone["channels[0].configs.phone_numbers[0]"] == .invalidPhoneNumber("0151123"))
        let none = findings(Samples.with(channel: "sms", ["phone_numbers": []]))
        #expect(none["channels[0].configs.phone_numbers"] == .tooShort(minimum: 1))
    }

    @Test("checks an endpoint's settings")
    func endpoint() {
        let found = findings(
            Samples.with(
                channel: "webhook", ["url": "ftp://x", "timeout": "10", "headers": ["A": 1], "methdo": "POST"]))
        #expect(found["channels[0].configs.url"] == .invalidURL(.schemeNotHTTP("ftp")))
        #expect(found["channels[0].configs.timeout"] == .wrongType(expected: .number, found: .string))
        #expect(found["channels[0].configs.headers.A"] == .wrongType(expected: .text, found: .number))
        #expect(found["channels[0].configs.methdo"] == .unknownConfigKey("methdo", kind: "webhook"))
        #expect(findings(Samples.with(channel: "webhook", ["url": .null])).count == 1)
    }

    @Test("takes null where a setting is optional")
    func null() {
        let configs: JSON = ["url": "https://a", "payload_template": .null, "headers": .null]
        #expect(Validation.findings(in: Samples.with(channel: "webhook", configs)).isEmpty)
    }

    @Test("names members of another type")
    func types() {
        let found = findings([
            "webhook_name": 1, "event_types": "x", "channels": [1], "is_active": .null, "description": 2,
            "resource_types": ["a", 1],
        ])
        #expect(found["webhook_name"] == .wrongType(expected: .text, found: .number))
        #expect(found["event_types"] == .wrongType(expected: .texts, found: .string))
        #expect(found["channels[0]"] == .wrongType(expected: .object, found: .number))
        #expect(found["is_active"] == .wrongType(expected: .boolean, found: .null))
        #expect(found["description"] == .wrongType(expected: .textOrNull, found: .number))
        #expect(found["resource_types"] == .wrongType(expected: .textsOrNull, found: .array))
    }
}

@Suite("Addresses")
struct AddressesTests {
    @Test("that are e-mail", arguments: ["a@b", "first.last+tag@sub.example.com", "ü@exämple.de"])
    func email(_ text: String) { #expect(Addresses.isEmail(text)) }

    @Test(
        "that are not e-mail",
        arguments: [
            "", "a", "@b", "a@", "a@@b", "a@b@c", "a b@c", "a@b..c", "a@.b", "a@-b", "A <a@b>", "a@b\n", "a,b@c",
            String(repeating: "x", count: 65) + "@b", "a@" + String(repeating: "b.", count: 130) + "c",
        ])
    func notEmail(_ text: String) { #expect(!Addresses.isEmail(text)) }

    @Test("that are E.164", arguments: ["+12", "+4915112345678", "+123456789012345"])
    func phone(_ text: String) { #expect(Addresses.isE164(text)) }

    @Test(
        "that are not E.164",
        arguments: ["", "+", "+1", "49151", "+0123", "+49 151", "+1234567890123456", "+４９１", "tel:+49"])
    func notPhone(_ text: String) { #expect(!Addresses.isE164(text)) }
}

@Suite("A URL's parts")
struct URLPartsTests {
    @Test("are kept as spelt")
    func parts() throws {
        let url = try URLParts("HTTPS://u:p@w@Example.com:8443/a/b?x=1&y#z?")
        #expect(url.scheme == "HTTPS")
        #expect(url.userinfo == "u:p@w")
        #expect(url.host == "Example.com")
        #expect(url.port == 8443)
        #expect(url.path == "/a/b")
        #expect(url.query == "x=1&y")
        #expect(url.fragment == "z?")
    }

    @Test("of a bare host and of an IPv6 address")
    func hosts() throws {
        let bare = try URLParts("http://localhost?a")
        #expect(bare.host == "localhost" && bare.path == "" && bare.query == "a" && bare.userinfo == nil)
        let address = try URLParts("http://[::1]:80/")
        #expect(address.host == "::1" && address.port == 80)
    }

    @Test(
        "are refused with a reason",
        arguments: [
            ("", URLParts.Problem.empty), ("example.com", .noScheme), ("//x", .noScheme), ("http:/x", .noScheme),
            ("ftp://x", .schemeNotHTTP("ftp")), ("javascript://x", .schemeNotHTTP("javascript")),
            ("http://", .noHost), ("http:///path", .noHost), ("http://u@", .noHost), ("http://a..b", .badHost),
            ("http://a b", .illegalCharacter(offset: 8)), ("http://a\n", .illegalCharacter(offset: 8)),
            ("http://a:99999", .badPort), ("http://a:x", .badPort), ("http://[::1", .badHost),
            ("http://[x]", .badHost), ("http://a<b", .badHost),
        ])
    func refused(_ text: String, _ problem: URLParts.Problem) {
        #expect(throws: problem) { try URLParts(text) }
    }
}
