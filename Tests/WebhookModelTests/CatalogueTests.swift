import Testing
import WebhookModel

@Suite("The catalogue")
struct CatalogueTests {
    @Test(
        "knows as many event types as the API's documents list at each date",
        arguments: [
            (APIVersion.november2025, 22), (.january2026, 31), (.february2026, 31), (.version082, 43),
        ])
    func counts(_ version: APIVersion, _ count: Int) {
        #expect(EventType.known(at: version).count == count)
        #expect(Set(EventType.known(at: version).map(\.name)).count == count)
    }

    @Test("names that only the API's prose uses are not known, and the wildcard is")
    func prose() {
        for name in ["batch.completed", "cluster.completed", "taxonomy.materialized"] {
            #expect(!Catalogue.isKnownEventType(name))
        }
        #expect(Catalogue.isKnownEventType("*"))
        #expect(Catalogue.eventType("*") == nil)
    }

    @Test("messages by SMS left the API's documents in February 2026")
    func sms() throws {
        let sms = try #require(Catalogue.channelKind("sms"))
        #expect(sms.versions == [.november2025, .january2026])
        #expect(Catalogue.channelKind("email")?.versions.count == APIVersion.allCases.count)
    }

    @Test("marks which config keys are required and which are secret")
    func keys() throws {
        let webhook = try #require(Catalogue.channelKind("webhook"))
        #expect(webhook.key("url")?.requirement == .required)
        #expect(webhook.key("url")?.secrecy == .urlParts)
        #expect(webhook.key("headers")?.secrecy == .members)
        #expect(webhook.key("signing_secret")?.secrecy == .whole)
        #expect(webhook.key("nothing") == nil)
        #expect(Catalogue.channelKind("slack")?.key("bot_token")?.secrecy == .whole)
    }
}

@Suite("The nearest known name")
struct NearestTests {
    private func nearest(_ name: String) -> String? {
        Nearest.name(name, among: Catalogue.eventTypes.lazy.map(\.name))
    }

    @Test(
        "is found for slips of the finger",
        arguments: [
            ("object.create", "object.created"), ("objectcreated", "object.created"),
            ("object.craeted", "object.created"), ("Object.Created", "object.created"),
            ("cluster.execution.faild", "cluster.execution.failed"), ("trigger.fird", "trigger.fired"),
        ])
    func slips(_ typed: String, _ meant: String) {
        #expect(nearest(typed) == meant)
    }

    @Test("is nothing when all are far", arguments: ["", "x", "completely.different", "batch.completed"])
    func far(_ typed: String) {
        #expect(nearest(typed) == nil)
    }

    @Test("of a megabyte costs nothing and is nothing")
    func huge() {
        #expect(nearest(String(repeating: "object.created", count: 80_000)) == nil)
    }

    @Test("among short names allows one edit")
    func short() {
        #expect(Nearest.name("slak", among: ["slack", "sms"]) == "slack")
        #expect(Nearest.name("sns", among: ["slack", "sms"]) == "sms")
        #expect(Nearest.name("abc", among: ["sms"]) == nil)
        #expect(Nearest.name("a", among: []) == nil)
    }
}

@Suite("An event pattern")
struct EventPatternTests {
    @Test(
        "with a glob picks by its characters",
        arguments: [
            ("object.*", "object.created", true), ("object.*", "objects.created.batch", false),
            ("*.failed", "cluster.execution.failed", true), ("*.exec*.f?iled", "cluster.execution.failed", true),
            ("**", "a", true), ("?", "é", true), ("?", "", false), ("a*b*c", "a.b.b", false),
            ("object.created", "object.created", true),
            ("object.created", "Object.created", false),
        ])
    func matches(_ pattern: String, _ name: String, _ isMatch: Bool) {
        #expect(EventPattern(pattern).matches(name) == isMatch)
    }

    @Test("that is a lone star is the literal wildcard, and no glob picks that")
    func wildcard() {
        #expect(EventPattern("*").matches("*"))
        #expect(!EventPattern("*").matches("object.created"))
        #expect(!EventPattern("**").matches("*"))
        #expect(!EventPattern("*").isGlob)
    }

    @Test("with many stars answers in time", .timeLimit(.minutes(1)))
    func manyStars() {
        let pattern = EventPattern(String(repeating: "a*", count: 500) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }
}
