import WebhookModel

/// A made-up webhook, written out with the members and the order of the API pages' example.
///
/// Its text is put together, not encoded: whatever stands in a sample is ASCII without quotes and backslashes. The
/// tokens and numbers in it are made up, too, and open nothing.
struct SampleWebhook {
    let id: String
    let name: String
    let description: String
    let eventTypes: [String]
    let channels: [SampleChannel]
    let isActive: Bool
    let createdAt: Timestamp
    let updatedAt: Timestamp
    /// JSON text of `delivery_health`, if there is something to tell.
    var deliveryHealth: String?

    var stored: StoredWebhook {
        StoredWebhook(id: id, document: document, isActive: isActive, eventTypes: eventTypes)
    }

    private var document: String {
        let channels = channels.map(\.text).joined(separator: ",")
        let eventTypes = eventTypes.map { "\"\($0)\"" }.joined(separator: ",")
        let health = deliveryHealth.map { "\"delivery_health\":\($0)," } ?? ""
        return """
            {"channels":[\(channels)],"created_at":"\(createdAt)",\(health)"description":"\(description)",\
            "event_types":[\(eventTypes)],"is_active":\(isActive),"updated_at":"\(updatedAt)",\
            "webhook_id":"\(id)","webhook_name":"\(name)"}
            """
    }
}

/// A channel of a sample.
enum SampleChannel {
    case slack(channelID: String, token: String)
    case email([String], subject: String)
    case http(url: String, token: String)
    case sms([String])

    /// The channel that the pages' example notifies.
    static let sharedSlackChannel = "C0123456789"

    var text: String {
        switch self {
        case .slack(let channelID, let token):
            """
            {"channel":"slack","configs":{"bot_token":"\(token)","channel_id":"\(channelID)",\
            "workspace_id":"T0123456789"}}
            """
        case .email(let addresses, let subject):
            """
            {"channel":"email","configs":{"content_type":"html","subject_template":"\(subject)",\
            "to_addresses":[\(quoted(addresses))]}}
            """
        case .http(let url, let token):
            """
            {"channel":"webhook","configs":{"headers":{"Authorization":"Bearer \(token)","X-Team":"platform"},\
            "timeout":10.0,"url":"\(url)"}}
            """
        case .sms(let numbers):
            """
            {"channel":"sms","configs":{"message_template":"{{event_type}} at {{occurred_at}}",\
            "phone_numbers":[\(quoted(numbers))]}}
            """
        }
    }

    private func quoted(_ texts: [String]) -> String {
        texts.map { "\"\($0)\"" }.joined(separator: ",")
    }
}
