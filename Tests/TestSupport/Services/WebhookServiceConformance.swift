import LosslessJSON
import WebhookModel

/// What every implementation of `WebhookService` must do, as checks that a test runs one by one against a service whose
/// organization holds nothing that the checks didn't create.
///
/// ```swift
/// @Test("conforms", arguments: WebhookServiceConformance.checks)
/// func conforms(_ check: WebhookServiceConformance.Check) async throws { try await check.run(service) }
/// ```
package enum WebhookServiceConformance {
    package struct Check: Sendable, CustomStringConvertible {
        package let name: String
        package var description: String { name }
        private let body: @Sendable (any WebhookService) async throws -> Void

        fileprivate init(_ name: String, _ body: @escaping @Sendable (any WebhookService) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// Throws a `Violation`, or the service's own error.
        package func run(_ service: any WebhookService) async throws { try await body(service) }
    }

    /// What an implementation did instead.
    package struct Violation: Error, CustomStringConvertible {
        package let description: String
    }

    package static let checks: [Check] = [
        Check("a created webhook has an identifier, is active, and is listed once", createdIsListed),
        Check("a webhook reads as it was created, unknown members and number spelling included", readsAsCreated),
        Check("an update replaces the whole webhook", updateReplaces),
        Check("an update keeps the identifier and the time of creation", updateKeepsServerOwned),
        Check("a deleted webhook is gone", deletedIsGone),
        Check("deleting what is gone succeeds", deletingTwice),
        Check("reading or updating what isn't there is notFound", missingIsNotFound),
        Check("a document without events is refused, and nothing changes", invalidIsRefused),
        Check("writes one after another are all seen by the list", manyAreListed),
    ]

    // MARK: Checks

    @Sendable private static func createdIsListed(_ service: any WebhookService) async throws {
        let created = try await service.create(sample("Listed"))
        let id = try require(created.id, "the answer to a create has no identifier")
        try expect(created.isActive, "a webhook without is_active is created paused")
        try expect(try await service.list().count { $0.id == id } == 1, "\(id) isn't listed once")
    }

    @Sendable private static func readsAsCreated(_ service: any WebhookService) async throws {
        let created = try await service.create(sample("Spelt"))
        let id = try require(created.id, "no identifier")
        let read = try await service.get(id)
        for name in ["x_precise", "x_nested", Member.name, Member.eventTypes, Member.channels] {
            let sent = try require(sample("Spelt")[name], "no sample")
            let found = try require(read.document[name], "\(name) is lost")
            try expect(found.isSpelledLike(sent), "\(name) reads as \(found) and was sent as \(sent)")
        }
    }

    @Sendable private static func updateReplaces(_ service: any WebhookService) async throws {
        let id = try require(try await service.create(sample("Before")).id, "no identifier")
        var document = try await service.get(id).document
        try document.remove(at: ["description"])
        try document.set("After", at: [.name(Member.name)])
        try document.set(false, at: [.name(Member.isActive)])
        let answer = try await service.update(id, to: document)
        let read = try await service.get(id)
        try expect(answer.document == read.document, "the answer to an update differs from what is read")
        try expect(read.name == "After" && !read.isActive, "the update was not taken whole")
        try expect(read.description == nil, "a member that was left out is still there")
    }

    @Sendable private static func updateKeepsServerOwned(_ service: any WebhookService) async throws {
        let created = try await service.create(sample("Owned"))
        let id = try require(created.id, "no identifier")
        let updated = try await service.update(id, to: sample("Renamed"))
        try expect(updated.id == id, "the identifier changed")
        try expect(updated.createdAt != nil && updated.createdAt == created.createdAt, "created_at changed")
    }

    @Sendable private static func deletedIsGone(_ service: any WebhookService) async throws {
        let id = try require(try await service.create(sample("Gone")).id, "no identifier")
        try await service.delete(id)
        try expect(try await !service.list().contains { $0.id == id }, "\(id) is still listed")
        try await expectNotFound { try await service.get(id) }
    }

    @Sendable private static func deletingTwice(_ service: any WebhookService) async throws {
        let id = try require(try await service.create(sample("Twice")).id, "no identifier")
        try await service.delete(id)
        try await service.delete(id)
    }

    @Sendable private static func missingIsNotFound(_ service: any WebhookService) async throws {
        let id = try require(try await service.create(sample("Missing")).id, "no identifier")
        try await service.delete(id)
        try await expectNotFound { try await service.get(id) }
        try await expectNotFound { try await service.update(id, to: sample("Missing")) }
    }

    @Sendable private static func invalidIsRefused(_ service: any WebhookService) async throws {
        var document = sample("Invalid")
        try document.set([], at: [.name(Member.eventTypes)])
        let before = try await service.list().count
        do throws(ServiceError) {
            _ = try await service.create(document)
        } catch {
            guard case .invalid = error.kind else { throw Violation(description: "refused as \(error.kind)") }
            try expect(try await service.list().count == before, "a refused create left something")
            return
        }
        throw Violation(description: "a webhook without events was taken")
    }

    @Sendable private static func manyAreListed(_ service: any WebhookService) async throws {
        var ids: Set<WebhookID> = []
        for number in 1...5 {
            ids.insert(try require(try await service.create(sample("Many \(number)")).id, "no identifier"))
        }
        let listed = try await service.list().compactMap(\.id)
        try expect(ids.count == 5, "identifiers repeat")
        try expect(listed.count == Set(listed).count, "the list repeats a webhook")
        try expect(ids.isSubset(of: listed), "the list lacks a webhook")
    }

    // MARK: Helpers

    private static func sample(_ name: String) -> JSON {
        [
            "webhook_name": JSON(name),
            "description": "Made by the conformance checks",
            "event_types": ["object.created", "object.deleted"],
            "channels": [["channel": "webhook", "configs": ["url": "https://hooks.example.com/in"]]],
            "x_precise": JSON(JSONNumber(spelling: "9007199254740993") ?? 0),
            "x_nested": [
                "ratio": JSON(JSONNumber(spelling: "1.0") ?? 0), "big": JSON(JSONNumber(spelling: "1e3") ?? 0),
            ],
        ]
    }

    private static func expect(_ condition: Bool, _ violation: String) throws {
        if !condition { throw Violation(description: violation) }
    }

    private static func require<Value>(_ value: Value?, _ violation: String) throws -> Value {
        guard let value else { throw Violation(description: violation) }
        return value
    }

    private static func expectNotFound(_ body: () async throws -> Webhook) async throws {
        do {
            _ = try await body()
        } catch let error as ServiceError where error.kind == .notFound {
            return
        }
        throw Violation(description: "something was there that shouldn't be")
    }
}
