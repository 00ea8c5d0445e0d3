import Testing
import WebhookAPI

@Suite("API key")
struct APIKeyTests {
    private let text = "sk_live_s3cr3t"

    @Test("never prints itself: description, debug, interpolation, dump, mirror, inside other values")
    func neverPrints() throws {
        struct Holder { let key: APIKey }
        let key = try APIKey(text)
        var dumped = ""
        dump(Holder(key: key), to: &dumped)
        dump(key, to: &dumped)
        for shown in [
            "\(key)", String(describing: key), String(reflecting: key), key.debugDescription, dumped,
            String(reflecting: Holder(key: key)), "\([key])", "\(Optional(key) as Any)", "\(["k": key])",
        ] {
            #expect(!shown.contains("s3cr3t"))
            #expect(shown.contains("••••"))
        }
        #expect(Mirror(reflecting: key).children.isEmpty)
        #expect(key.authorizationHeader == "Bearer sk_live_s3cr3t")
    }

    @Test(
        "takes visible ASCII only", arguments: ["", " ", "sk a", "sk\n", "sk\r\nX: y", "sk\t", "sk\u{7F}", "ské", "\0"])
    func refuses(_ text: String) {
        #expect(throws: APIKeyError.self) { try APIKey(text) }
    }

    @Test("names the offending byte and nothing of the key")
    func namesTheByte() {
        #expect(throws: APIKeyError.invalidCharacter(offset: 3)) { try APIKey("sk_\nrest") }
        #expect(throws: APIKeyError.tooLong) { try APIKey(String(repeating: "x", count: 4097)) }
    }

    @Test("is taken out of a text wherever it stands")
    func redacts() throws {
        let key = try APIKey(text)
        #expect(key.redacted(from: "a \(text)\(text) b") == "a •••••••• b")
        #expect(key.redacted(from: "sk_live_s3cr3") == "sk_live_s3cr3")
        #expect(key.redacted(from: "") == "")
        #expect(try APIKey("e").redacted(from: "here") == "here")
    }
}
