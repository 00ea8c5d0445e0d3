import LosslessJSON
import WebhookModel

/// The schema of one kind of `configs`, as the API's documents declare it.
struct ConfigSchema {
    enum Shape {
        case text
        case textOrNull
        case texts
        case textMembers
        case objectOrNull
        case number
        case oneOf([String])
    }

    struct Field {
        let name: String
        let shape: Shape
        var isRequired = false
    }

    let name: String
    let fields: [Field]

    /// What is wrong with a channel's `configs`, by path from there. The documents declare a union without a
    /// discriminator: it is enough to fit one of its schemas, whatever `channel` says. What fits none is told against
    /// each, under the schema's name.
    static func faults(of configs: JSON, version: APIVersion) -> [([ValidationProblem.Step], SchemaFault)] {
        var all: [([ValidationProblem.Step], SchemaFault)] = []
        for schema in union(version) {
            let faults = schema.faults(of: configs)
            if faults.isEmpty { return [] }
            all += faults.map { ([.name(schema.name), .name($0.field)], $0.fault) }
        }
        return all
    }

    private func faults(of configs: JSON) -> [(field: String, fault: SchemaFault)] {
        fields.compactMap { field in
            guard let value = configs[field.name] else { return field.isRequired ? (field.name, .missing) : nil }
            return Self.fault(of: value, shape: field.shape).map { (field.name, $0) }
        }
    }

    private static func fault(of value: JSON, shape: Shape) -> SchemaFault? {
        switch shape {
        case .text: value.string == nil ? .notAString : nil
        case .textOrNull: value.string == nil && !value.isNull ? .notAString : nil
        case .texts:
            switch value.array {
            case nil: .notAList
            case let elements?: elements.allSatisfy { $0.string != nil } ? nil : .notAString
            }
        case .textMembers:
            switch value.object {
            case nil: .notAnObject
            case let members?: members.allSatisfy { $0.value.string != nil } ? nil : .notAString
            }
        case .objectOrNull: value.kind != .object && !value.isNull ? .notAnObject : nil
        case .number: value.number == nil ? .notANumber : nil
        case .oneOf(let words): words.contains(value.string ?? "") ? nil : .notOneOf(words)
        }
    }

    private static func union(_ version: APIVersion) -> [ConfigSchema] {
        let lasting = [email, slack, webhook(version)]
        return version <= .january2026 ? lasting + [sms] : lasting
    }

    private static let email = ConfigSchema(
        name: "EmailConfig",
        fields: [
            Field(name: "to_addresses", shape: .texts, isRequired: true),
            Field(name: "subject_template", shape: .textOrNull),
            Field(name: "body_template", shape: .textOrNull),
            Field(name: "content_type", shape: .oneOf(["plain_text", "html", "markdown", "json"])),
            Field(name: "cc_addresses", shape: .texts),
            Field(name: "bcc_addresses", shape: .texts),
        ])

    private static let slack = ConfigSchema(
        name: "SlackConfig",
        fields: [
            Field(name: "webhook_url", shape: .text, isRequired: true),
            Field(name: "channel", shape: .textOrNull),
            Field(name: "username", shape: .textOrNull),
            Field(name: "icon_emoji", shape: .textOrNull),
            Field(name: "icon_url", shape: .textOrNull),
            Field(name: "blocks_template", shape: .textOrNull),
        ])

    private static func webhook(_ version: APIVersion) -> ConfigSchema {
        let lasting = [
            Field(name: "url", shape: .text, isRequired: true),
            Field(name: "headers", shape: .textMembers),
            Field(name: "payload_template", shape: .objectOrNull),
            Field(name: "timeout", shape: .number),
        ]
        let signed = Field(name: "signing_secret", shape: .textOrNull)
        return ConfigSchema(name: "WebhookConfig", fields: version < .version082 ? lasting : lasting + [signed])
    }

    private static let sms = ConfigSchema(
        name: "SmsConfig",
        fields: [
            Field(name: "phone_numbers", shape: .texts, isRequired: true),
            Field(name: "message_template", shape: .textOrNull),
        ])
}
