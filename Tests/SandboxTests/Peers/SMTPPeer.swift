import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A mail as a peer took it.
struct ReceivedMail: Sendable {
    var sender = ""
    var recipients: [String] = []
    var text = ""
    var isEncrypted = false
    /// What `AUTH PLAIN` said.
    var credentials: String?
}

/// A mail server on loopback that keeps what it is given.
final class SMTPPeer: Sendable {
    struct Manners: Sendable {
        var offersTLS = true
        var refusedRecipient: String?
        /// Sent behind the answer to STARTTLS, in the clear.
        var injected = ""
    }

    private let mails = Mutex<[ReceivedMail]>([])
    private let said = Mutex<[String]>([])
    private let manners: Manners

    init(_ manners: Manners = Manners()) {
        self.manners = manners
    }

    var received: [ReceivedMail] { mails.withLock { $0 } }
    /// Every line of commands.
    var commands: [String] { said.withLock { $0 } }

    func serve(_ body: (Int) async throws -> Void) async throws {
        let context = try PeerCertificate.serverContext()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(peer: self, tls: context))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do { try await body(server.localAddress?.port ?? 0) } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let peer: SMTPPeer
        private let tls: NIOSSLContext
        private var buffer: [UInt8] = []
        private var mail = ReceivedMail()
        private var isData = false

        init(peer: SMTPPeer, tls: NIOSSLContext) {
            self.peer = peer
            self.tls = tls
        }

        func channelActive(context: ChannelHandlerContext) {
            say("220 peer.test ready", context)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            buffer += unwrapInboundIn(data).readableBytesView
            while let end = buffer.firstIndex(of: 0x0A) {
                let line = String(decoding: buffer[..<end].filter { $0 != 0x0D }, as: UTF8.self)
                buffer.removeFirst(end + 1)
                if isData { take(line, context) } else { obey(line, context) }
            }
        }

        private func take(_ line: String, _ context: ChannelHandlerContext) {
            guard line == "." else {
                mail.text += (line.hasPrefix(".") ? String(line.dropFirst()) : line) + "\n"
                return
            }
            isData = false
            peer.mails.withLock { $0.append(mail) }
            say("250 taken", context)
        }

        private func obey(_ line: String, _ context: ChannelHandlerContext) {
            peer.said.withLock { $0.append(line) }
            let word = line.prefix { $0 != " " && $0 != ":" }.uppercased()
            switch word {
            case "EHLO":
                let tls = peer.manners.offersTLS && !mail.isEncrypted ? "250-STARTTLS\r\n" : ""
                say("250-peer.test\r\n\(tls)250-AUTH LOGIN PLAIN\r\n250 8BITMIME", context)
            case "STARTTLS":
                say("220 go ahead" + peer.manners.injected, context)
                mail.isEncrypted = true
                let handler = NIOSSLServerHandler(context: tls)
                try? context.pipeline.syncOperations.addHandler(handler, position: .first)
            case "AUTH":
                mail.credentials = String(line.dropFirst("AUTH PLAIN ".count))
                say("235 welcome", context)
            case "MAIL":
                mail.sender = String(line.dropFirst("MAIL FROM:".count))
                say("250 ok", context)
            case "RCPT":
                let recipient = String(line.dropFirst("RCPT TO:".count))
                if recipient == peer.manners.refusedRecipient { return say("550 no such user", context) }
                mail.recipients.append(recipient)
                say("250 ok", context)
            case "DATA":
                isData = true
                say("354 go on", context)
            case "QUIT": say("221 bye", context)
            default: say("500 what?", context)
            }
        }

        private func say(_ line: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\r\n")), promise: nil)
        }
    }
}
