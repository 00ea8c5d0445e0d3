import Testing
import WebhookAPI

@Suite("Redirect rule")
struct RedirectRuleTests {
    private func verdict(
        _ location: String?, status: Int = 307, method: TransportRequest.Method = .put,
        from target: String = "/v1/organizations/webhooks/?a=1", at base: String = "https://api.test"
    ) throws -> RedirectRule.Verdict {
        RedirectRule.verdict(
            status: status, location: location, method: method, target: target, endpoint: try Endpoint(parsing: base))
    }

    @Test(
        "follows to the same origin, however it is written",
        arguments: [
            ("/v1/organizations/webhooks", "/v1/organizations/webhooks"),
            ("https://api.test/v1/x?y=%20z", "/v1/x?y=%20z"), ("HTTPS://API.TEST:443/v1", "/v1"),
            ("//api.test/v1", "/v1"), ("https://api.test", "/"), ("https://api.test?q=1", "/?q=1"),
            ("?b=2", "/v1/organizations/webhooks/?b=2"), ("list", "/v1/organizations/webhooks/list"),
            ("../x", "/v1/organizations/x"), ("./", "/v1/organizations/webhooks/"), ("/a/../../b", "/b"),
            ("/v1#top", "/v1"), ("/a/..", "/"),
        ])
    func follows(_ location: String, _ target: String) throws {
        #expect(try verdict(location) == .follow(target: target))
        #expect(try verdict(location, status: 308) == .follow(target: target))
    }

    @Test(
        "refuses any other origin, and names it without what may be secret",
        arguments: [
            ("https://evil.test/v1?key=1", "https://evil.test"), ("http://api.test/v1", "http://api.test"),
            ("https://api.test:8443/", "https://api.test:8443"), ("//evil.test/", "https://evil.test"),
            ("https://api.test.evil.test/", "https://api.test.evil.test"),
            ("https://api.test@evil.test/", "https://evil.test"), ("https://u:pw@api.test/", "https://api.test"),
            ("https://api.test%2eevil.test/", "https://api.test%2eevil.test"), ("javascript:alert(1)", "javascript:"),
            ("http+unix://%2Frun%2Fs/", "http+unix://%2Frun%2Fs"), ("ftp://api.test/", "ftp://api.test"),
        ])
    func refuses(_ location: String, _ name: String) throws {
        #expect(try verdict(location) == .refuse(to: name))
    }

    @Test("never turns a write into another method")
    func keepsTheMethod() throws {
        for status in [301, 302, 303] {
            #expect(try verdict("/x", status: status) == .refuse(to: "https://api.test/x"))
            #expect(try verdict("/x", status: status, method: .get) == .follow(target: "/x"))
        }
    }

    @Test("takes nothing else for a redirect")
    func notRedirects() throws {
        #expect(try verdict(nil) == .notARedirect)
        #expect(try verdict("") == .notARedirect)
        #expect(try verdict("/x", status: 304) == .notARedirect)
        #expect(try verdict("/a b") == .notARedirect)
        #expect(try verdict("/a\r\nX: 1") == .notARedirect)
        #expect(try verdict("/%z1") == .notARedirect)
    }

    @Test("knows a server behind a socket by the name it was called")
    func socket() throws {
        let base = "http+unix://%2Frun%2Fs"
        #expect(try verdict("http://localhost/x", at: base) == .follow(target: "/x"))
        #expect(try verdict("/x", at: base) == .follow(target: "/x"))
        #expect(try verdict("//localhost/x", at: base) == .follow(target: "/x"))
        #expect(try verdict("http://localhost:8080/x", at: base) == .refuse(to: "http://localhost:8080"))
        #expect(try verdict("https://localhost/x", at: base) == .refuse(to: "https://localhost"))
    }
}
