import FoundationEssentials
import Glibc
import LosslessJSON
import Testing
import WebhookModel

@testable import Sandbox

@Suite("Mail")
struct MailTests {
    private func mail(
        _ port: Int, security: SMTPRelay.Security = .startTLS, user: String? = nil
    ) -> MailRoute {
        .smtp(
            SMTPRelay(
                host: "127.0.0.1", port: port, security: security, user: user,
                password: user.map { _ in SandboxSecret("pass") }, from: "sandbox@example.com"))
    }

    private func withRelay(
        _ peer: SMTPPeer, _ route: (Int) -> MailRoute, _ configs: JSON, _ body: (Harness) async throws -> Void
    ) async throws {
        try await Harness.withFolder { folder in
            try writeFile(PeerCertificate.certificate, to: "\(folder)/s")
            defer { unlink("\(folder)/s") }
            try await peer.serve { port in
                try await Harness.run(
                    seed: .none,
                    {
                        live(&$0)
                        $0.delivery.mail = route(port)
                        $0.delivery.trustedCertificates = ["\(folder)/s"]
                    }
                ) { sandbox async throws in
                    _ = try await sandbox.create(webhookDocument("email", configs))
                    _ = try await sandbox.emit(["event_type": "object.created", "fields": ["note": "<b>ü</b>"]])
                    try await body(sandbox)
                }
            }
        }
    }

    private let usual: JSON = [
        "to_addresses": ["a@example.com"], "cc_addresses": ["b@example.com"], "bcc_addresses": ["c@example.com"],
        "subject_template": "Grüße: {{ event_type }}", "body_template": "<p>{{ metadata.note }}</p>\n.\n..x",
    ]

    @Test("a mail goes over TLS with a password, to all recipients, the blind ones in no header, in two forms")
    func submitted() async throws {
        let peer = SMTPPeer()
        try await withRelay(peer, { mail($0, user: "me") }, usual) { sandbox async throws in
            #expect(try await sandbox.eventually { try await sandbox.deliveries("status=delivered").count == 1 })
            let mail = try #require(peer.received.first)
            #expect(mail.isEncrypted && mail.sender == "<sandbox@example.com>")
            #expect(mail.credentials == Data("\0me\0pass".utf8).base64EncodedString())
            #expect(mail.recipients == ["<a@example.com>", "<b@example.com>", "<c@example.com>"])
            #expect(mail.text.contains("To: a@example.com\n") && mail.text.contains("Cc: b@example.com\n"))
            #expect(!mail.text.contains("c@example.com\n"))
            #expect(mail.text.contains("Subject: =?utf-8?B?R3LDvMOfZTogb2JqZWN0LmNyZWF0ZWQ=?=\n"))
            #expect(mail.text.contains("Content-Type: multipart/alternative"))
            let html = Data("<p>&lt;b&gt;ü&lt;/b&gt;</p>\n.\n..x".utf8).base64EncodedString()
            #expect(mail.text.contains(html))
            // No password was told before TLS.
            let secured = try #require(peer.commands.firstIndex(of: "STARTTLS"))
            #expect(peer.commands.firstIndex { $0.hasPrefix("AUTH") }.map { $0 > secured } == true)
        }
    }

    @Test("a relay without TLS, or one that says more before it than it may, gets nothing")
    func insecure() async throws {
        for (manners, cause) in [
            (SMTPPeer.Manners(offersTLS: false), "SMTP: the server has no STARTTLS"),
            (SMTPPeer.Manners(injected: "\r\n250 injected"), "SMTP: text before TLS"),
        ] {
            let peer = SMTPPeer(manners)
            try await withRelay(peer, { mail($0, user: "me") }, usual) { sandbox async throws in
                #expect(
                    try await sandbox.eventually {
                        try await sandbox.deliveries("").first?["last_error"]?.string != nil
                    })
                let error = try await sandbox.deliveries("").first?["last_error"]?.string
                #expect(error == cause)
                #expect(
                    peer.received.isEmpty && !peer.commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
            }
        }
    }

    @Test("a recipient that is refused fails the mail, with the relay's words")
    func refusedRecipient() async throws {
        let peer = SMTPPeer(.init(refusedRecipient: "<b@example.com>"))
        try await withRelay(peer, { mail($0, security: .none) }, usual) { sandbox async throws in
            #expect(
                try await sandbox.eventually {
                    try await sandbox.deliveries("").first?["last_error"] == "SMTP 550: no such user"
                })
            #expect(peer.received.isEmpty)
        }
    }

    @Test("a program takes the mail on its standard input and the recipients as arguments")
    func sendmail() async throws {
        try await Harness.withFolder { folder in
            let (program, output) = ("\(folder)/seed.json", "\(folder)/s")
            try writeFile("#!/bin/sh\necho \"$@\" > \(output)\ncat >> \(output)\n", to: program)
            chmod(program, 0o700)
            try await SendmailProgram(path: program).send(
                "Subject: x\r\n\r\nbody\r\n", from: "f@x.io", to: ["a@x.io", "b@x.io"])
            let text = String(decoding: try PrivateFiles.read(output, limit: 1_000), as: UTF8.self)
            #expect(text == "-i -f f@x.io -- a@x.io b@x.io\nSubject: x\r\n\r\nbody\r\n")
            try writeFile("#!/bin/sh\nexit 75\n", to: program)
            await #expect(throws: DeliveryFailure("sendmail: exit status 75")) {
                try await SendmailProgram(path: program).send(
                    String(repeating: "x", count: 1 << 20), from: "f@x.io", to: ["a@x.io"])
            }
            await #expect(throws: DeliveryFailure.self) {
                try await SendmailProgram(path: "\(folder)/none").send("", from: "f@x.io", to: ["a@x.io"])
            }
        }
    }

    @Test("nothing begins another line of the head or another command")
    func injection() {
        func refusal(to: [String] = ["a@x.io"], subject: String = "s") -> String? {
            MailText.refusal(
                of: MailMessage(to: to, cc: [], bcc: [], subject: subject, parts: [], identifier: "evt_1.1"))
        }
        #expect(refusal() == nil)
        for address in [
            "a@x.io\r\nBcc: b@x.io", "a@x.io>\r\nDATA", "a b@x.io", "<a@x.io>", "a@x.io,b@x.io", "ü@x.io", "a@ü.io", "",
            "a", "a@b@c.io", "a@x.io\u{0}",
        ] { #expect(refusal(to: [address]) != nil, "\(address)") }
        #expect(
            refusal(to: []) != nil && refusal(subject: "a\nBcc: b@x.io") != nil && refusal(subject: "a\u{7F}") != nil)
    }

    @Test("every line of a mail is short, ASCII, and ends with CR LF")
    func lines() {
        let message = MailMessage(
            to: ["a@x.io"], cc: [], bcc: [], subject: String(repeating: "Grüße und mehr ", count: 20),
            parts: [.init(type: "text/plain", text: String(repeating: "é\u{0}.\r\n", count: 500))],
            identifier: "evt 1\r\n")
        let text = MailText.text(of: message, from: "f@x.io", at: Timestamp(seconds: 0))
        #expect(text.utf8.allSatisfy { $0 < 0x80 && $0 != 0 })
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            #expect(line.last == 0x0D && line.count <= 79)
        }
        #expect(text.contains("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"))
    }

    @Test("a dot at the start of a line is doubled, and the last line is the end")
    func stuffing() {
        let stuffed = SMTPSession.stuffed(".a\r\nb.\r\n..\r\n.")
        #expect(String(decoding: stuffed, as: UTF8.self) == "..a\r\nb.\r\n...\r\n..\r\n.\r\n")
    }
}
