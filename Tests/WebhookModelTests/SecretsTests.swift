import LosslessJSON
import Testing
import WebhookModel

@Suite("Masking")
struct MaskingTests {
    @Test(
        "shows the last four characters from twelve up",
        arguments: [
            ("", ""), ("a", "••••"), ("elevenchars", "••••"), ("twelve chars", "••••hars"),
            ("ééééééééabcd", "••••abcd"),
        ])
    func text(_ secret: String, _ shown: String) {
        #expect(Masking.masked(secret) == shown)
    }

    @Test("hides every secret of a document and nothing else")
    func document() throws {
        let masked = Masking.masked(Samples.rich)
        #expect(masked["channels"]?[0]?["configs"]?["bot_token"] == "••••abcd")
        #expect(masked["channels"]?[0]?["configs"]?["channel_id"] == "C0123456789")
        let http = try #require(masked["channels"]?[1]?["configs"])
        #expect(http["url"] == "https://••••@hooks.example.com/in?••••&x=1#top")
        #expect(http["headers"] == ["X-Team": "••••", "Authorization": "••••1234"])
        #expect(http["signing_secret"] == "••••")
        #expect(masked["channels"]?[4]?["configs"]?["routing_key"] == "••••")
        #expect(masked["description"] == Samples.rich["description"])
        let kept = ["webhook_id", "webhook_name", "event_types", "is_active", "x_owner", "delivery_health"]
        for name in kept { #expect(masked[name]?.text() == Samples.rich[name]?.text()) }
    }

    @Test("never leaves a secret's text in the output")
    func leaks() {
        let text = Masking.masked(Samples.rich).text()
        for secret in ["xoxb-1234", "user:pass", "abcdefghijkl", "Bearer", "\"core\",\"A"] {
            #expect(!text.contains(secret))
        }
    }

    @Test("hides what is nested in a secret, numbers and lists too, and keeps null")
    func nested() {
        let document: JSON = ["bot_token": ["deep": ["long secret text", 12, true, .null]]]
        #expect(Masking.masked(document) == ["bot_token": ["deep": ["••••text", "••••", "••••", .null]]])
    }

    @Test("of a part goes by where the part stands")
    func part() {
        #expect(Masking.masked("short", at: ["channels", 0, "configs", "headers", "X-Team"]) == "••••")
        #expect(Masking.masked("short", at: ["description"]) == "short")
        #expect(Masking.masked(["bot_token": "short"], at: ["channels", 0, "configs"]) == ["bot_token": "••••"])
    }

    @Test(
        "hides userinfo and query wherever a URL stands",
        arguments: [
            ("see https://a:b@c/d?e=f now", "see https://••••@c/d?•••• now"),
            ("<http://x?a> 'ws://y?b'", "<http://x?••••> 'ws://y?••••'"), ("https://c/d?", "https://c/d?"),
            ("https://c/d#?x", "https://c/d#?x"), ("no url: a?b@c", "no url: a?b@c"), ("://x?y", "://x?y"),
            ("https://h/p?next=http://u:p@z", "https://h/p?••••:p@z"),
            ("https://hooks.slack.com:443/services/T1", "https://hooks.slack.com:443/••••"),
            ("https://a@ptb.discord.com/api/1", "https://••••@ptb.discord.com/••••"),
            ("https://discordapp.com/api/1", "https://discordapp.com/••••"),
            ("https://notdiscord.com:443/api/1", "https://notdiscord.com:443/api/1"),
        ])
    func urls(_ text: String, _ shown: String) {
        #expect(Masking.masked(["note": JSON(text)])["note"]?.string == shown)
    }

    @Test("hides in somebody else's text what the document keeps secret")
    func foreignText() {
        // The last four of one secret are another here.
        let text = "token xoxb-12345678-abcd is bad, see https://a:b@c and core"
        #expect(
            Masking.masked(text, hidingSecretsOf: Samples.rich) == "token •••••••• is bad, see https://••••@c and ••••")
        #expect(Masking.masked("aaa", hiding: ["", "a", "aaa"]) == "aaa")
        #expect(Masking.masked("long secret and secret", hiding: ["secret", "long secret"]) == "•••• and ••••")
    }

    @Test("hides the secret parts of a URL that stand alone, with escapes or without, and no word beside them")
    func foreignParts() {
        let document: JSON = [
            "channels": [
                [
                    "channel": "webhook",
                    "configs": ["url": "https://us:pass%21word@h.example/p?tok=QUERYSECRET9&env=prod&x=production"],
                ],
                [
                    "channel": "webhook",
                    "configs": ["url": "https://discord.com/api/webhooks/12345/abcdefghijklmnop-1"],
                ],
            ]
        ]
        let text = "us:pass%21word pass%21word pass!word QUERYSECRET9 abcdefghijklmnop-1; prod webhooks at h.example"
        #expect(
            Masking.masked(text, hidingSecretsOf: document)
                == "••••word •••• •••• ••••RET9 ••••op-1; prod webhooks at h.example")
    }

    @Test("hides a secret whose last character somebody put a mark on", arguments: ["\u{301}", "\u{FE0F}", "\u{E33}"])
    func marked(_ mark: String) {
        let text = "bad xoxb-SUPERSECRET-abcdef\(mark) and xoxb-SUPERSECRET-abcdef"
        #expect(
            Masking.masked(text, hiding: ["xoxb-SUPERSECRET-abcdef"]) == "bad ••••cdef\(mark) and ••••cdef")
    }

    @Test("hides a secret in either spelling of its characters")
    func spelled() {
        #expect(Masking.masked("of caf\u{E9}-1", hiding: ["cafe\u{301}-1"]) == "of ••••")
        #expect(
            Masking.masked("a caf\u{E9}-1 b cafe\u{301}-1", hiding: ["cafe\u{301}-1", "caf\u{E9}-1"]) == "a •••• b ••••"
        )
    }

    @Test("hides a secret that is a URL as one")
    func foreignURL() {
        let secret = "https://a:b@h/x?token=123456"
        #expect(Masking.masked("bad: \(secret) here", hiding: [secret]) == "bad: ••••3456 here")
    }

    @Test("hides a secret of several lines that is repeated on one")
    func foreignLines() {
        let secret = "-----BEGIN x\r\n  abcd\n"
        #expect(Masking.masked("key -----BEGIN x abcd refused", hiding: [secret]) == "key ••••abcd refused")
    }

    @Test(
        "is recognised in what a server shows",
        arguments: [
            ("redacted", true), ("****", true), ("ab••••12", true), ("x*x*x*x*", true), ("xoxb-...", true),
            ("***", false), ("REDACTED", false), ("secret", false), ("", false), ("a..", false),
        ])
    func looksMasked(_ text: String, _ isMask: Bool) {
        #expect(Masking.looksMasked(text) == isMask)
    }
}

@Suite("Secret paths")
struct SecretPathsTests {
    @Test("of a document are those of its secret values, with how much of each is secret")
    func paths() {
        let found = SecretPaths.secrets(in: Samples.rich).map { "\($0.path) \($0.extent)" }
        #expect(
            found == [
                "channels[0].configs.bot_token whole", "channels[1].configs.url urlParts",
                "channels[1].configs.headers.X-Team whole", "channels[1].configs.headers.Authorization whole",
                "channels[1].configs.signing_secret whole", "channels[4].configs.routing_key whole",
            ])
    }

    @Test(
        "are told by names",
        arguments: [
            ("bot_token", true), ("webhook_url", true), ("headers", true), ("signing_secret", true),
            ("access_token", true), ("dbPassword", true), ("API-Key", true), ("apiKey", true), ("private_key", true),
            ("client secret", true), ("channel_id", false), ("url", false), ("tokens", true), ("key", false),
            ("keyboard", false), ("icon_url", false), ("", false), ("monkey_patch", false), ("token2", true),
            ("TOKEN1", true), ("API_KEY2", true), ("dbPassword2", true), ("oauth2", false), ("sha256", false),
        ])
    func names(_ name: String, _ isSecret: Bool) {
        #expect(SecretPaths.isSecretName(name) == isSecret)
    }

    @Test("cover what is below them")
    func below() {
        #expect(SecretPaths.isSecret(["channels", 1, "configs", "headers", "X-Team"]))
        #expect(!SecretPaths.isSecret(["channels", 1, "configs", "url"]))
        #expect(SecretPaths.holdsSecret(["configs": ["bot_token": "x"]], at: ["channels", 0]))
        #expect(!SecretPaths.holdsSecret(["configs": ["channel_id": "x"]], at: ["channels", 0]))
    }
}
