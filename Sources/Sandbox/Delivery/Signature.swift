import Digest
import WebhookModel

/// The `X-Mixpeek-Signature` of a delivery: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>." and the raw body>`.
package enum DeliverySignature {
    package static let header = "X-Mixpeek-Signature"

    package static func value(for body: [UInt8], secret: String, at now: Timestamp) -> String {
        let code = HMAC.code(for: Array("\(now.seconds).".utf8) + body, key: Array(secret.utf8))
        return "t=\(now.seconds),v1=\(Hexadecimal.text(code))"
    }

    /// Whether a header's value is that of the body; whoever receives it should also look at how old `t` is.
    package static func isValid(_ value: String, for body: [UInt8], secret: String) -> Bool {
        let parts = value.split(separator: ",")
        guard let time = parts.first(where: { $0.hasPrefix("t=") })?.dropFirst(2), Int64(time) != nil else {
            return false
        }
        let message = Array("\(time).".utf8) + body
        return parts.filter { $0.hasPrefix("v1=") }.compactMap { Hexadecimal.bytes($0.dropFirst(3)) }
            .contains { HMAC.isValid($0, for: message, key: Array(secret.utf8)) }
    }
}
