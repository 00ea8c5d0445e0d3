import LosslessJSON
import PluginProtocol
import TestSupport
import Testing
import WebhookModel

@testable import PluginHost

@Suite("Documents with tokens in place of secrets")
struct DocumentEncoderTests {
    private let tokens = SecretTokens(nonce: "n0nce")

    private func encode(_ text: String, _ visibility: DocumentEncoder.Visibility = .init(recipients: true)) throws
        -> JSON
    {
        tokens.encoded(try JSON(parsing: text), visibility)
    }

    @Test("a value at a secret name is a token, of whatever kind; null and the empty text hide nothing")
    func names() throws {
        let encoded = try encode(
            #"{"bot_token":"x","api_key":7,"password":true,"secret":null,"token":"","deep":{"headers":{"A":"b","C":["d"]}},"channel_id":"C1"}"#
        )
        for path in ["bot_token", "api_key", "password", "deep.headers.A", "deep.headers.C[0]"] {
            let text = try #require(try encoded[JSONPath(parsing: path)]?.string)
            #expect(text.hasPrefix("hks_n0nce_"), "\(path)")
        }
        #expect(encoded["secret"]?.isNull == true && encoded["token"] == "" && encoded["channel_id"] == "C1")
    }

    @Test("userinfo and query of a URL are tokens, the rest stays readable")
    func urls() throws {
        let encoded = try encode(#"{"url":"https://u:p@example.com/a?k=v#f","icon_url":"https:\/\/example.com\/b"}"#)
        #expect(encoded["url"] == "https://hks_n0nce_0@example.com/a?hks_n0nce_1#f")
        #expect(encoded["icon_url"] == "https://example.com/b")
    }

    @Test("the same value has the same token wherever it stands; another has another")
    func equality() throws {
        let encoded = try encode(#"[{"token":"a"},{"token":"b"},{"password":"a"}]"#)
        #expect(encoded[0]?["token"] == encoded[2]?["password"])
        #expect(encoded[0]?["token"] != encoded[1]?["token"])
    }

    @Test("recipients are tokens unless they are granted")
    func recipients() throws {
        let text = #"{"configs":{"to_addresses":["a@b.c"],"phone_numbers":["+1"],"subject_template":"s"}}"#
        let hidden = try encode(text, .tokensOnly)["configs"]
        #expect(hidden?["to_addresses"]?[0]?.string?.hasPrefix("hks_") == true)
        #expect(hidden?["phone_numbers"]?[0]?.string?.hasPrefix("hks_") == true)
        #expect(hidden?["subject_template"] == "s")
        #expect(try encode(text) == JSON(parsing: text))
    }

    @Test("what was granted by a path is shown")
    func revealed() throws {
        let visibility = DocumentEncoder.Visibility(
            recipients: true, revealed: [try #require(PathGlob("channels.*.configs.routing_key"))])
        let encoded = try encode(
            #"{"channels":[{"configs":{"routing_key":"r","bot_token":"t"}}],"routing_key":"q"}"#, visibility)
        let configs = encoded["channels"]?[0]?["configs"]
        #expect(configs?["routing_key"] == "r")
        #expect(configs?["bot_token"]?.string?.hasPrefix("hks_") == true)
        #expect(encoded["routing_key"]?.string?.hasPrefix("hks_") == true)
    }

    @Test("never prints what it knows")
    func quiet() throws {
        _ = try encode(#"{"token":"canary"}"#)
        var dumped = ""
        dump(tokens, to: &dumped)
        #expect(!"\(tokens) \(String(reflecting: tokens)) \(dumped)".contains("canary"))
    }

    @Test("names and texts may be spelt with escapes")
    func escapes() throws {
        let encoded = try encode(#"{"bot\u005ftoken":"canary","url":"https\u003a//h/?canary"}"#)
        #expect(!encoded.text().contains("canary"))
    }

    @Test("no secret that the model knows is left, and nothing else is changed", arguments: 0..<200)
    func property(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let document = Generated.value(&random, depth: 0)
        let encoded = tokens.encoded(document, .init(recipients: true))
        var masked = document
        for secret in SecretPaths.secrets(in: document) {
            let token = try #require(encoded.value(at: secret.path)?.string, "\(document)")
            #expect(token.contains("hks_n0nce_"), "\(document)")
            #expect(tokens.original(of: token) == secret.value)
            try masked.set(JSON(token), at: secret.path)
        }
        #expect(encoded == masked)
    }
}

/// Documents with names and texts that matter here.
enum Generated {
    private static let names = [
        "bot_token", "url", "configs", "channels", "headers", "Authorization", "name", "a\"b", "signing_secret",
        "channel_id",
        "ключ", "api-key", "x\\y", "timeout",
    ]
    private static let texts = [
        "", "plain", "https://h.example/p", "https://h.example/p?q=1", "see https://u:p@h/ and http://x/?y", "a\"\\/b",
        "é\n",
        "http://h/?a\"b", "12",
    ]

    static func value(_ random: inout SeededGenerator, depth: Int) -> JSON {
        switch random.next() % (depth < 4 ? 9 : 6) {
        case 0: return .null
        case 1: return JSON(random.next() % 2 == 0)
        case 2: return JSON(Int(random.next() % 1000))
        case 3...5: return JSON(texts[Int(random.next() % UInt64(texts.count))])
        case 6: return JSON((0..<Int(random.next() % 4)).map { _ in value(&random, depth: depth + 1) })
        default:
            return JSON(
                JSONObject(
                    (0..<Int(random.next() % 5)).map { _ in
                        (names[Int(random.next() % UInt64(names.count))], value(&random, depth: depth + 1))
                    }))
        }
    }
}
