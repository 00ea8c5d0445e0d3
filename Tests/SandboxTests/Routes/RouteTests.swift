import HTTPTypes
import Testing
import WebhookModel

@testable import Sandbox

@Suite("Routes and their small parts")
struct RouteTests {
    @Test("every operation is found in every dialect that has it, and nowhere else")
    func dialects() {
        let base = Route.collection
        for dialect in SandboxDialect.allCases {
            let hasGet = dialect != .postList
            let hasPost = dialect != .getList
            #expect((Route.find(.get, base + "/", dialect: dialect) == .operation(.listAll)) == hasGet)
            #expect((Route.find(.post, base + "/list", dialect: dialect) == .operation(.listPage)) == hasPost)
            #expect(Route.find(.post, base + "/", dialect: dialect) == .operation(.create(status: 201)))
            #expect((Route.find(.post, base, dialect: dialect) == .operation(.create(status: 200))) == hasPost)
            #expect(Route.find(.get, base + "/wh_1", dialect: dialect) == .operation(.get(id: "wh_1")))
            #expect(Route.find(.put, base + "/wh_1", dialect: dialect) == .operation(.update(id: "wh_1")))
            #expect(Route.find(.delete, base + "/wh_1", dialect: dialect) == .operation(.delete(id: "wh_1")))
        }
    }

    @Test("a redirect never leads to a redirect, nor to nothing")
    func redirects() {
        for dialect in SandboxDialect.allCases {
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch] {
                for path in ["", "/", "/list", "/list/", "/wh_1", "/wh_1/", "//", "/a/b/"] {
                    guard case .redirect(let target) = Route.find(method, Route.collection + path, dialect: dialect)
                    else { continue }
                    switch Route.find(method, target, dialect: dialect) {
                    case .redirect, .notFound: Issue.record("\(method) \(path) leads to \(target)")
                    default: break
                    }
                }
            }
        }
    }

    @Test("percent escapes stand for bytes, and must give text")
    func percentDecoding() {
        #expect(percentDecoded("a%20b+%C3%a9") == "a b+é")
        for text in ["%", "%2", "%zz", "%ff", "%C3"] { #expect(percentDecoded(Substring(text)) == nil) }
    }

    @Test("cursors come back as they were made", arguments: [0, 1, 35, 36, 100_000, Int64.max])
    func cursors(sequence: Int64) {
        #expect(ListCursor(parsing: ListCursor(sequence: sequence).text) == ListCursor(sequence: sequence))
    }

    @Test("loopback is 127.0.0.0/8, ::1 and localhost")
    func loopback() {
        for host in ["127.0.0.1", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1", "localhost"] {
            #expect(LoopbackHost.contains(host))
        }
        for host in ["", "0.0.0.0", "128.0.0.1", "::", "::2", "1::1", "localhost.example.com", "127.0.0.1 "] {
            #expect(!LoopbackHost.contains(host))
        }
    }

    @Test("a Date header has the form of RFC 9110")
    func dates() {
        let dates = [
            "1970-01-01T00:00:00Z": "Thu, 01 Jan 1970 00:00:00 GMT",
            "1994-11-06T08:49:37.25Z": "Sun, 06 Nov 1994 08:49:37 GMT",
            "2024-02-29T23:59:59Z": "Thu, 29 Feb 2024 23:59:59 GMT",
            "1969-12-31T23:59:59Z": "Wed, 31 Dec 1969 23:59:59 GMT",
        ]
        for (text, date) in dates { #expect(Timestamp(parsing: text)?.httpDate == date) }
    }

    @Test("an address names its base, a socket's path percent-encoded")
    func addresses() {
        #expect(SandboxAddress.tcp(host: "::1", port: 80).base == "http://[::1]:80")
        #expect(SandboxAddress.socket(path: "/tmp/a b/ü.sock").base == "http+unix://%2Ftmp%2Fa%20b%2F%C3%BC.sock")
    }

    @Test("a key opens its own organization, and nothing near it does")
    func keys() {
        let salt = Array("salt".utf8)
        let ring = KeyRing(
            salt: salt,
            entries: ["sk_a", "sk_b"].enumerated().map { index, key in
                KeyRing.Entry(
                    digest: KeyRing.digest(key.utf8, salt: salt), organization: OrganizationID(row: Int64(index)))
            })
        #expect(ring.organization(presenting: "sk_a") == OrganizationID(row: 0))
        #expect(ring.organization(presenting: "sk_b") == OrganizationID(row: 1))
        for key in ["", "sk_", "sk_A", "sk_a ", "sk_ab", "salt"] {
            #expect(ring.organization(presenting: Substring(key)) == nil)
        }
        #expect(KeyRing.digest("sk_a".utf8, salt: salt) != KeyRing.digest("sk_a".utf8, salt: Array("other".utf8)))
    }
}
