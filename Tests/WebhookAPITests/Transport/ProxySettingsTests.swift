import Testing
import WebhookAPI

@Suite("Proxy")
struct ProxySettingsTests {
    private func proxy(_ environment: [String: String], _ base: String = "https://api.test") throws -> ProxySettings? {
        try ProxySettings.named(by: environment, for: try Endpoint(parsing: base))
    }

    @Test("is named by the variables of the endpoint's scheme")
    func named() throws {
        #expect(try proxy(["HTTPS_PROXY": "http://proxy.test:3128"])?.port == 3128)
        #expect(try proxy(["https_proxy": "proxy.test", "HTTPS_PROXY": "other.test"])?.host == "proxy.test")
        #expect(try proxy(["ALL_PROXY": "http://all.test/"])?.host == "all.test")
        #expect(try proxy(["http_proxy": "p.test"]) == nil)
        #expect(try proxy(["http_proxy": "p.test"], "http://api.test")?.port == 80)
        #expect(try proxy(["HTTP_PROXY": "p.test"], "http://api.test") == nil)
        #expect(try proxy(["HTTPS_PROXY": ""]) == nil)
    }

    @Test("is left out for exceptions, loopback and sockets")
    func exceptions() throws {
        let names = ["https_proxy": "p.test", "http_proxy": "p.test", "all_proxy": "p.test"]
        for list in ["*", "api.test", ".test", "a, *.test", "api.test:443", "TEST"] {
            #expect(try proxy(names.merging(["NO_PROXY": list]) { $1 }) == nil)
        }
        for list in ["", "pi.test", "api.test:80", "other.test"] {
            #expect(try proxy(names.merging(["no_proxy": list]) { $1 }) != nil)
        }
        #expect(try proxy(names, "http://localhost:1") == nil)
        #expect(try proxy(names, "https://127.0.0.1") == nil)
        #expect(try proxy(names, "http+unix://%2Fs") == nil)
    }

    @Test(
        "refuses what names none",
        arguments: [
            "socks5://p.test", "https://p.test", "http://", "http://p.test/path", "http://p.test:x",
            "http://u:%z@p.test",
        ])
    func refuses(_ text: String) {
        #expect(throws: ProxyError.self) { try ProxySettings(parsing: text) }
    }

    @Test("does not print its password")
    func secret() throws {
        let proxy = try ProxySettings(parsing: "http://user:p%40ss@proxy.test:8080")
        var shown = String(reflecting: proxy)
        dump(proxy, to: &shown)
        #expect(!shown.contains("p@ss") && !shown.contains("p%40ss") && !shown.contains("user"))
        #expect(proxy.host == "proxy.test")
    }
}
