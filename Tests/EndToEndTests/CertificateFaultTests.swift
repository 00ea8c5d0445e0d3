import TestSupport
import Testing

/// Certificates that must not be accepted, and what is said of each.
@Suite("Certificates", .enabled(if: TestAuthority.isThere, "openssl makes them"))
struct CertificateFaultTests {
    private static let (past, now, future) = ("20200101000000Z", "20240101000000Z", "20990101000000Z")

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var host = "localhost"
        var from = CertificateFaultTests.now
        var until = CertificateFaultTests.future
        var isTrusted = true
        var says: String
    }

    @Test(
        "each is refused with what is wrong with it, and what to look at",
        arguments: [
            Case(
                testDescription: "expired", from: past, until: "20210101000000Z", says: "it expired on 2021-01-01"),
            Case(
                testDescription: "not valid yet", from: future, until: "21000101000000Z",
                says: "it is not valid before 2099-01-01, by this machine's clock"),
            Case(testDescription: "of another host", host: "other.example", says: "it is for another host"),
            Case(
                testDescription: "of an unknown root", isTrusted: false,
                says: "no authority that is known here vouches for it"),
        ])
    func refused(_ one: Case) async throws {
        let home = try Home()
        let authority = try await TestAuthority(home)
        let server = try await authority.serve(
            try await authority.certificate(for: one.host, from: one.from, until: one.until))
        let base = "https://localhost:\(server.port)"
        if one.isTrusted {
            try home.configure(base: base, "dialect: get-list", "ca_file: \(authority.root)")
        } else {
            try home.configure(base: base, "dialect: get-list")
        }
        let run = try await home.hookline("ls")
        #expect(run.status == 4, "\(run.errors)")
        #expect(
            run.errors.contains("the certificate of localhost:\(server.port) is not accepted: \(one.says)"),
            "\(run.errors)")
        #expect(run.errors.contains("this machine's clock") && run.errors.contains("ca_file"))
        #expect(!run.errors.contains("sk_test"))
    }

    @Test("one that is good is accepted, so that the others are refused for what they are")
    func accepted() async throws {
        let home = try Home()
        let authority = try await TestAuthority(home)
        let server = try await authority.serve(
            try await authority.certificate(for: "localhost", from: Self.now, until: Self.future))
        try home.configure(
            base: "https://localhost:\(server.port)", "dialect: get-list", "ca_file: \(authority.root)")
        let run = try await home.hookline("ls")
        #expect(run.errors.contains("gave an answer that is not the API's"), "\(run.errors)")
    }
}
