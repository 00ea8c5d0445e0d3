import LosslessJSON
import WebhookModel

/// The config keys whose values are templates, and how a webhook's are checked before it is stored.
enum ChannelTemplates {
    /// Keys of texts, by the kind of channel.
    static let texts = [
        "email": ["subject_template", "body_template"], "sms": ["message_template"], "slack": ["blocks_template"],
        "webhook": ["payload_template"],
    ]

    /// The texts of a webhook's channels that are no templates, with their places from the body on.
    static func faults(of body: JSON) -> [(location: [ValidationProblem.Step], error: TemplateError)] {
        var faults: [([ValidationProblem.Step], TemplateError)] = []
        for (index, channel) in (body[Member.channels]?.array ?? []).enumerated() {
            guard let keys = texts[channel[Member.channelKind]?.string ?? ""] else { continue }
            for key in keys {
                guard let value = channel[Member.configs]?[key] else { continue }
                let location: [ValidationProblem.Step] = [
                    "body", .name(Member.channels), .index(index), .name(Member.configs), .name(key),
                ]
                collect(value, at: location, into: &faults)
            }
        }
        return faults
    }

    private static func collect(
        _ value: JSON, at location: [ValidationProblem.Step],
        into faults: inout [([ValidationProblem.Step], TemplateError)]
    ) {
        switch value.kind {
        case .string:
            do throws(TemplateError) { _ = try Template(parsing: value.string ?? "") } catch {
                faults.append((location, error))
            }
        case .array:
            for (index, element) in (value.array ?? []).enumerated() {
                collect(element, at: location + [.index(index)], into: &faults)
            }
        case .object:
            for (name, member) in value.object ?? [:] {
                collect(member, at: location + [.name(name)], into: &faults)
            }
        default: break
        }
    }
}
