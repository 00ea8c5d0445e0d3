import LosslessJSON

@testable import HookScript

/// A record of the tests: a document whose members are fields.
struct TestRecord: FieldSource {
    let document: JSON

    var id: String { document["id"]?.string ?? "" }
    var name: String { document["name"]?.string ?? "" }

    func value(of field: FieldReference) -> FieldValue {
        switch TestFields.Field(rawValue: field.code) {
        case .id, .name, .description: document[field.name].map { .json($0) } ?? .missing
        case .active: document["active"]?.boolean.map { .boolean($0) } ?? .missing
        case .events: .texts((document["events"]?.array ?? []).compactMap(\.string))
        case .channel: .texts((document["channels"]?.array ?? []).compactMap { $0["kind"]?.string })
        case .created: document["created"].map { .json($0) } ?? .missing
        case .token: document["token"].map { .json($0) } ?? .missing
        case nil: path(field.path ?? .root)
        }
    }

    private func path(_ path: JSONPath) -> FieldValue {
        if path.isConcrete { return document.value(at: path).map { .json($0) } ?? .missing }
        return .many(document.matches(of: path).map(\.value))
    }
}

/// The fields of the tests' records.
struct TestFields: FieldResolver {
    enum Field: Int, CaseIterable { case id, name, description, active, events, channel, created, token }

    var fieldNames: [String] { Field.allCases.map { "\($0)" } + ["channels"] }

    var receiving: (field: FieldReference, wildcard: String)? { field("events").map { ($0, "*") } }

    func field(_ name: String) -> FieldReference? {
        if let known = Field.allCases.first(where: { "\($0)" == name }) { return reference(known) }
        guard let path = try? JSONPath(parsing: name), case .name(let first)? = path.first,
            first == "channels" || first == "meta"
        else { return nil }
        let isList = path.components.contains(.any)
        return FieldReference(name: name, type: FieldType(nil, isList: isList), code: -1, path: path)
    }

    private func reference(_ field: Field) -> FieldReference {
        let type: FieldType =
            switch field {
            case .id, .name, .description, .token: FieldType(.text)
            case .active: FieldType(.boolean)
            case .events, .channel: FieldType(.text, isList: true)
            case .created: FieldType(.time)
            }
        return FieldReference(name: "\(field)", type: type, code: field.rawValue, isSecret: field == .token)
    }
}

extension TestRecord {
    static let samples: [TestRecord] = [
        #"""
        {"id":"wh_a","name":"Team Alpha","description":"first","active":true,"events":["object.created","object.deleted"],
         "created":"2025-01-10T08:00:00Z","token":"tok-alpha",
         "channels":[{"kind":"slack","configs":{"channel_id":"C1","retries":3}}],"meta":{"owner":"ann","size":10}}
        """#,
        #"""
        {"id":"wh_b","name":"Team Beta","description":null,"active":false,"events":["*"],"created":"2025-03-01T00:00:00Z",
         "channels":[{"kind":"http","configs":{"url":"https://hooks.example.com/b","headers":{"X-Team":"beta"}}},
                     {"kind":"slack","configs":{"channel_id":"C2","retries":5}}],"meta":{"owner":"bob","size":"10"}}
        """#,
        #"""
        {"id":"wh_c","name":"2024","active":true,"events":["cluster.execution.failed"],"created":"2025-06-15T12:30:00.5+02:00",
         "channels":[{"kind":"email","configs":{"to":["a@example.com","b@example.com"]}}],"meta":{"size":2.5}}
        """#,
        #"""
        {"id":"wh_d","name":"Größe 日本","description":"","active":true,"events":[],"created":"2025-10-01T00:00:00Z",
         "channels":[],"meta":{"owner":null,"size":9007199254740993}}
        """#,
    ].map { TestRecord(document: (try? JSON(parsing: $0)) ?? .null) }
}
