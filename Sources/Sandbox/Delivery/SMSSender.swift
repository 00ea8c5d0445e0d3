/// Sends a text to each number through a gateway that speaks as Twilio does.
struct SMSSender: Sendable {
    let http: HTTPSender
    let route: SMSRoute

    /// One request a number. A failure names the numbers that were reached before it.
    func send(_ message: SMSMessage) async throws(DeliveryFailure) {
        var reached: Set<String> = []
        for number in message.numbers {
            do throws(DeliveryFailure) {
                try await send(message.text, to: number)
            } catch {
                throw DeliveryFailure(error.cause, retryAfter: error.retryAfter, reached: reached)
            }
            reached.insert(number)
        }
    }

    private func send(_ text: String, to number: String) async throws(DeliveryFailure) {
        let form = [("To", number), ("From", route.from), ("Body", text)]
            .map { "\($0)=\(percentEncoded($1))" }.joined(separator: "&")
        let answer = try await http.send(
            .init(
                url: "\(route.base)/2010-04-01/Accounts/\(route.account)/Messages.json",
                headers: [
                    ("Content-Type", "application/x-www-form-urlencoded"),
                    ("Authorization", HTTPSender.basic("\(route.account):\(route.token.text)")),
                ], body: Array(form.utf8), isTrusted: true))
        guard answer.isSuccess else { throw answer.failure("SMS: ") }
    }
}
