import Digest
import Hummingbird

/// What a request is called in the answer's `X-Request-ID` and in the log: what the client called it, if that is up to
/// 128 letters, digits, `-`, `_` and `.`; else `req_` and 16 hexadecimal digits.
struct RequestIdentifier: Hashable, Sendable {
    let text: String

    init(request: Request, environment: SandboxEnvironment) {
        if let given = request.headers[.requestID], Self.isUsable(given) {
            text = given
        } else {
            text = "req_" + Hexadecimal.text(environment.randomBytes(8))
        }
    }

    private static func isUsable(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
