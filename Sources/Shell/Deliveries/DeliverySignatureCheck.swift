import Digest
import WebhookModel

/// Whether a delivery comes from who knows the signing secret: `X-Mixpeek-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256
/// of "<t>." and the raw body>` (the pages on deliveries). Several `v1` may stand there while a secret is rotated.
struct DeliverySignatureCheck: Sendable {
    enum Verdict: String, Hashable, Sendable {
        case verified
        /// The code is right, the time in it is too long ago or ahead: it may have been sent before.
        case stale
        /// No secret makes this code.
        case wrong
        /// There is no signature.
        case missing
        /// There is a signature, and no secret was given to try it with.
        case unchecked
        /// The header cannot be read.
        case unreadable
    }

    static let header = "X-Mixpeek-Signature"

    let secrets: [Secret]
    /// How far the signature's time may be from ours.
    let tolerance: Duration

    func verdict(_ request: ReceivedRequest, at now: Timestamp) -> Verdict {
        guard let value = request.header(Self.header) else { return .missing }
        if secrets.isEmpty { return .unchecked }
        guard let signature = Signature(value) else { return .unreadable }
        let message = Array("\(signature.time).".utf8) + request.body
        // Every secret is tried with every code, whatever the first ones say.
        var isRight = false
        for secret in secrets {
            let key = Array(secret.reveal().utf8)
            for code in signature.codes where HMAC.isValid(code, for: message, key: key) { isRight = true }
        }
        guard isRight else { return .wrong }
        let sent = Timestamp(seconds: signature.seconds)
        let distance = max(now.since(sent), sent.since(now))
        return distance <= tolerance ? .verified : .stale
    }

    private struct Signature {
        let time: Substring
        let seconds: Int64
        let codes: [[UInt8]]

        init?(_ value: String) {
            guard value.utf8.count <= 4096 else { return nil }
            var time: Substring?
            var codes: [[UInt8]] = []
            for part in value.split(separator: ",") {
                let pair = part.trimmingBlanks.split(separator: "=", maxSplits: 1)
                guard pair.count == 2 else { continue }
                if pair[0] == "t", time == nil { time = pair[1] }
                if pair[0] == "v1", let code = Hexadecimal.bytes(pair[1]) { codes.append(code) }
            }
            // Between years that no clock of a sender shows, so that the difference cannot overflow.
            guard let time, let seconds = Int64(time), (0...253_402_300_799).contains(seconds), !codes.isEmpty else {
                return nil
            }
            self.time = time
            self.seconds = seconds
            self.codes = codes
        }
    }
}
