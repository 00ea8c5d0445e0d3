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
            .map { "\($0)=\(Self.formEncoded($1))" }.joined(separator: "&")
        let answer = try await http.send(
            .init(
                url: "\(route.base)/2010-04-01/Accounts/\(route.account)/Messages.json",
                headers: [
                    ("Content-Type", "application/x-www-form-urlencoded"),
                    ("Authorization", HTTPSender.basic("\(route.account):\(route.token.text)")),
                ], body: Array(form.utf8), isTrusted: true))
        guard answer.isSuccess else { throw answer.failure("SMS: ") }
    }

    static func formEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                encoded.append(byte)
            default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
