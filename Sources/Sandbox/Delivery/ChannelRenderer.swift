import LosslessJSON
import WebhookModel

/// Makes what a channel is sent of an event. Pure: the same for the same event, webhook and channel.
struct ChannelRenderer {
    private static let timeouts: ClosedRange<Double> = 0.1...60

    private let event: JSON
    private let delivery: PendingDelivery
    /// What templates see: the event's members, `event` as a whole, and `webhook` with `id`, `name` and `description`.
    private let values: JSON

    init(webhook: Webhook, delivery: PendingDelivery) throws(DeliveryFailure) {
        guard let event = try? JSON(parsing: delivery.body), var values = event.object else {
            throw DeliveryFailure("the event is unreadable")
        }
        var about: JSONObject = ["name": JSON(webhook.name)]
        if let id = webhook.id { about["id"] = JSON(id.rawValue) }
        if let description = webhook.description { about["description"] = JSON(description) }
        values["event"] = event
        values["webhook"] = JSON(about)
        self.event = event
        self.values = JSON(values)
        self.delivery = delivery
    }

    func message(for channel: Channel) throws(DeliveryFailure) -> OutgoingMessage {
        do throws(TemplateError) {
            switch channel.kind {
            case "webhook": return .http(try http(channel))
            case "slack": return .slack(try slack(channel))
            case "email": return .email(try mail(channel))
            case "sms": return .sms(try sms(channel))
            default: return .unknown(kind: channel.kind, event: event)
            }
        } catch {
            throw DeliveryFailure("template: \(error.text)")
        }
    }

    private func http(_ channel: Channel) throws(TemplateError) -> HTTPMessage {
        var body = delivery.body
        switch channel.config("payload_template") {
        case let template? where template.kind == .string:
            body = try DocumentTemplate.parse(template.string ?? "", values: values).text(.compact)
        case let template? where !template.isNull:
            body = try DocumentTemplate.render(template, values: values).text(.compact)
        default: break
        }
        var headers = (channel.config("headers")?.object ?? [:]).map { (name: $0.name, value: $0.value.templateText) }
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.append(("Content-Type", "application/json"))
        }
        let timeout = channel.config("timeout")?.number?.double ?? 10
        let secret = channel.config("signing_secret")?.string
        return HTTPMessage(
            url: channel.config("url")?.string ?? "",
            method: channel.config("method")?.string?.uppercased() ?? "POST", headers: headers,
            body: Array(body.utf8),
            timeout: .seconds(
                min(max(timeout.isFinite ? timeout : 10, Self.timeouts.lowerBound), Self.timeouts.upperBound)),
            signingSecret: secret?.isEmpty ?? true ? nil : secret)
    }

    private func slack(_ channel: Channel) throws(TemplateError) -> SlackMessage {
        var payload: JSONObject = [:]
        let isBot = channel.config("bot_token") != nil && channel.config("channel_id") != nil
        if let target = isBot ? channel.config("channel_id") : channel.config("channel"), target.string != nil {
            payload["channel"] = target
        }
        payload["text"] = JSON(summary)
        for key in ["username", "icon_emoji", "icon_url"] {
            if let value = channel.config(key), value.string != nil { payload[key] = value }
        }
        if let template = channel.config("blocks_template"), !template.isNull {
            let blocks =
                template.kind == .string
                ? try DocumentTemplate.parse(template.string ?? "", values: values)
                : try DocumentTemplate.render(template, values: values)
            payload["blocks"] = blocks["blocks"] ?? blocks
        }
        let destination: SlackMessage.Destination =
            isBot
            ? .bot(token: channel.config("bot_token")?.string ?? "")
            : .hook(url: channel.config("webhook_url")?.string ?? "")
        return SlackMessage(destination: destination, payload: JSON(payload))
    }

    private func mail(_ channel: Channel) throws(TemplateError) -> MailMessage {
        let subject = try text(channel.config("subject_template"), or: summary)
        let type = channel.config("content_type")?.string ?? "html"
        let body = channel.config("body_template")?.string
        let parts: [MailMessage.Part]
        switch type {
        case "plain_text": parts = [.init(type: "text/plain", text: try text(body, or: details))]
        case "markdown":
            let source = try text(body, or: details)
            parts = [.init(type: "text/plain", text: source), .init(type: "text/markdown", text: source)]
        case "json":
            let json = try body.map { source throws(TemplateError) in try DocumentTemplate.parse(source, values: values)
            }
            parts = [.init(type: "application/json", text: (json ?? event).text(.pretty))]
        default:
            let html = try text(body, or: "<pre>\(TemplateRenderer.htmlEscaped(details))</pre>", escape: .html)
            parts = [.init(type: "text/plain", text: PlainText.fromHTML(html)), .init(type: "text/html", text: html)]
        }
        return MailMessage(
            to: addresses(channel, "to_addresses") ?? addresses(channel, "recipients") ?? [],
            cc: addresses(channel, "cc_addresses") ?? [], bcc: addresses(channel, "bcc_addresses") ?? [],
            subject: subject, parts: parts, identifier: "\(delivery.eventID).\(delivery.sequence)")
    }

    private func sms(_ channel: Channel) throws(TemplateError) -> SMSMessage {
        let numbers = addresses(channel, "phone_numbers") ?? []
        return SMSMessage(
            numbers: numbers.filter { !delivery.reached.contains($0) }, isAddressed: !numbers.isEmpty,
            text: String(try text(channel.config("message_template"), or: summary).prefix(1_600)))
    }

    /// The texts of a list, or a single text.
    private func addresses(_ channel: Channel, _ key: String) -> [String]? {
        guard let value = channel.config(key) else { return nil }
        if let one = value.string { return [one] }
        return value.array?.compactMap(\.string)
    }

    private func text(
        _ template: JSON?, or standard: String, escape: TemplateEscape = .none
    ) throws(TemplateError) -> String {
        try text(template?.string, or: standard, escape: escape)
    }

    private func text(
        _ template: String?, or standard: String, escape: TemplateEscape = .none
    ) throws(TemplateError) -> String {
        guard let template, !template.isEmpty else { return standard }
        return try TemplateRenderer.text(Template(parsing: template), values: values, escape: escape)
    }

    /// One line: `object.created: object obj_1`.
    private var summary: String {
        let type = values["event_type"]?.string ?? ""
        let subject = [values["subject"]?["type"], values["subject"]?["id"]].compactMap { $0?.string }
        return subject.isEmpty ? type : "\(type): \(subject.joined(separator: " "))"
    }

    private var details: String { "\(summary)\n\n\(event.text(.pretty))\n" }
}
