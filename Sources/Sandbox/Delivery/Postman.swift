import LosslessJSON
import WebhookModel

/// Brings messages to their destinations, or puts them into the outbox where their kind is not live.
struct Postman: Sendable {
    let delivery: SandboxDelivery
    let environment: SandboxEnvironment
    private let http: HTTPSender

    init(_ configuration: SandboxConfiguration) {
        delivery = configuration.delivery
        environment = configuration.environment
        http = HTTPSender(configuration.delivery)
    }

    /// The outbox's JSON of a message whose kind is not live, its channel's secrets masked; nil if it is to be sent.
    func captured(
        _ message: OutgoingMessage, hidingSecretsOf channel: Channel, at now: Timestamp
    ) throws(DeliveryFailure) -> String? {
        try check(message)
        guard !isLive(message) else { return nil }
        let outbox = OutboxMessage(message, from: delivery.mail?.from, at: now)
        let secrets = SecretPaths.secrets(in: channel.document).filter { $0.extent == .whole }
        return Self.masked(outbox.json, hiding: secrets.compactMap(\.value.string)).text(.compact)
    }

    /// The value with the secrets masked in each of its texts. In its JSON they may be spelt otherwise, and a mask there
    /// could break it.
    private static func masked(_ value: JSON, hiding secrets: [String]) -> JSON {
        switch value.kind {
        case .string:
            guard let text = value.string else { return value }
            let shown = Masking.masked(text, hiding: secrets)
            return shown == text ? value : JSON(shown)
        case .array: return JSON((value.array ?? []).map { masked($0, hiding: secrets) })
        case .object:
            var members = value.object ?? [:]
            for (name, member) in value.object ?? [:] { members[name] = masked(member, hiding: secrets) }
            return JSON(members)
        case .null, .boolean, .number: return value
        }
    }

    func send(_ message: OutgoingMessage) async throws(DeliveryFailure) {
        switch message {
        case .http(let message): try await send(message)
        case .slack(let message): try await SlackSender(http: http, route: delivery.slack).send(message)
        case .email(let message): try await MailSender(delivery: delivery, environment: environment).send(message)
        case .sms(let message):
            guard let route = delivery.sms else { return }
            try await SMSSender(http: http, route: route).send(message)
        case .unknown: return
        }
    }

    private func isLive(_ message: OutgoingMessage) -> Bool {
        switch message {
        case .http: delivery.http != nil
        case .slack: delivery.slack != nil
        case .email: delivery.mail != nil
        case .sms: delivery.sms != nil
        case .unknown: false
        }
    }

    /// What would not be sent is not captured either, so that a rehearsal shows it.
    private func check(_ message: OutgoingMessage) throws(DeliveryFailure) {
        switch message {
        case .http(let message):
            if let refusal = message.refusal { throw DeliveryFailure(refusal) }
        case .email(let message):
            if let refusal = MailText.refusal(of: message) { throw DeliveryFailure(refusal) }
        case .sms(let message):
            guard message.isAddressed else { throw DeliveryFailure("the text has no recipient") }
            guard message.numbers.allSatisfy(Addresses.isE164) else {
                throw DeliveryFailure("a phone number is not in E.164 form")
            }
        case .slack, .unknown: return
        }
    }

    private func send(_ message: HTTPMessage) async throws(DeliveryFailure) {
        var headers = message.headers
        if let secret = message.signingSecret {
            headers.append(
                (
                    DeliverySignature.header,
                    DeliverySignature.value(for: message.body, secret: secret, at: environment.now())
                ))
        }
        let answer = try await http.send(
            .init(
                url: message.url, method: message.method, headers: headers, body: message.body,
                timeout: message.timeout))
        guard answer.isSuccess else { throw answer.failure() }
    }
}

/// A message as the outbox keeps it.
struct OutboxMessage {
    let json: JSON

    init(_ message: OutgoingMessage, from sender: String?, at now: Timestamp) {
        switch message {
        case .http(let message): json = Self.json(message, at: now)
        case .slack(let message):
            let endpoint =
                switch message.destination {
                case .bot: JSON("chat.postMessage")
                case .hook(let url): Masking.masked(JSON(url), at: ["webhook_url"])
                }
            json = ["kind": "slack", "endpoint": endpoint, "payload": message.payload]
        case .email(let message):
            let parts = message.parts.map { ["type": JSON($0.type), "text": JSON($0.text)] as JSON }
            json = [
                "kind": "email", "from": sender.map { JSON($0) } ?? JSON.null, "to": Self.list(message.to),
                "cc": Self.list(message.cc), "bcc": Self.list(message.bcc), "subject": JSON(message.subject),
                "parts": JSON(parts),
            ]
        case .sms(let message):
            json = ["kind": "sms", "to": Self.list(message.numbers), "text": JSON(message.text)]
        case .unknown(let kind, let event): json = ["kind": JSON(kind), "event": event]
        }
    }

    private static func json(_ message: HTTPMessage, at now: Timestamp) -> JSON {
        var headers: [(String, JSON)] = message.headers.map { header in
            let isPlain = ["content-type", "user-agent", "accept"].contains(header.name.lowercased())
            return (header.name, JSON(isPlain ? header.value : Masking.masked(header.value)))
        }
        if let secret = message.signingSecret {
            let value = DeliverySignature.value(for: message.body, secret: secret, at: now)
            headers.append((DeliverySignature.header, JSON(value)))
        }
        let body = (try? JSON(parsing: message.body)) ?? JSON(String(decoding: message.body, as: UTF8.self))
        return [
            "kind": "webhook", "method": JSON(message.method), "url": Masking.masked(JSON(message.url), at: .root),
            "headers": JSON(headers.map { ["name": JSON($0.0), "value": $0.1] as JSON }), "body": body,
        ]
    }

    private static func list(_ texts: [String]) -> JSON { JSON(texts.map { JSON($0) }) }
}
