import Digest
import LosslessJSON
import WebhookModel

/// What a body asks to be told of: one event, the same one many times, or a list of events.
struct EventRequest: Sendable {
    static let countLimit = 10_000
    static let listLimit = 1_000
    static let fieldLimit = 256
    /// Bytes that the bodies of one request's repeated event may come to.
    static let repeatedSize = 16 << 20

    let events: [SandboxEvent]
    /// Types that no catalogue knows, each with the nearest that one does.
    let warnings: [(type: String, nearest: String?)]

    /// `{event_type, event_id?, occurred_at?, namespace_id?, subject?, metadata?, cache_scope?, resource_types?, fields?,
    /// count?}`, or `{events: […]}` of such without `count`.
    init(
        parsing body: JSON, at now: Timestamp, randomBytes: (Int) -> [UInt8]
    ) throws(APIProblem) {
        var events: [SandboxEvent] = []
        var problems: [ValidationProblem] = []
        if let list = body["events"], body.kind == .object {
            var reader = BodyReader(body)
            _ = reader.value("events")
            let elements = list.array ?? []
            if list.array == nil { reader.fault(.notAList, "events") }
            if list.array?.isEmpty == true { reader.fault(.emptyList, "events") }
            if elements.count > Self.listLimit {
                reader.report("too_long", "events", "List should have at most \(Self.listLimit) items")
            }
            reader.finish()
            problems += reader.problems
            for (index, element) in elements.prefix(Self.listLimit).enumerated() {
                var one = EventReader(element, at: ["body", "events", .index(index)], now: now)
                events += one.read(mayRepeat: false, randomBytes)
                problems += one.reader.problems
            }
        } else {
            var one = EventReader(body, at: ["body"], now: now)
            events = one.read(mayRepeat: true, randomBytes)
            problems = one.reader.problems
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.events = events
        let unknown = Set(events.map(\.type)).filter { !Catalogue.isKnownEventType($0) }
        warnings = unknown.sorted().map { type in
            (type, Nearest.name(type, among: Catalogue.eventTypes.map(\.name)))
        }
    }
}

/// Reads one event.
private struct EventReader {
    var reader: BodyReader
    private let now: Timestamp

    init(_ value: JSON, at location: [ValidationProblem.Step], now: Timestamp) {
        reader = BodyReader(value, at: location)
        self.now = now
    }

    mutating func read(mayRepeat: Bool, _ randomBytes: (Int) -> [UInt8]) -> [SandboxEvent] {
        let type = reader.required("event_type", reader.text("event_type", length: 1...200)) ?? ""
        let id = reader.text("event_id", length: 1...64)
        if let id, !id.utf8.allSatisfy(Self.isIDByte) {
            reader.report("string_pattern_mismatch", "event_id", "String should match pattern '^[A-Za-z0-9_-]{1,64}$'")
        }
        let count = mayRepeat ? reader.integer("count", in: 1...EventRequest.countLimit) ?? 1 : 1
        if id != nil, count > 1 {
            reader.report("value_error", "count", "An event with an event_id of its own happens once")
        }
        var body = self.body(type: type, randomBytes)
        let resources = reader.texts("resource_types") ?? resourceTypes(of: body)
        if count > 1, count * JSON(body).text(.compact).utf8.count > EventRequest.repeatedSize {
            reader.report(
                "value_error", "count", "The events should not come to more than \(EventRequest.repeatedSize) bytes")
        }
        reader.finish()
        guard reader.problems.isEmpty else { return [] }
        return (0..<count).map { _ in
            let id = id ?? SandboxEvent.makeID(randomBytes)
            body["event_id"] = JSON(id)
            return SandboxEvent(id: id, type: type, resourceTypes: resources, body: JSON(body).text(.compact))
        }
    }

    private mutating func body(type: String, _ randomBytes: (Int) -> [UInt8]) -> JSONObject {
        let resource = String(type.prefix { $0 != "." })
        var subject = reader.object("subject") ?? [:]
        let occurredAt = reader.text("occurred_at")
        if let occurredAt, Timestamp(parsing: occurredAt) == nil { reader.fault(.notATime, "occurred_at") }
        var body: JSONObject = [
            "event_id": "", "event_type": JSON(type), "occurred_at": JSON(occurredAt ?? now.description),
            "namespace_id": JSON(reader.text("namespace_id") ?? "ns_sandbox"), "subject": [:],
            "metadata": JSON(reader.object("metadata") ?? [:]),
            "cache_scope": JSON(reader.object("cache_scope") ?? ["scope": "organization"]),
        ]
        for name in ["type", "id"] where subject[name].map({ $0.string == nil }) ?? false {
            reader.fault(.notAString, "subject")
        }
        if subject["type"] == nil { subject["type"] = JSON(resource) }
        if subject["id"] == nil { subject["id"] = JSON("\(resource)_\(Hexadecimal.text(randomBytes(8)))") }
        body["subject"] = JSON(subject)
        let fields = reader.object("fields") ?? [:]
        guard fields.count <= EventRequest.fieldLimit else {
            reader.report("too_long", "fields", "Object should have at most \(EventRequest.fieldLimit) members")
            return body
        }
        for (path, value) in fields { put(value, at: path, into: &body) }
        return body
    }

    /// Sets a field by its dotted name: of `subject`, `cache_scope` or `metadata` where it says so, `namespace_id` and
    /// `occurred_at` by themselves, any other of `metadata`.
    private mutating func put(_ value: JSON, at path: String, into body: inout JSONObject) {
        var names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !names.contains(""), names.count <= 16 else {
            return reader.report("value_error", "fields", "Names should be separated by single dots")
        }
        let isOwn = ["subject", "cache_scope", "metadata"].contains(names[0]) && names.count > 1
        if names == ["namespace_id"] || names == ["occurred_at"] {
            let isFit = value.string.map { names[0] == "namespace_id" || Timestamp(parsing: $0) != nil } ?? false
            guard isFit else { return reader.fault(names[0] == "occurred_at" ? .notATime : .notAString, "fields") }
        } else if !isOwn {
            names.insert("metadata", at: 0)
        }
        body = Self.setting(names[...], to: value, in: JSON(body)).object ?? body
    }

    /// What stands in the way of a name is replaced.
    private static func setting(_ names: ArraySlice<String>, to value: JSON, in whole: JSON) -> JSON {
        guard let name = names.first else { return value }
        var object = whole.object ?? [:]
        object[name] = setting(names.dropFirst(), to: value, in: object[name] ?? [:])
        return JSON(object)
    }

    /// `metadata.resource_type`, where it is told, else the subject's type.
    private func resourceTypes(of body: JSONObject) -> [String] {
        let told = body["metadata"]?["resource_type"]?.string ?? body["subject"]?["type"]?.string
        return told.map { [$0] } ?? []
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
