import LosslessJSON

/// Posts to Slack: by `chat.postMessage` with a bot's token, or to an incoming hook.
struct SlackSender: Sendable {
    let http: HTTPSender
    let route: SlackRoute?

    func send(_ message: SlackMessage) async throws(DeliveryFailure) {
        let body = message.payload.bytes(.compact)
        var headers = [(name: "Content-Type", value: "application/json; charset=utf-8")]
        switch message.destination {
        case .hook(let url):
            let answer = try await http.send(.init(url: url, headers: headers, body: body))
            guard answer.isSuccess else { throw answer.failure("Slack: ") }
        case .bot(let token):
            guard HeaderRules.isValue(token) else { throw DeliveryFailure("the bot token holds control characters") }
            headers.append(("Authorization", "Bearer \(token)"))
            let base = route?.base ?? SlackRoute().base
            let answer = try await http.send(
                .init(url: "\(base)/chat.postMessage", headers: headers, body: body, isTrusted: true))
            guard answer.isSuccess else { throw answer.failure("Slack: ") }
            // The Web API says 200 to what it refuses, too.
            let reply = try? JSON(parsing: answer.body)
            guard reply?["ok"]?.boolean == true else {
                throw DeliveryFailure(
                    "Slack: \(reply?["error"]?.string ?? "an answer that is none")", retryAfter: answer.retryAfter)
            }
        }
    }
}
