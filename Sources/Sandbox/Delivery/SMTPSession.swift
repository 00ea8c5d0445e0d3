import FoundationEssentials

/// A message to be submitted, and where.
struct SMTPSubmission: Hashable, Sendable {
    let relay: SMTPRelay
    let recipients: [String]
    /// Lines that end with CR LF.
    let message: String
}

/// The client's side of one submission (RFC 5321, 3207, 4954). A value: replies go in, what is to be done comes out.
///
/// TLS comes before a password. A recipient that is refused fails the whole: the attempt is repeated for all, and who
/// reads twice can tell by the `Message-ID`.
struct SMTPSession: Hashable, Sendable {
    enum Action: Hashable, Sendable {
        case send([UInt8])
        /// Begin TLS; nothing that was received before counts afterwards.
        case startTLS
        /// The relay has taken the message. `QUIT` was not sent yet.
        case done
    }

    /// A whole reply: the code and its lines' texts.
    struct Reply: Hashable, Sendable {
        let code: Int
        let lines: [String]
    }

    private enum State: Hashable {
        case greeting, hello, startTLS, secureHello, login, sender, recipient(Int), data, message, finished
    }

    private let submission: SMTPSubmission
    private var state = State.greeting

    init(_ submission: SMTPSubmission) {
        self.submission = submission
    }

    /// What follows on a reply. Throws for one that ends the attempt.
    mutating func received(_ reply: Reply) throws(DeliveryFailure) -> Action {
        switch state {
        case .greeting:
            try expect(reply, 220...220)
            state = submission.relay.security == .startTLS ? .hello : .secureHello
            return hello
        case .hello:
            try expect(reply, 250...250)
            guard has("STARTTLS", in: reply) else { throw DeliveryFailure("SMTP: the server has no STARTTLS") }
            state = .startTLS
            return line("STARTTLS")
        case .startTLS:
            try expect(reply, 220...220)
            return .startTLS
        case .secureHello:
            try expect(reply, 250...250)
            return try login(reply)
        case .login:
            try expect(reply, 235...235)
            return mailFrom()
        case .sender:
            try expect(reply, 250...250)
            return recipient(0)
        case .recipient(let index):
            try expect(reply, 250...251)
            if index + 1 < submission.recipients.count { return recipient(index + 1) }
            state = .data
            return line("DATA")
        case .data:
            try expect(reply, 354...354)
            state = .message
            return .send(Self.stuffed(submission.message))
        case .message:
            try expect(reply, 250...250)
            state = .finished
            return .done
        case .finished:
            return .done
        }
    }

    /// What follows once TLS stands.
    mutating func secured() -> Action {
        state = .secureHello
        return hello
    }

    private var hello: Action { line("EHLO localhost") }

    private mutating func login(_ reply: Reply) throws(DeliveryFailure) -> Action {
        guard let user = submission.relay.user else { return mailFrom() }
        guard submission.relay.security != .none else {
            throw DeliveryFailure("SMTP: a password is not sent without TLS")
        }
        let mechanisms = reply.lines.filter { $0.uppercased().hasPrefix("AUTH") }
        guard
            mechanisms.contains(where: {
                $0.uppercased().split(whereSeparator: { $0 == " " || $0 == "=" }).contains("PLAIN")
            })
        else { throw DeliveryFailure("SMTP: the server has no AUTH PLAIN") }
        state = .login
        let credentials = Data("\0\(user)\0\(submission.relay.password?.text ?? "")".utf8)
        return line("AUTH PLAIN \(credentials.base64EncodedString())")
    }

    private mutating func mailFrom() -> Action {
        state = .sender
        return line("MAIL FROM:<\(submission.relay.from)>")
    }

    private mutating func recipient(_ index: Int) -> Action {
        state = .recipient(index)
        return line("RCPT TO:<\(submission.recipients[index])>")
    }

    private func line(_ text: String) -> Action { .send(Array("\(text)\r\n".utf8)) }

    private func has(_ extension: String, in reply: Reply) -> Bool {
        reply.lines.dropFirst().contains { $0.uppercased().split(separator: " ").first == `extension`[...] }
    }

    private func expect(_ reply: Reply, _ codes: ClosedRange<Int>) throws(DeliveryFailure) {
        guard !codes.contains(reply.code) else { return }
        throw DeliveryFailure("SMTP \(reply.code): \(reply.lines.first ?? "")")
    }

    /// The message with a dot doubled at the start of a line (RFC 5321 §4.5.2) and the line that ends it.
    static func stuffed(_ message: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var isLineStart = true
        for byte in message.utf8 {
            if isLineStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
            bytes.append(byte)
            isLineStart = byte == 0x0A
        }
        if !bytes.suffix(2).elementsEqual([0x0D, 0x0A]) { bytes += [0x0D, 0x0A] }
        return bytes + Array(".\r\n".utf8)
    }
}

/// Puts replies together from what is received.
struct SMTPReplyReader: Hashable, Sendable {
    /// The longest reply taken, in bytes.
    private static let limit = 16 << 10

    private var buffer: [UInt8] = []
    private var lines: [String] = []

    /// Whether something was received that belongs to no whole reply yet.
    var isEmpty: Bool { buffer.isEmpty && lines.isEmpty }

    /// The replies that are whole now. Throws for what is none.
    mutating func received(_ bytes: some Sequence<UInt8>) throws(DeliveryFailure) -> [SMTPSession.Reply] {
        buffer += bytes
        var replies: [SMTPSession.Reply] = []
        while let end = buffer.firstIndex(of: 0x0A) {
            let line = String(decoding: buffer[..<end], as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" }
            buffer.removeFirst(end + 1)
            guard line.utf8.count >= 3, let code = Int(line.prefix(3)), (200..<600).contains(code) else {
                throw DeliveryFailure("SMTP: an answer that is none")
            }
            let rest = line.dropFirst(3)
            lines.append(String(rest.dropFirst()))
            guard rest.first != "-" else { continue }
            replies.append(SMTPSession.Reply(code: code, lines: lines))
            lines = []
        }
        guard buffer.count + lines.reduce(0, { $0 + $1.utf8.count }) <= Self.limit else {
            throw DeliveryFailure("SMTP: an answer that is too long")
        }
        return replies
    }
}
