import Digest
import FoundationEssentials
import WebhookModel

/// The text of a mail as it goes over the wire (RFC 5322, MIME). Pure.
enum MailText {
    /// Why a mail may not leave as it is; nil if it may. Addresses are plain ASCII ones, and nothing in the head can
    /// begin another line.
    static func refusal(of message: MailMessage) -> String? {
        guard !message.recipients.isEmpty else { return "the mail has no recipient" }
        guard message.recipients.count <= 100 else { return "the mail has more than 100 recipients" }
        for address in message.recipients where !isUsable(address) { return "a recipient's address is none" }
        guard message.subject.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return "the subject holds control characters"
        }
        return nil
    }

    /// Whether an address can stand in a command and a header.
    static func isUsable(_ address: String) -> Bool {
        Addresses.isEmail(address) && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Lines that end with CR LF, none longer than 76 bytes but for addresses. Blind copies are not in it.
    static func text(of message: MailMessage, from sender: String, at now: Timestamp) -> String {
        let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        var lines = ["From: \(sender)", "To: \(message.to.joined(separator: ",\r\n "))"]
        if message.to.isEmpty { lines[1] = "To: undisclosed-recipients:;" }
        if !message.cc.isEmpty { lines.append("Cc: \(message.cc.joined(separator: ",\r\n "))") }
        lines.append("Subject: \(encodedWords(message.subject))")
        lines.append("Date: \(now.httpDate.dropLast(3))+0000")
        let identifier =
            message.identifier.utf8.allSatisfy(isAtomByte) ? message.identifier : digest(message.identifier)
        lines.append("Message-ID: <\(identifier)@\(domain)>")
        lines.append("MIME-Version: 1.0")
        lines.append("Auto-Submitted: auto-generated")
        if message.parts.count == 1 {
            return (lines + part(message.parts[0])).joined(separator: "\r\n") + "\r\n"
        }
        // Base64 holds no `=_` at the start of a line.
        let boundary = "=_\(digest(message.identifier))"
        lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
        for alternative in message.parts { lines += ["--\(boundary)"] + part(alternative) }
        return (lines + ["--\(boundary)--"]).joined(separator: "\r\n") + "\r\n"
    }

    private static func part(_ part: MailMessage.Part) -> [String] {
        ["Content-Type: \(part.type); charset=utf-8", "Content-Transfer-Encoding: base64", ""] + base64Lines(part.text)
    }

    private static func base64Lines(_ text: String) -> [String] {
        let encoded = Array(Data(text.utf8).base64EncodedString().utf8)
        return stride(from: 0, to: encoded.count, by: 76).map { start in
            String(decoding: encoded[start..<min(start + 76, encoded.count)], as: UTF8.self)
        }
    }

    /// ASCII as it is; anything else, and what is long, as encoded words (RFC 2047), cut between characters.
    static func encodedWords(_ text: String) -> String {
        if text.utf8.count <= 66, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }), !text.contains("=?") {
            return text
        }
        var words: [String] = []
        var chunk: [UInt8] = []
        for character in text.unicodeScalars {
            let bytes = Array(String(character).utf8)
            if chunk.count + bytes.count > 42 {
                words.append("=?utf-8?B?\(Data(chunk).base64EncodedString())?=")
                chunk = []
            }
            chunk += bytes
        }
        words.append("=?utf-8?B?\(Data(chunk).base64EncodedString())?=")
        return words.joined(separator: "\r\n ")
    }

    private static func digest(_ text: String) -> String {
        Hexadecimal.text(SHA256.digest(text.utf8).prefix(12))
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
