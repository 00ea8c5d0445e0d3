import Digest
import Testing
import WebhookModel

@testable import Shell

@Suite("Signatures of deliveries")
struct DeliverySignatureCheckTests {
    private let now = Timestamp(seconds: 1_750_000_000)
    private let body = Array(#"{"event_id":"e1"}"#.utf8)

    private func code(_ secret: String, at seconds: Int64) -> String {
        Hexadecimal.text(HMAC.code(for: Array("\(seconds).".utf8) + body, key: Array(secret.utf8)))
    }

    private func verdict(_ header: String?, _ secrets: [String]) -> DeliverySignatureCheck.Verdict {
        let check = DeliverySignatureCheck(secrets: secrets.map { Secret($0) }, tolerance: .seconds(300))
        let headers = header.map { [ReceivedRequest.Header("x-mixpeek-signature", $0)] } ?? []
        return check.verdict(
            ReceivedRequest(method: "POST", target: "/", headers: headers, body: body), at: now)
    }

    @Test("a known code of a known secret and body")
    func vector() {
        // printf '1750000000.{"event_id":"e1"}' | openssl dgst -sha256 -hmac whsec_test
        #expect(
            verdict(
                "t=1750000000,v1=fd27dc820cb6ec1d00486e39b5b1925e2aa76b14b1806e513b65c7beaac269b1", ["whsec_test"])
                == .verified)
    }

    @Test("the right code is verified, whichever of the secrets and codes it is of")
    func right() {
        let header = "t=1750000000,v1=\(code("new", at: 1_750_000_000))"
        #expect(verdict(header, ["new"]) == .verified)
        #expect(verdict(header, ["old", "new"]) == .verified)
        #expect(verdict("t=1750000000, v1=00, v1=\(code("new", at: 1_750_000_000))", ["new"]) == .verified)
        #expect(verdict(header.replacing("v1=", with: "v0=ff,v1="), ["new"]) == .verified)
    }

    @Test("another secret, body or time makes it wrong")
    func wrong() {
        let right = code("new", at: 1_750_000_000)
        #expect(verdict("t=1750000000,v1=\(right)", ["old"]) == .wrong)
        #expect(verdict("t=1750000001,v1=\(right)", ["new"]) == .wrong)
        #expect(verdict("t=1750000000,v1=\(right.dropLast(2))", ["new"]) == .wrong)
    }

    @Test("a right code that is too old, or of a clock too far ahead, is stale")
    func stale() {
        for seconds in [1_749_999_699, 1_750_000_301] as [Int64] {
            #expect(verdict("t=\(seconds),v1=\(code("s", at: seconds))", ["s"]) == .stale)
        }
        for seconds in [1_749_999_700, 1_750_000_300] as [Int64] {
            #expect(verdict("t=\(seconds),v1=\(code("s", at: seconds))", ["s"]) == .verified)
        }
    }

    @Test("no header is missing, no secret leaves it unchecked, and what is no signature is unreadable")
    func others() {
        #expect(verdict(nil, ["s"]) == .missing)
        #expect(verdict(nil, []) == .missing)
        #expect(verdict("t=1,v1=00", []) == .unchecked)
        for text in ["", "t=1", "v1=00", "t=x,v1=00", "t=1,v1=zz", "t=-1,v1=00", "t=99999999999999999999,v1=00"] {
            #expect(verdict(text, ["s"]) == .unreadable, "\(text)")
        }
        #expect(verdict(String(repeating: "v1=00,", count: 10_000), ["s"]) == .unreadable)
    }
}
